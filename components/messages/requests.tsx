"use client";
import { useParams } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { IconLink } from "@/components/ui/icon-button";
import { ArrowLeftIcon, SendIcon } from "@/components/ui/icons";
import { More } from "./inbox";
import { ThreadLine } from "./thread-line";
import { type InboxStart, useInbox } from "./use-inbox";

/** Who wrote without being known. */
export function Requests({ start, selfId }: { start: InboxStart; selfId: string }) {
  const { threads, next, state, more } = useInbox("requests", start);
  const current = useParams<{ id?: string }>().id;
  return (
    <section aria-labelledby="requests" className="flex min-w-0 flex-1 flex-col md:h-dvh">
      <header className="flex min-h-15 items-center gap-1 border-b px-1.5">
        <IconLink href="/direct" label="Back" className="lg:hidden"><ArrowLeftIcon /></IconLink>
        <h1 id="requests" className="px-2 text-lg">Message requests</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-4">
        <p className="px-3 py-3 text-sm text-muted">From people whom you do not know. They do not learn that you have seen them until you accept.</p>
        {threads.length === 0 ? <EmptyState icon={<SendIcon />} title="No requests">When somebody whom you do not follow writes to you, it waits here.</EmptyState> : (
          <ul aria-label="Message requests">{threads.map((thread) => <ThreadLine key={thread.id} thread={thread} selfId={selfId} isCurrent={thread.id === current} />)}</ul>
        )}
        <More next={next} state={state} more={() => void more()} />
      </div>
    </section>
  );
}
