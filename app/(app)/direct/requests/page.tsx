import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { servedAt } from "@/components/interactions/served-at";
import { Requests } from "@/components/messages/requests";
import { encodeCursor } from "@/lib/platform/pagination/pagination";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { listThreads } from "@/lib/messages/queries";

export const metadata: Metadata = { title: "Message requests" };

export default async function RequestsPage() {
  const viewer = await getViewer();
  if (!viewer) redirect("/login?next=/direct/requests");
  const { items, nextCursor } = await listThreads(viewer, "requests", { limit: 30, cursor: null });
  return <Requests start={{ threads: items, next: nextCursor && encodeCursor(nextCursor), requestCount: items.length, at: servedAt() }} selfId={viewer.id} />;
}
