import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { forbidden } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { CommentState } from "@/lib/platform/visibility/comments";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { moveCounter } from "@/lib/posts/counts";
import { getComment } from "./queries";

/** A comment that nobody else changes until the transaction ends, with what it answers. */
export type Locked = {
  id: string; post_id: string; parent_id: string | null; user_id: string; author_id: string; content: string; state: CommentState; reply_count: number;
  is_deleted: boolean; is_fresh: boolean; post_visible: boolean; root: { state: CommentState; is_deleted: boolean } | null;
};

/**
 * Locks a comment, and before it the one it answers: whoever changes a thread takes its first comment first, so that two
 * never wait for each other. `minutes`: up to this age it is `is_fresh`. Null when there is no such comment.
 */
export async function lockComment(tx: Transaction, viewer: Viewer, commentId: string, minutes = 0): Promise<Locked | null> {
  const [known] = await tx.execute<{ parent_id: string | null }>(sql`select parent_id from comments where id = ${commentId}::bigint`);
  if (!known) return null;
  const [root] = known.parent_id === null ? [] : await tx.execute<{ state: CommentState; is_deleted: boolean }>(sql`
    select state, deleted_at is not null as is_deleted from comments where id = ${known.parent_id}::bigint for no key update`);
  const [row] = await tx.execute<Omit<Locked, "root">>(sql`
    select c.id, c.post_id, c.parent_id, c.user_id, c.content, c.state, c.reply_count, p.author_id, c.deleted_at is not null as is_deleted,
      c.created_at > now() - make_interval(mins => ${minutes}::int) as is_fresh, ${postVisible(viewer.id)} as post_visible
    from comments c join posts p on p.id = c.post_id join users u on u.id = p.author_id where c.id = ${commentId}::bigint for no key update of c`);
  return row ? { ...row, root: root ?? null } : null;
}

/** A comment on the viewer's own post. Throws not_found, forbidden. */
export async function lockOnOwnPost(tx: Transaction, viewer: Viewer, commentId: string): Promise<Locked> {
  const comment = await lockComment(tx, viewer, commentId);
  if (comment && !comment.is_deleted && comment.post_visible && comment.author_id === viewer.id) return comment;
  await getComment(viewer, commentId);
  throw forbidden("Only the post's author may do this.");
}

/** How much of `posts.comment_count` a comment stands for, with its replies. */
export function weightOf({ state, reply_count, is_deleted, root }: Pick<Locked, "state" | "reply_count" | "is_deleted" | "root">): number {
  if (is_deleted || state !== "shown") return 0;
  if (root === null) return 1 + reply_count;
  return root.is_deleted || root.state !== "shown" ? 0 : 1;
}

/** Shows a comment to everybody or takes it from them, with what follows for the counts. Setting what is set does nothing. */
export async function setState(tx: Transaction, comment: Locked, state: CommentState): Promise<void> {
  if (comment.state === state) return;
  await tx.execute(sql`
    update comments set state = ${state}, held_for_id = ${state === "shown" ? null : comment.author_id}::bigint, is_pinned = is_pinned and ${state === "shown"}::boolean, pinned_at = case when ${state === "shown"}::boolean then pinned_at end
    where id = ${comment.id}::bigint`);
  const replies = Number(state === "shown") - Number(comment.state === "shown");
  if (comment.parent_id !== null && replies !== 0) await tx.execute(sql`update comments set reply_count = reply_count + ${replies}::int where id = ${comment.parent_id}::bigint`);
  const by = weightOf({ ...comment, state }) - weightOf(comment);
  if (by !== 0) await moveCounter(tx, comment.post_id, "comments", by);
  await announce(tx, "comment.changed", { commentId: comment.id });
}
