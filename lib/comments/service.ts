import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { forbidden, invalidField, notFound } from "@/lib/platform/errors";
import { claimKey, findClaimed } from "@/lib/platform/http/claim";
import { announce } from "@/lib/platform/jobs/queue";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { type CommentState, commentVisible } from "@/lib/platform/visibility/comments";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { moveCounter } from "@/lib/posts/counts";
import { getVisiblePostRef } from "@/lib/posts/queries";
import { joinedWords, splitWords } from "@/lib/privacy/hidden-words";
import { hasHiddenWord } from "@/lib/privacy/words";
import { getComment, getCommenting } from "./queries";
import { EDIT_MINUTES, RESTORE_MINUTES } from "./schemas";
import { signalComment } from "./signal";
import { lockComment, setState, weightOf } from "./thread";
import type { CommentView } from "./types";

type NewComment = { content: string; parent_id?: string | null };

/**
 * Adds a comment or, with `parent_id`, a reply (one level deep: a reply to a reply joins the same thread). The same
 * `key` from the same person gives the first comment back. It waits for the author's word when they restrict the writer,
 * and is put away when it has a word they hide; its writer notices neither. Throws not_found, forbidden (comments are off,
 * or not for the viewer), too_many.
 */
export async function addComment(viewer: Viewer, postId: string, input: NewComment, key: string | null): Promise<CommentView> {
  const earlier = key === null ? null : await findClaimed(viewer.id, key, "comment");
  if (earlier) return getComment(viewer, earlier);
  await limit("comments", viewer.id);
  const id = await db().transaction(async (tx) => {
    const post = await getVisiblePostRef(tx, viewer, postId);
    if (post.status !== "published") throw notFound();
    const commenting = await getCommenting(viewer, post.id, tx);
    if (!commenting.allowed) throw forbidden(commenting.reason);
    const state = await stateFor(tx, viewer, post.authorId, input.content);
    const root = input.parent_id ? await joinThread(tx, viewer, post.id, input.parent_id, state === "shown") : null;
    const [row] = await tx.execute<{ id: string }>(sql`
      insert into comments (post_id, user_id, parent_id, content, state, held_for_id)
      values (${post.id}::bigint, ${viewer.id}::bigint, ${root?.id ?? null}::bigint, ${input.content}, ${state}, ${state === "shown" ? null : post.authorId}::bigint) returning id`);
    const commentId = row!.id;
    if (key !== null && !(await claimKey(tx, viewer.id, key, commentId, "comment"))) throw new RepeatedComment();
    if (state === "shown" && (root?.state ?? "shown") === "shown") await moveCounter(tx, post.id, "comments", 1);
    await announce(tx, "comment.created", { commentId });
    return commentId;
  }).catch((error: unknown) => (error instanceof RepeatedComment && key !== null ? findClaimed(viewer.id, key, "comment") : Promise.reject(error)));
  signalComment(postId, id!);
  return getComment(viewer, id!);
}

/** What becomes of words by this writer under a post of this author. */
async function stateFor(tx: Transaction, viewer: Viewer, authorId: string, content: string): Promise<CommentState> {
  if (viewer.id === authorId) return "shown";
  const [row] = await tx.execute<{ is_restricted: boolean; words: string | null }>(sql`
    select exists (select 1 from restricts where restricter_id = ${authorId}::bigint and restricted_id = ${viewer.id}::bigint) as is_restricted, ${joinedWords(authorId, "comments")} as words`);
  if (row!.is_restricted) return "pending";
  return hasHiddenWord(content, splitWords(row!.words)) ? "hidden" : "shown";
}

/** Another request with the same key committed first; this transaction is undone. */
class RepeatedComment extends Error {}

/** The thread's first comment, locked by its counter so that it cannot vanish meanwhile. */
async function joinThread(tx: Transaction, viewer: Viewer, postId: string, parentId: string, isCounted: boolean): Promise<{ id: string; state: CommentState }> {
  const [row] = await tx.execute<{ id: string; state: CommentState }>(sql`
    update comments c set reply_count = reply_count + ${isCounted ? 1 : 0}::int
    where c.post_id = ${postId}::bigint and c.deleted_at is null
      and c.id = (select coalesce(a.parent_id, a.id) from comments a join posts p on p.id = a.post_id join users u on u.id = a.user_id
                  where a.id = ${parentId}::bigint and a.post_id = ${postId}::bigint and ${commentVisible(viewer.id, "a")} and ${accountVisible(viewer.id)})
    returning c.id, c.state`);
  if (!row) throw invalidField("parent_id", "The comment you reply to is gone.");
  return row;
}

/**
 * Changes the words of one's own comment, for a quarter of an hour. New words are judged as those of a new comment; what
 * waits or was put away stays so. Throws not_found, forbidden.
 */
export async function editComment(viewer: Viewer, commentId: string, content: string): Promise<CommentView> {
  const change = await db().transaction(async (tx) => {
    const comment = await lockComment(tx, viewer, commentId, EDIT_MINUTES);
    if (!comment || comment.is_deleted || !comment.post_visible || comment.user_id !== viewer.id) {
      await getComment(viewer, commentId);
      throw forbidden("Only its writer may change a comment.");
    }
    if (!comment.is_fresh) throw forbidden(`A comment can be changed for ${EDIT_MINUTES} minutes.`);
    if (comment.content === content) return null;
    await tx.execute(sql`update comments set content = ${content}, edited_at = now() where id = ${commentId}::bigint`);
    const state = comment.state === "shown" ? await stateFor(tx, viewer, comment.author_id, content) : comment.state;
    if (state === comment.state) await announce(tx, "comment.changed", { commentId });
    else await setState(tx, comment, state);
    return { postId: comment.post_id, gone: comment.state === "shown" && state !== "shown" };
  });
  if (change) signalComment(change.postId, commentId, change.gone);
  return getComment(viewer, commentId);
}

/** Deletes one's own comment, or any on one's own post, with its replies. Repeating it does nothing. Throws not_found. */
export async function deleteComment(viewer: Viewer, commentId: string): Promise<void> {
  const change = await db().transaction(async (tx) => {
    const comment = await lockComment(tx, viewer, commentId);
    const isMine = comment?.user_id === viewer.id;
    if (!comment || !(isMine || (comment.author_id === viewer.id && (comment.is_deleted || comment.post_visible)))) throw notFound();
    if (comment.is_deleted) return null;
    const gone = await tx.execute<{ id: string }>(sql`
      update comments set deleted_at = now(), is_pinned = false, pinned_at = null, deleted_by_id = ${viewer.id}::bigint where (id = ${commentId}::bigint or parent_id = ${commentId}::bigint) and deleted_at is null returning id`);
    await count(tx, comment, -1);
    for (const { id } of gone) await announce(tx, "comment.deleted", { commentId: id, postId: comment.post_id });
    return { postId: comment.post_id, gone: comment.state === "shown" && (comment.root?.state ?? "shown") === "shown" };
  });
  if (change) signalComment(change.postId, commentId, change.gone);
}

/**
 * Brings back what the viewer deleted some minutes ago, with the replies that went with it. Repeating it does nothing.
 * Throws not_found: too late, somebody else's doing, or what it answered is gone.
 */
export async function restoreComment(viewer: Viewer, commentId: string): Promise<CommentView> {
  const postId = await db().transaction(async (tx) => {
    const comment = await lockComment(tx, viewer, commentId);
    if (!comment?.post_visible || comment.root?.is_deleted) throw notFound();
    if (!comment.is_deleted) {
      await mayRestore(viewer, commentId);
      return null;
    }
    const back = await tx.execute<{ id: string }>(sql`
      update comments c set deleted_at = null, deleted_by_id = null from comments asked
      where asked.id = ${commentId}::bigint and asked.deleted_by_id = ${viewer.id}::bigint and asked.deleted_at > now() - make_interval(mins => ${RESTORE_MINUTES}::int)
        and (c.id = asked.id or (c.parent_id = asked.id and c.deleted_at = asked.deleted_at)) returning c.id`);
    if (back.length === 0) throw notFound();
    await count(tx, { ...comment, is_deleted: false }, 1);
    for (const { id } of back) await announce(tx, "comment.created", { commentId: id });
    return comment.post_id;
  });
  if (postId !== null) signalComment(postId, commentId);
  return getComment(viewer, commentId);
}

/** Somebody else's that is there: forbidden when the viewer sees it, else not there. */
async function mayRestore(viewer: Viewer, commentId: string): Promise<void> {
  if (!(await getComment(viewer, commentId)).can_delete) throw forbidden("Only who deleted a comment may bring it back.");
}

/** Moves the counts by a comment (as it is while it is there) that came back or goes. */
async function count(tx: Transaction, comment: Parameters<typeof weightOf>[0] & { post_id: string; parent_id: string | null }, by: 1 | -1): Promise<void> {
  if (comment.parent_id !== null && comment.state === "shown") await tx.execute(sql`update comments set reply_count = reply_count + ${by}::int where id = ${comment.parent_id}::bigint`);
  const weight = weightOf(comment);
  if (weight !== 0) await moveCounter(tx, comment.post_id, "comments", by * weight);
}
