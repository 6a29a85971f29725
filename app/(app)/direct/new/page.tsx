import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NewMessage } from "@/components/messages/new-message";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "New message" };

export default async function NewMessagePage() {
  if (!(await getViewer())) redirect("/login?next=/direct/new");
  return <NewMessage />;
}
