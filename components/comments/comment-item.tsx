"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { useSetting } from "@/components/interactions/use-setting";
import { PersonName } from "@/components/posts/person-name";
import { RichText } from "@/components/posts/rich-text";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { HeartIcon, PinIcon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { CommentView } from "@/lib/comments/types";
import { type Acts, actsOn, type CommentList, type OnCount } from "./comment-acts";
import { CommentCover } from "./comment-cover";
import { CommentForm } from "./comment-form";
import { CommentMenu } from "./comment-menu";
import { showInPlace } from "./show-in-place";
import type { ShownComment } from "./use-comments";

const CommentLikers = later(() => import("./comment-likers").then((m) => m.CommentLikers));
const ReportDialog = later(() => import("@/components/moderation/report-dialog").then((m) => m.ReportDialog));

export const wordClass = "relative rounded-sm font-semibold before:absolute before:-inset-x-1.5 before:-inset-y-3 hover:text-ink";
const LIKE_FAILURES = { on: "Your like was not kept", off: "Your like is still there" };

type Props = {
  comment: ShownComment;
  list: CommentList;
  shortcode: string;
  /** Who is looking: may like, report what others wrote and, where comments are on, reply; null for visitors. */
  selfId: string | null;
  /** The comment that the address names. */
  isTarget?: boolean;
  onCount: OnCount;
  onReply?: () => void;
  children?: ReactNode;
};

export function CommentItem({ comment, list, shortcode, selfId, isTarget = false, onCount, onReply, children }: Props) {
  const acts = actsOn(comment, list, { onCount, shortcode });
  const [opened, setOpened] = useState(false);
  const [editing, setEditing] = useState(false);
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isTarget) return;
    if (line.current) showInPlace(line.current);
    line.current?.focus({ preventScroll: true });
  }, [isTarget]);

  async function save(text: string) {
    const outcome = await request<CommentView>("PATCH", `/api/comments/${comment.id}`, { body: { content: text } });
    if (!outcome.ok) return outcome;
    list.change(comment.id, () => ({ ...outcome.data, at: outcome.at }));
    setEditing(false);
    toast.success("Comment changed");
    return outcome;
  }

  const isCovered = comment.can_moderate && comment.state !== "shown" && !opened && !isTarget;
  return (
    <li
      ref={line}
      tabIndex={-1}
      aria-busy={comment.pending || undefined}
      aria-current={isTarget || undefined}
      className={cn("flex gap-3 rounded-md py-2", comment.pending && "opacity-60", isTarget && "-mx-2 bg-accent-soft/60 px-2")}
    >
      {isCovered ? <CommentCover comment={comment} acts={acts} onShow={() => setOpened(true)} /> : (
        <>
          <Link href={`/${comment.user.username}`} prefetch={false} tabIndex={-1} aria-hidden="true" className="mt-0.5 flex self-start rounded-full">
            <Avatar src={comment.user.avatar_url} name={comment.user.full_name || comment.user.username} size="sm" />
          </Link>
          <div className="min-w-0 flex-1">
            {editing ? (
              <div className="mb-1">
                <CommentForm id={`edit-${comment.id}`} label="Edit comment" action="Save" initial={comment.content} focused send={save} onCancel={() => setEditing(false)} />
              </div>
            ) : <Body comment={comment} acts={acts} selfId={selfId} onReply={onReply} onEdit={() => setEditing(true)} />}
            {children}
          </div>
        </>
      )}
    </li>
  );
}

type BodyProps = { comment: ShownComment; acts: Acts; selfId: string | null; onReply?: () => void; onEdit: () => void };

function Body({ comment, acts, selfId, onReply, onEdit }: BodyProps) {
  const router = useRouter();
  const { user, at, pending } = comment;
  const [{ on, count }, setLiked] = useSetting(`comment-like:${comment.id}`, `/api/comments/${comment.id}/like`, { on: comment.is_liked, count: comment.like_count }, at, LIKE_FAILURES);
  const [asking, setAsking] = useState<"likers" | "report" | null>(null);
  const close = () => setAsking(null);
  return (
    <>
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          {comment.is_pinned ? <p className="flex min-h-6 items-center gap-1 text-sm text-muted"><PinIcon className="size-3.5" />Pinned by the author</p> : null}
          <div className="flex min-h-6 items-baseline gap-1.5 text-sm">
            <Link href={`/${user.username}`} prefetch={false} className="relative min-w-0 rounded-sm font-semibold before:absolute before:-inset-y-1.5 before:inset-x-0 hover:underline"><PersonName user={user} className="max-w-full" /></Link>
            <RelativeTime value={comment.created_at} className="shrink-0 text-muted" />
            {comment.is_edited ? <span className="shrink-0 text-muted">edited</span> : null}
          </div>
          <div dir="auto" className="text-ui break-words whitespace-pre-line"><RichText text={comment.content} mentions={pending ? undefined : comment.mentions} /></div>
        </div>
        {selfId !== null && !pending ? (
          <IconButton label={on ? "Unlike comment" : "Like comment"} tone={on ? "accent" : "muted"} onClick={() => setLiked(!on)} className="-mt-1 -mr-2.5">
            <HeartIcon className={cn("size-4!", on && "fill-current")} />
          </IconButton>
        ) : null}
      </div>
      <div className="flex min-h-6 flex-wrap items-center gap-x-4 text-sm text-muted">
        {count ? <button type="button" aria-haspopup="dialog" className={cn(wordClass, "tabular font-normal")} onClick={() => setAsking("likers")}>{`${count} ${count === 1 ? "like" : "likes"}`}</button> : null}
        {onReply && !pending ? <button type="button" className={wordClass} onClick={onReply}>Reply</button> : null}
        {comment.state === "pending" ? <button type="button" className={wordClass} onClick={() => void acts.approve()}>Approve</button> : null}
        {comment.can_delete ? <button type="button" className={wordClass} onClick={() => void acts.remove()}>Delete</button> : null}
        {pending ? null : <CommentMenu comment={comment} acts={acts} onEdit={onEdit} onReport={selfId !== null && selfId !== user.id ? () => setAsking("report") : undefined} />}
        {comment.state === "shown" ? null : <span>{comment.state === "pending" ? "Waits for you" : "Hidden"}</span>}
      </div>
      {asking === "likers" ? <CommentLikers gaveUp={close} commentId={comment.id} onClose={close} /> : null}
      {asking === "report" ? <ReportDialog gaveUp={close} subject={{ kind: "comment", id: comment.id, author: { id: user.id, username: user.username } }} onClose={close} onBlocked={() => router.refresh()} /> : null}
    </>
  );
}
