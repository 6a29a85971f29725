"use client";
// A comment with its replies, one level deep, and the form to add one.
import { useState } from "react";
import { Spinner } from "@/components/ui/spinner";
import type { UserSummary } from "@/lib/profiles/types";
import { CommentForm } from "./comment-form";
import { CommentItem } from "./comment-item";
import { draftOf } from "./drafts";
import { type ShownComment, useComments } from "./use-comments";

type Props = {
  comment: ShownComment;
  viewer: UserSummary | null;
  canReply: boolean;
  /** How many comments came (positive) or went. */
  onCount: (change: number) => void;
  onDeleted: () => void;
};

export function CommentBranch({ comment, viewer, canReply, onCount, onDeleted }: Props) {
  const replies = useComments(comment.post_id, comment.id, { comments: [], next: null, at: 0 });
  const [opened, setOpened] = useState(false);
  const [total, setTotal] = useState(comment.reply_count);
  const [replyTo, setReplyTo] = useState<string | null>(null);
  const shown = replies.items.filter((reply) => !reply.pending).length;
  const rest = Math.max(0, total - shown);
  const mayReply = canReply && viewer !== null;

  async function send(text: string, key: string) {
    const outcome = await replies.add(draftOf(text, key, viewer!, comment.post_id, comment.id), key, "last");
    if (outcome.ok) {
      setTotal((before) => before + 1);
      onCount(1);
      setReplyTo(null);
    }
    return outcome;
  }

  function forget(id: string) {
    replies.remove(id);
    setTotal((before) => before - 1);
    onCount(-1);
  }

  return (
    <CommentItem
      comment={comment}
      canLike={viewer !== null}
      onReply={mayReply ? () => setReplyTo(comment.user.username) : undefined}
      onDeleted={() => {
        onCount(-1 - total);
        onDeleted();
      }}
    >
      {replies.items.length > 0 ? (
        <ul>
          {replies.items.map((reply) => (
            <CommentItem key={reply.id} comment={reply} canLike={viewer !== null} onReply={mayReply ? () => setReplyTo(reply.user.username) : undefined} onDeleted={() => forget(reply.id)} />
          ))}
        </ul>
      ) : null}
      {rest > 0 && (!opened || replies.next !== null || replies.state !== "idle") ? (
        <button
          type="button"
          aria-busy={replies.state === "busy"}
          onClick={() => {
            setOpened(true);
            void replies.load(replies.next);
          }}
          className="flex min-h-11 items-center gap-3 rounded-sm text-sm font-semibold text-muted hover:text-ink"
        >
          <span aria-hidden="true" className="w-6 border-t border-strong" />
          {replies.state === "failed" ? "Could not load replies. Try again" : `View ${rest} ${shown > 0 ? "more " : ""}${rest === 1 ? "reply" : "replies"}`}
          {replies.state === "busy" ? <Spinner /> : null}
        </button>
      ) : null}
      {replyTo !== null ? (
        <div className="mt-1 mb-2">
          <CommentForm key={replyTo} id={`reply-${comment.id}`} label={`Reply to ${replyTo}`} initial={`@${replyTo} `} focused send={send} onCancel={() => setReplyTo(null)} />
        </div>
      ) : null}
    </CommentItem>
  );
}
