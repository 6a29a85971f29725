"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useSyncExternalStore } from "react";
import { cn } from "@/components/ui/cn";
import { PinIcon, TrashIcon } from "@/components/ui/icons";
import { MenuButton } from "@/components/ui/menu-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ThreadView } from "@/lib/messages/types";
import { DeleteThread } from "./delete-thread";
import { onDrafts, readDraft } from "./drafts";
import { BellOffIcon } from "./message-icons";
import { setThreadFlags } from "./thread-acts";
import { ThreadPicture } from "./thread-picture";
import { lastInWords, titleOf } from "./wording";

type Props = { thread: ThreadView; selfId: string; isCurrent: boolean };

/** A conversation in the list: who, what was said last, and whether one has read it. */
export function ThreadLine({ thread, selfId, isCurrent }: Props) {
  const router = useRouter();
  const { id, is_muted: isMuted, is_pinned: isPinned, last_message: last } = thread;
  // What comes while one reads it is read in a moment.
  const unread = isCurrent ? 0 : thread.unread_count;
  const [deleting, setDeleting] = useState(false);
  const title = titleOf(thread);
  const draft = useSyncExternalStore(onDrafts, () => readDraft(selfId, id), () => "");
  const words = lastInWords(thread, selfId);
  return (
    <li className={cn("group/line relative flex items-center rounded-md pr-1 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent", isCurrent ? "bg-accent-soft/60" : "hover:bg-sunken/60")}>
      <Link href={`/direct/${id}`} prefetch={false} aria-current={isCurrent ? "page" : undefined} className="flex min-h-18 min-w-0 flex-1 items-center gap-3 py-2 pl-3 outline-none">
        <ThreadPicture thread={thread} />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5">
            <bdi className={cn("min-w-0 truncate text-ui", unread > 0 ? "font-bold" : "font-semibold")}>{title}</bdi>
            {isPinned ? <><PinIcon className="size-3.5 shrink-0 text-muted" /><span className="sr-only">Pinned</span></> : null}
            {isMuted ? <><BellOffIcon className="size-3.5 shrink-0 text-muted" /><span className="sr-only">Muted</span></> : null}
          </span>
          <span className={cn("flex items-baseline gap-1 text-sm", unread > 0 ? "font-semibold text-ink" : "text-muted")}>
            {draft && !isCurrent ? <span className="min-w-0 truncate"><span className="font-semibold text-danger">Draft: </span><bdi>{draft}</bdi></span> : <bdi className="min-w-0 truncate">{words}</bdi>}
            {last ? <span className="shrink-0 font-normal text-muted">· <RelativeTime value={last.created_at} /></span> : null}
          </span>
        </span>
        {unread > 0 ? <span className="mr-1 flex items-center"><span aria-hidden="true" className={cn("tabular min-w-5 rounded-full px-1.5 text-center text-xs leading-5 font-bold", isMuted ? "bg-sunken text-muted" : "bg-accent text-on-accent")}>{unread > 99 ? "99+" : unread}</span><span className="sr-only">{`${unread > 99 ? "more than 99" : unread} unread`}</span></span> : null}
      </Link>
      <MenuButton
        label={`Options for ${title}`}
        tone="muted"
        className="pointer-fine:opacity-0 pointer-fine:group-hover/line:opacity-100 focus-visible:opacity-100! aria-expanded:opacity-100!"
        items={[
          { label: isPinned ? "Unpin" : "Pin", icon: <PinIcon />, onSelect: () => void setThreadFlags(thread, { is_pinned: !isPinned }) },
          { label: isMuted ? "Unmute" : "Mute", icon: <BellOffIcon />, onSelect: () => void setThreadFlags(thread, { is_muted: !isMuted }) },
          ...(thread.kind === "pair" || !thread.viewer.is_member ? ["line" as const, { label: "Delete", icon: <TrashIcon />, danger: true, onSelect: () => setDeleting(true) }] : []),
        ]}
      />
      {deleting ? <DeleteThread thread={thread} onClose={() => setDeleting(false)} onDone={() => isCurrent && router.replace("/direct")} /> : null}
    </li>
  );
}
