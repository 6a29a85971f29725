import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ComposerLoader } from "@/components/composer/composer-loader";
import { canTakeVideos } from "@/lib/media/video/programs";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "New post" };

export default async function CreatePage() {
  const viewer = await getViewer();
  if (!viewer) redirect("/login?next=/create");
  return <ComposerLoader viewer={{ id: viewer.id, isPrivate: viewer.isPrivate }} takesVideos={await canTakeVideos()} />;
}
