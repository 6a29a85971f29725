import type { Metadata } from "next";
import { ThreadInfo } from "@/components/messages/thread-info";
import { encodeCursor } from "@/lib/platform/pagination/pagination";
import { listMembers } from "@/lib/messages/queries";
import { loadThread } from "../load-thread";

export const metadata: Metadata = { title: "Details" };

export default async function ThreadInfoPage({ params }: { params: Promise<{ id: string }> }) {
  const { viewer, thread } = await loadThread((await params).id, "/info");
  const members = thread.kind === "group" ? await listMembers(viewer, thread.id, { limit: 50, cursor: null }) : null;
  return <ThreadInfo start={{ thread, members: { items: members?.items ?? [], next: members?.nextCursor ? encodeCursor(members.nextCursor) : null } }} selfId={viewer.id} />;
}
