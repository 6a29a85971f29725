import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { servedAt } from "@/components/interactions/served-at";
import { Columns } from "@/components/messages/columns";
import { Inbox } from "@/components/messages/inbox";
import { encodeCursor } from "@/lib/platform/pagination/pagination";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { countUnreadThreads, listThreads } from "@/lib/messages/queries";

export const metadata: Metadata = { robots: { index: false } };

// A keyboard on the screen makes the page smaller instead of lying over the field.
export const viewport: Viewport = { interactiveWidget: "resizes-content" };

/** One's conversations beside the one that is read. Visitors are led to the door by each page, which knows where they wanted to go. */
export default async function DirectLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) return children;
  const [{ items, nextCursor }, { request_count: requestCount }] = await Promise.all([listThreads(viewer, "inbox", { limit: 30, cursor: null }), countUnreadThreads(viewer)]);
  const start = { threads: items, next: nextCursor && encodeCursor(nextCursor), requestCount, at: servedAt() };
  return <Columns list={<Inbox start={start} selfId={viewer.id} />}>{children}</Columns>;
}
