"use client";
// A comment with its replies, one level deep, and the form to add one.
import { useEffect, useState } from "react";
import { Spinner } from "@/components/ui/spinner";
import type { UserSummary } from "@/lib/profiles/types";
import type { CommentList, OnCount } from "./comment-acts";
import { CommentForm } from "./comment-form";
import { CommentItem } from "./comment-item";
import type { Linked } from "./comment-thread";
import { draftOf } from "./drafts";
import { type ShownComment, useComments } from "./use-comments";
import type { Changed } from "./use-live-comments";

type Props = {
  comment: ShownComment;
  list: CommentList;
  shortcode: string;
  viewer: UserSummary | null;
  canReply: boolean;
  /** The comment that the address names, when it is this one or a reply to it. */
  linked: Linked | null;
  /** A list of single comments: replies stand in it by themselves. */
  isFlat: boolean;
  at: number;
  onCount: OnCount;
  /** Has the branch hear of what others do, until the returned function is called. */
  hear: (id: string, follow: (changed: Changed) => void) => () => void;
};

export function CommentBranch({ comment, list, shortcode, viewer, canReply, linked, isFlat, at, onCount, hear }: Props) {
  const replies = useComments(comment.post_id, comment.id, { comments: linked?.replies?.comments ?? [], next: linked?.replies?.next ?? null, at });
  const [opened, setOpened] = useState(linked?.replies != null);
  // Undefined: everything before is shown. Else where to go on with what is not.
  const [earlier, setEarlier] = useState<string | null | undefined>(linked?.hasEarlier ? null : undefined);
  const [replyTo, setReplyTo] = useState<string | null>(null);
  const total = comment.reply_count;
  const shown = replies.items.filter((reply) => !reply.pending).length;
  const rest = Math.max(0, total - shown);
  const mayReply = canReply && viewer !== null && !isFlat;
  const countReply: OnCount = (change, since = Number.POSITIVE_INFINITY) => {
    if (change !== 0) list.change(comment.id, (now) => ((now.heardAt ?? 0) > since ? now : { ...now, reply_count: Math.max(0, now.reply_count + change) }));
    // What answers something that others do not see is not counted.
    if (comment.state === "shown") onCount(change, since);
  };

  useEffect(() => hear(comment.id, ({ comments, gone }) => {
    // New ones stand at the end of what is shown whole; else they are counted among the rest.
    const isWhole = replies.next === null && rest === 0;
    replies.follow({ comments: comments.filter((one) => one.parent_id === comment.id), gone }, (items) => (isWhole ? items.length : null));
  }));

  async function send(text: string, key: string) {
    const began = performance.now();
    const outcome = await replies.add(draftOf(text, key, viewer!, comment.post_id, comment.id), key, "last");
    if (outcome.ok) {
      countReply(1, began);
      setReplyTo(null);
    }
    return outcome;
  }

  async function showEarlier() {
    const next = await replies.loadEarlier(earlier ?? null);
    if (next !== undefined) setEarlier(next ?? undefined);
  }

  return (
    <CommentItem comment={comment} list={list} shortcode={shortcode} selfId={viewer?.id ?? null} isTarget={linked?.id === comment.id} onCount={onCount} onReply={mayReply ? () => setReplyTo(comment.user.username) : undefined}>
      {earlier !== undefined ? <MoreReplies words="View earlier replies" state={replies.state} onPress={() => void showEarlier()} /> : null}
      {replies.items.length > 0 ? (
        <ul>
          {replies.items.map((reply) => (
            <CommentItem key={reply.id} comment={reply} list={replies} shortcode={shortcode} selfId={viewer?.id ?? null} isTarget={linked?.id === reply.id} onCount={countReply} onReply={mayReply ? () => setReplyTo(reply.user.username) : undefined} />
          ))}
        </ul>
      ) : null}
      {!isFlat && rest > 0 && (earlier === undefined || replies.next !== null) && (!opened || replies.next !== null || replies.state !== "idle") ? (
        <MoreReplies
          words={`View ${rest} ${shown > 0 ? "more " : ""}${rest === 1 ? "reply" : "replies"}`}
          state={replies.state}
          onPress={() => {
            setOpened(true);
            void replies.load(replies.next);
          }}
        />
      ) : null}
      {replyTo !== null ? (
        <div className="mt-1 mb-2">
          <CommentForm key={replyTo} id={`reply-${comment.id}`} label={`Reply to ${replyTo}`} initial={`@${replyTo} `} focused send={send} onCancel={() => setReplyTo(null)} />
        </div>
      ) : null}
    </CommentItem>
  );
}

function MoreReplies({ words, state, onPress }: { words: string; state: "idle" | "busy" | "failed"; onPress: () => void }) {
  return (
    <button type="button" aria-busy={state === "busy"} onClick={onPress} className="flex min-h-11 items-center gap-3 rounded-sm text-sm font-semibold text-muted hover:text-ink">
      <span aria-hidden="true" className="w-6 border-t border-strong" />
      {state === "failed" ? "Could not load replies. Try again" : words}
      {state === "busy" ? <Spinner /> : null}
    </button>
  );
}
