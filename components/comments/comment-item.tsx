"use client";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { request } from "@/components/interactions/request";
import { useSetting } from "@/components/interactions/use-setting";
import { PersonName } from "@/components/posts/person-name";
import { RichText } from "@/components/posts/rich-text";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { IconButton } from "@/components/ui/icon-button";
import { HeartIcon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { ShownComment } from "./use-comments";

const wordClass = "relative rounded-sm font-semibold before:absolute before:-inset-x-1.5 before:-inset-y-3 hover:text-ink";
const LIKE_FAILURES = { on: "Your like was not kept", off: "Your like is still there" };

type Props = {
  comment: ShownComment;
  /** Signed in: may like and, where comments are on, reply. */
  canLike: boolean;
  onReply?: () => void;
  onDeleted: () => void;
  children?: ReactNode;
};

export function CommentItem({ comment, canLike, onReply, onDeleted, children }: Props) {
  const { user, at } = comment;
  const [{ on, count }, setLiked] = useSetting(`comment-like:${comment.id}`, `/api/comments/${comment.id}/like`, { on: comment.is_liked, count: comment.like_count }, at, LIKE_FAILURES);
  const [asking, setAsking] = useState(false);

  async function remove() {
    const outcome = await request("DELETE", `/api/comments/${comment.id}`);
    if (!outcome.ok) {
      toast.error("The comment was not deleted", { description: outcome.message });
      return false;
    }
    onDeleted();
  }

  return (
    <li className={cn("flex gap-3 py-2", comment.pending && "opacity-60")} aria-busy={comment.pending || undefined}>
      <Link href={`/${user.username}`} prefetch={false} tabIndex={-1} aria-hidden="true" className="mt-0.5 flex self-start rounded-full">
        <Avatar src={user.avatar_url} name={user.full_name || user.username} size="sm" />
      </Link>
      <div className="min-w-0 flex-1">
        <div className="flex gap-2">
          <div className="min-w-0 flex-1">
            <div className="flex min-h-6 items-baseline gap-1.5 text-sm">
              <Link href={`/${user.username}`} prefetch={false} className="relative min-w-0 rounded-sm font-semibold before:absolute before:-inset-y-1.5 before:inset-x-0 hover:underline"><PersonName user={user} className="max-w-full" /></Link>
              <RelativeTime value={comment.created_at} className="shrink-0 text-muted" />
            </div>
            <div dir="auto" className="text-ui break-words whitespace-pre-line"><RichText text={comment.content} /></div>
          </div>
          {canLike && !comment.pending ? (
            <IconButton label={on ? "Unlike comment" : "Like comment"} tone={on ? "accent" : "muted"} onClick={() => setLiked(!on)} className="-mt-1 -mr-2.5">
              <HeartIcon className={cn("size-4!", on && "fill-current")} />
            </IconButton>
          ) : null}
        </div>
        <div className="flex min-h-6 items-center gap-4 text-sm text-muted">
          {count ? <span className="tabular">{`${count} ${count === 1 ? "like" : "likes"}`}</span> : null}
          {onReply && !comment.pending ? <button type="button" className={wordClass} onClick={onReply}>Reply</button> : null}
          {comment.can_delete ? <button type="button" className={wordClass} onClick={() => setAsking(true)}>Delete</button> : null}
        </div>
        {children}
      </div>
      {asking ? (
        <ConfirmLater open onOpenChange={setAsking} title={comment.reply_count > 0 ? "Delete this comment and its replies?" : "Delete this comment?"} confirm="Delete" danger onConfirm={remove} />
      ) : null}
    </li>
  );
}
