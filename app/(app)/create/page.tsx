import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Composer } from "@/components/composer/composer";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "New post" };

export default async function CreatePage() {
  const viewer = await getViewer();
  if (!viewer) redirect("/login?next=/create");
  return <Composer viewer={{ id: viewer.id, isPrivate: viewer.isPrivate }} />;
}
