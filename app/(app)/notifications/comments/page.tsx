import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { HeldComments } from "@/components/comments/held-comments";
import { getViewer } from "@/lib/platform/viewer/viewer";

type Props = { searchParams: Promise<{ state?: string }> };

export const metadata: Metadata = { title: "Comments to decide on", robots: { index: false } };

/** What waits for the viewer's word on all their posts, or was put away. */
export default async function WaitingCommentsPage({ searchParams }: Props) {
  const [viewer, { state }] = await Promise.all([getViewer(), searchParams]);
  if (!viewer) redirect("/login?next=/notifications/comments");
  return <HeldComments viewer={viewer} state={state === "hidden" ? "hidden" : "pending"} />;
}
