"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { setChange, useChange } from "@/components/interactions/changes";
import { onLive } from "@/components/live/events";
import { Button } from "@/components/ui/button";
import { CoveredAct, CoveredLine } from "@/components/ui/covered-line";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { CommentView } from "@/lib/comments/types";
import type { UserSummary } from "@/lib/profiles/types";
import type { OnCount } from "./comment-acts";
import { CommentBranch } from "./comment-branch";
import { CommentChoice } from "./comment-choice";
import { CommentForm } from "./comment-form";
import { draftOf } from "./drafts";
import { byId, type Choice, type ShownComment, useComments } from "./use-comments";
import { type Changed, useLiveComments } from "./use-live-comments";

/** The comment that the address names; of a reply some of its thread around it. */
export type Linked = { id: string; rootId: string; hasEarlier: boolean; replies: { comments: CommentView[]; next: string | null } | null };

type Props = {
  post: { id: string; shortcode: string; total: number; enabled: boolean; isOwn: boolean };
  /** Why the viewer may not comment, though others may. */
  refused: string | null;
  /** Id of the field, by which the comment button finds it. */
  fieldId: string;
  viewer: UserSummary | null;
  comments: CommentView[];
  next: string | null;
  linked: Linked | null;
  /** The first comment of the linked thread, while words that the viewer hides keep it from the list. */
  covered: CommentView | null;
  /** The address names a comment that is not there. */
  isMissing: boolean;
  at: number;
};

const NOTHING: Record<Choice, string> = { relevance: "No comments yet.", newest: "No comments yet.", pending: "No comment waits for you.", hidden: "You have hidden no comment." };

/** Among comments of which the newest stands first, below those that are on their way. */
function placeByAge(items: ShownComment[], one: ShownComment): number {
  const at = items.findIndex((item) => byId(item, one) < 0);
  return at < 0 ? items.length : at;
}

export function CommentThread({ post, refused, fieldId, viewer, comments, next, linked, covered, isMissing, at }: Props) {
  const thread = useComments(post.id, null, { comments, next, at });
  const [isCovered, setCovered] = useState(covered !== null);
  const total = useChange(`comments:${post.id}`, post.total, at);
  const enabled = useChange(`comments-enabled:${post.id}`, post.enabled, at);
  // What is undone some seconds later must not count from the number of then.
  const latest = useRef(total);
  useEffect(() => void (latest.current = total), [total]);
  const toldAt = useRef(0);
  useEffect(() => onLive("post", ({ post_id }) => void (post_id === post.id && (toldAt.current = performance.now()))), [post.id]);
  const count: OnCount = (change, since = Number.POSITIVE_INFINITY) => {
    // The server has told the number since, or soon will.
    if (change === 0 || toldAt.current > since) return;
    latest.current = Math.max(0, latest.current + change);
    setChange(`comments:${post.id}`, latest.current, Date.now());
  };

  const branches = useRef(new Map<string, (changed: Changed) => void>());
  const hear = useCallback((id: string, follow: (changed: Changed) => void) => {
    branches.current.set(id, follow);
    return () => void branches.current.delete(id);
  }, []);
  useLiveComments(post.id, (changed) => {
    const { choice } = thread;
    thread.follow({ ...changed, comments: changed.comments.filter((one) => one.parent_id === null) }, (items, one) =>
      one.state !== "shown" || choice === "pending" || choice === "hidden" ? null : choice === "newest" ? placeByAge(items, one) : items.filter((item) => item.is_pinned).length);
    for (const follow of branches.current.values()) follow(changed);
  });
  const mayComment = enabled && refused === null;

  useEffect(() => {
    if (window.location.hash === "#comment") document.getElementById(fieldId)?.focus();
  }, [fieldId]);

  async function send(text: string, key: string) {
    const began = performance.now();
    const outcome = await thread.add(draftOf(text, key, viewer!, post.id, null), key, "first");
    if (outcome.ok) count(1, began);
    return outcome;
  }

  const isLinked = (id: string) => !isCovered && linked?.rootId === id;

  function uncover() {
    thread.remove(covered!.id);
    thread.putBack({ ...covered!, at }, 0);
    setCovered(false);
  }

  const isFiltered = thread.choice === "pending" || thread.choice === "hidden";
  return (
    <section aria-label="Comments">
      {!enabled ? <p className="py-3 text-ui text-muted">Comments are turned off.</p> : null}
      {enabled && refused ? <p className="py-3 text-ui text-muted">{refused}</p> : null}
      {mayComment && viewer ? <CommentForm id={fieldId} label="Add a comment" send={send} /> : null}
      {mayComment && !viewer ? (
        <LinkButton href={`/login?next=${encodeURIComponent(`/p/${post.shortcode}`)}`} prefetch={false} full>Log in to comment</LinkButton>
      ) : null}
      {covered && isCovered ? <CoveredLine label="Hidden comment" text="This comment is hidden because of a word in your list." className="mt-3"><CoveredAct onAct={uncover}>Show</CoveredAct></CoveredLine> : null}
      {isMissing ? <Notice className="mt-3">That comment is not here any more.</Notice> : null}
      {total > 1 || post.isOwn ? <CommentChoice choice={thread.choice} isOwn={post.isOwn} onChoose={thread.choose} /> : null}
      {thread.items.length > 0 ? (
        <ul className={total > 1 || post.isOwn ? undefined : "mt-3"}>
          {thread.items.map((comment) => (
            <CommentBranch key={isLinked(comment.id) ? `linked:${comment.id}` : comment.id} comment={comment} list={thread} shortcode={post.shortcode} viewer={viewer} canReply={mayComment} linked={isLinked(comment.id) ? linked : null} isFlat={isFiltered} at={at} onCount={count} hear={hear} />
          ))}
        </ul>
      ) : thread.state === "busy" ? <Spinner centred className="py-8 text-xl text-muted" /> : thread.state === "idle" && (enabled || isFiltered) && !(covered && isCovered) ? (
        <p className="py-8 text-center text-ui text-muted">{NOTHING[thread.choice]}{viewer && mayComment && !isFiltered ? " Say something kind." : ""}</p>
      ) : null}
      {thread.next !== null || thread.state === "failed" ? (
        <div className="mt-2 flex flex-col items-center gap-2">
          {thread.state === "failed" ? <p role="alert" className="text-sm text-muted">Comments could not be loaded.</p> : null}
          <Button size="sm" loading={thread.state === "busy"} onClick={() => void thread.load(thread.next)}>{thread.state === "failed" ? "Try again" : "More comments"}</Button>
        </div>
      ) : null}
    </section>
  );
}
