"use client";
import { useEffect } from "react";
import { setChange, useChange } from "@/components/interactions/changes";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import type { CommentView } from "@/lib/comments/types";
import type { UserSummary } from "@/lib/profiles/types";
import { CommentBranch } from "./comment-branch";
import { CommentForm } from "./comment-form";
import { draftOf } from "./drafts";
import { useComments } from "./use-comments";

type Props = {
  post: { id: string; shortcode: string; total: number; enabled: boolean };
  /** Id of the field, by which the comment button finds it. */
  fieldId: string;
  viewer: UserSummary | null;
  comments: CommentView[];
  next: string | null;
  at: number;
};

export function CommentThread({ post, fieldId, viewer, comments, next, at }: Props) {
  const thread = useComments(post.id, null, { comments, next, at });
  const total = useChange(`comments:${post.id}`, post.total, at);
  const enabled = useChange(`comments-enabled:${post.id}`, post.enabled, at);
  const count = (change: number) => setChange(`comments:${post.id}`, Math.max(0, total + change), Date.now());

  useEffect(() => {
    if (window.location.hash === "#comment") document.getElementById(fieldId)?.focus();
  }, [fieldId]);

  async function send(text: string, key: string) {
    const outcome = await thread.add(draftOf(text, key, viewer!, post.id, null), key, "first");
    if (outcome.ok) count(1);
    return outcome;
  }

  return (
    <section aria-label="Comments">
      {!enabled ? <p className="py-3 text-ui text-muted">Comments are turned off.</p> : null}
      {enabled && viewer ? <CommentForm id={fieldId} label="Add a comment" send={send} /> : null}
      {enabled && !viewer ? (
        <LinkButton href={`/login?next=${encodeURIComponent(`/p/${post.shortcode}`)}`} prefetch={false} full>Log in to comment</LinkButton>
      ) : null}
      {thread.items.length > 0 ? (
        <ul className="mt-3">
          {thread.items.map((comment) => (
            <CommentBranch key={comment.id} comment={comment} viewer={viewer} canReply={enabled} onCount={count} onDeleted={() => thread.remove(comment.id)} />
          ))}
        </ul>
      ) : enabled ? <p className="py-8 text-center text-ui text-muted">No comments yet.{viewer ? " Say something kind." : ""}</p> : null}
      {thread.next !== null ? (
        <div className="mt-2 flex flex-col items-center gap-2">
          {thread.state === "failed" ? <p role="alert" className="text-sm text-muted">More comments could not be loaded.</p> : null}
          <Button size="sm" loading={thread.state === "busy"} onClick={() => void thread.load(thread.next)}>{thread.state === "failed" ? "Try again" : "More comments"}</Button>
        </div>
      ) : null}
    </section>
  );
}
