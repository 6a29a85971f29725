"use client";
import Link from "next/link";
import { useRef, useState } from "react";
import { later } from "@/components/interactions/later";
import { cn } from "@/components/ui/cn";
import { IconLink, iconButtonClass } from "@/components/ui/icon-button";
import { ArrowLeftIcon, InfoIcon, SearchIcon } from "@/components/ui/icons";
import { activityInWords } from "@/lib/profiles/activity-words";
import type { ThreadView } from "@/lib/messages/types";
import { BellOffIcon, TimerIcon } from "./message-icons";
import { ThreadPicture } from "./thread-picture";
import { isHere, titleOf, vanishingInWords } from "./wording";

const ThreadSearch = later(() => import("./thread-search").then((m) => m.ThreadSearch));

type Props = { thread: ThreadView; onFound: (id: string) => void };

/** Whose conversation it is, and the ways to what belongs to it. */
export function ThreadHeader({ thread, onFound }: Props) {
  const [searching, setSearching] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setSearching(false);
    opener.current?.focus({ preventScroll: true });
  };
  const title = titleOf(thread);
  const back = thread.folder === "requests" ? "/direct/requests" : "/direct";
  return (
    <header className="pad-safe-t relative z-10 border-b bg-paper">
      <div className="flex h-15 items-center gap-1 px-1.5 lg:pl-4">
        <IconLink href={back} label="Back" className="lg:hidden"><ArrowLeftIcon /></IconLink>
        <Link href={`/direct/${thread.id}/info`} prefetch={false} className="flex min-w-0 flex-1 items-center gap-3 rounded-md py-1">
          <ThreadPicture thread={thread} className="size-10!" />
          <span className="min-w-0 flex-1">
            <h1 className="flex items-center gap-1.5 text-ui font-semibold">
              <bdi className="truncate">{title}</bdi>
              {thread.is_muted ? <><BellOffIcon className="size-4 shrink-0 text-muted" /><span className="sr-only">Muted</span></> : null}
              {thread.vanishing === "off" ? null : <><TimerIcon className="size-4 shrink-0 text-muted" /><span className="sr-only">{vanishingInWords(thread.vanishing)}</span></>}
            </h1>
            <span className="block truncate text-sm text-muted" suppressHydrationWarning>{underTitle(thread)}</span>
          </span>
        </Link>
        <button ref={opener} type="button" aria-label="Search in this conversation" title="Search in this conversation" aria-expanded={searching} onClick={() => setSearching(!searching)} className={iconButtonClass()}><SearchIcon /></button>
        <IconLink href={`/direct/${thread.id}/info`} prefetch={false} label="Details" className={cn("max-sm:hidden")}><InfoIcon /></IconLink>
      </div>
      {searching ? <ThreadSearch gaveUp={close} threadId={thread.id} onFound={onFound} onClose={close} /> : null}
    </header>
  );
}

function underTitle({ kind, people, presence, member_count: count }: ThreadView): string {
  if (kind === "group") return `${count} ${count === 1 ? "member" : "members"}`;
  if (presence?.is_active) return "Active now";
  if (presence?.active_at) return activityInWords(presence.active_at);
  return people[0] && isHere(people[0]) ? `@${people[0].username}` : "";
}
