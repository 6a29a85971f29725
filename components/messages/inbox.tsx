"use client";
import Link from "next/link";
import { useParams, useSelectedLayoutSegment } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { controlClass } from "@/components/ui/field";
import { IconLink } from "@/components/ui/icon-button";
import { ChevronRightIcon, SearchIcon, SendIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { Spinner } from "@/components/ui/spinner";
import { InboxSearch } from "./inbox-search";
import { NewMessageIcon } from "./message-icons";
import { ThreadLine } from "./thread-line";
import { type InboxStart, useInbox } from "./use-inbox";

/** One's conversations, and the ways to begin and to find one. */
export function Inbox({ start, selfId }: { start: InboxStart; selfId: string }) {
  const { threads, next, state, more, requestCount } = useInbox("inbox", start);
  const [q, setQ] = useState("");
  const current = useParams<{ id?: string }>().id;
  // Beside a conversation, that one is what the page is about.
  const Heading = useSelectedLayoutSegment() === null ? "h1" : "h2";
  return (
    <>
      <header className="flex min-h-15 items-center justify-between pr-2 pl-4">
        <Heading className="text-xl">Messages</Heading>
        <IconLink href="/direct/new" label="New message"><NewMessageIcon /></IconLink>
      </header>
      <div role="search" aria-label="All messages" className="relative px-3 pb-2">
        <SearchIcon className="pointer-events-none absolute top-3.5 left-6.5 size-5 text-muted" />
        <input type="search" aria-label="Search messages" placeholder="Search" value={q} maxLength={100} autoComplete="off" dir="auto" className={`${controlClass} pl-11`} onChange={(event) => setQ(event.target.value)} />
      </div>
      {q.trim() !== "" ? <InboxSearch q={q.trim()} selfId={selfId} current={current} /> : (
        <div className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-4">
          {requestCount > 0 ? (
            <Link href="/direct/requests" prefetch={false} className="mb-1 flex min-h-13 items-center justify-between gap-3 rounded-md px-3 text-ui font-semibold text-accent hover:bg-sunken/60">
              {requestCount === 1 ? "1 message request" : `${requestCount > 99 ? "More than 99" : requestCount} message requests`}
              <ChevronRightIcon className="size-5" />
            </Link>
          ) : null}
          {threads.length === 0 ? (
            <EmptyState icon={<SendIcon />} title="No messages yet" action={<LinkButton href="/direct/new" variant="primary">Write to somebody</LinkButton>}>Photos, voice notes and words, between you and whom you choose.</EmptyState>
          ) : (
            <ul aria-label="Conversations">{threads.map((thread) => <ThreadLine key={thread.id} thread={thread} selfId={selfId} isCurrent={thread.id === current} />)}</ul>
          )}
          <More next={next} state={state} more={() => void more()} />
        </div>
      )}
    </>
  );
}

export function More({ next, state, more }: { next: string | null; state: "idle" | "busy" | "failed"; more: () => void }) {
  if (next === null) return null;
  return (
    <div className="flex flex-col items-center gap-2 py-4">
      {state === "failed" ? <p role="alert" className="text-sm text-muted">The next part could not be loaded.</p> : null}
      {state === "busy" ? <Spinner label="Loading more" className="text-xl text-muted" /> : <Button size="sm" onClick={more}>{state === "failed" ? "Try again" : "Load more"}</Button>}
    </div>
  );
}
