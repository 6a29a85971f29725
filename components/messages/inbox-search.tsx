"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { request } from "@/components/interactions/request";
import { Avatar } from "@/components/ui/avatar";
import { RelativeTime } from "@/components/ui/relative-time";
import { Spinner } from "@/components/ui/spinner";
import type { MessageView, ThreadView } from "@/lib/messages/types";
import { ThreadLine } from "./thread-line";
import { handleOf } from "./wording";

const PAUSE_MS = 250;

type Found = { messages: MessageView[]; threads: ThreadView[] };

/** What is found in one's conversations: those that are called so, and what was said in them. */
export function InboxSearch({ q, selfId, current }: { q: string; selfId: string; current: string | undefined }) {
  const [found, setFound] = useState<(Found & { q: string }) | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(async () => {
      const outcome = await request<Found>("GET", `/api/direct/search?${new URLSearchParams({ q, limit: "30" })}`);
      if (!isWanted) return;
      setProblem(outcome.ok ? null : outcome.message);
      if (outcome.ok) setFound({ ...outcome.data, q });
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [q]);
  const isNothing = found?.q === q && found.threads.length === 0 && found.messages.length === 0;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-4">
      <p role="status" className="px-3 py-2 text-sm text-muted">{problem ?? (isNothing ? "Nothing was found." : found?.q === q ? <span className="sr-only">{`${found.threads.length} conversations and ${found.messages.length} messages found`}</span> : <Spinner label="Searching" />)}</p>
      {found && found.threads.length > 0 ? (
        <section aria-label="Conversations found"><ul>{found.threads.map((thread) => <ThreadLine key={thread.id} thread={thread} selfId={selfId} isCurrent={thread.id === current} />)}</ul></section>
      ) : null}
      {found && found.messages.length > 0 ? (
        <section aria-labelledby="messages-found">
          <h2 id="messages-found" className="px-3 pt-3 pb-1 text-sm font-semibold text-muted">Messages</h2>
          <ul>
            {found.messages.map(({ id, thread_id: thread, sender, is_mine: isMine, text, created_at: at }) => (
              <li key={id}>
                <Link href={`/direct/${thread}?message=${id}`} prefetch={false} className="flex min-h-16 items-center gap-3 rounded-md px-3 py-2 hover:bg-sunken/60">
                  <Avatar src={sender.avatar_url} name={sender.full_name || sender.username} />
                  <span className="min-w-0 flex-1">
                    <span className="flex items-baseline gap-1.5 text-sm"><bdi className="truncate font-semibold">{isMine ? "You" : handleOf(sender)}</bdi><RelativeTime value={at} className="shrink-0 text-muted" /></span>
                    <bdi className="line-clamp-2 text-sm wrap-anywhere text-muted">{text}</bdi>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
