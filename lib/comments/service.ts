import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { forbidden, invalidField, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { moveCounter } from "@/lib/posts/counts";
import { getVisiblePostRef } from "@/lib/posts/queries";
import { getComment } from "./queries";
import type { CommentView } from "./types";

type NewComment = { content: string; parent_id?: string | null };

/**
 * Adds a comment or, with `parent_id`, a reply (one level deep: a reply to a reply joins the same thread). The same
 * `key` from the same person gives the first comment back. Throws not_found, forbidden (comments are off), too_many.
 */
export async function addComment(viewer: Viewer, postId: string, input: NewComment, key: string | null): Promise<CommentView> {
  const earlier = key === null ? null : await findEarlier(viewer, key);
  if (earlier) return getComment(viewer, earlier);
  await limit("comments", viewer.id);
  const id = await db().transaction(async (tx) => {
    const post = await getVisiblePostRef(tx, viewer, postId);
    if (post.status !== "published") throw notFound();
    if (!post.commentsEnabled) throw forbidden("Comments are turned off for this post.");
    const parentId = input.parent_id ? await joinThread(tx, viewer, post.id, input.parent_id) : null;
    const [row] = await tx.execute<{ id: string }>(sql`
      insert into comments (post_id, user_id, parent_id, content)
      values (${post.id}::bigint, ${viewer.id}::bigint, ${parentId}::bigint, ${input.content}) returning id`);
    const commentId = row!.id;
    if (key !== null && !(await claimKey(tx, viewer, key, commentId))) throw new RepeatedComment();
    await moveCounter(tx, post.id, "comments", 1);
    await announce(tx, "comment.created", { commentId });
    return commentId;
  }).catch((error: unknown) => (error instanceof RepeatedComment && key !== null ? findEarlier(viewer, key) : Promise.reject(error)));
  return getComment(viewer, id!);
}

/** Another request with the same key committed first; this transaction is undone. */
class RepeatedComment extends Error {}

async function findEarlier(viewer: Viewer, key: string): Promise<string | null> {
  const [row] = await db().execute<{ resource_id: string }>(sql`
    select resource_id from idempotency_keys where user_id = ${viewer.id}::bigint and kind = 'comment' and key = ${key} and created_at > now() - interval '24 hours'`);
  return row?.resource_id ?? null;
}

async function claimKey(tx: Transaction, viewer: Viewer, key: string, commentId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into idempotency_keys (user_id, kind, key, resource_id) values (${viewer.id}::bigint, 'comment', ${key}, ${commentId}::bigint)
    on conflict (user_id, kind, key) do update set resource_id = excluded.resource_id, created_at = now()
      where idempotency_keys.created_at <= now() - interval '24 hours' returning 1`);
  return rows.length > 0;
}

/** The thread's first comment, locked by its counter so that it cannot vanish meanwhile. */
async function joinThread(tx: Transaction, viewer: Viewer, postId: string, parentId: string): Promise<string> {
  const [row] = await tx.execute<{ id: string }>(sql`
    update comments c set reply_count = reply_count + 1
    where c.post_id = ${postId}::bigint and c.deleted_at is null
      and c.id = (select coalesce(a.parent_id, a.id) from comments a join users u on u.id = a.user_id
                  where a.id = ${parentId}::bigint and a.post_id = ${postId}::bigint and a.deleted_at is null and ${accountVisible(viewer.id)})
    returning c.id`);
  if (!row) throw invalidField("parent_id", "The comment you reply to is gone.");
  return row.id;
}

/** Deletes one's own comment, or any on one's own post, with its replies. Repeating it does nothing. Throws not_found. */
export async function deleteComment(viewer: Viewer, commentId: string): Promise<void> {
  await db().transaction(async (tx) => {
    // First the thread, then its replies in a second statement: a reply that commits in between is then seen.
    const [target] = await tx.execute<{ id: string; post_id: string; parent_id: string | null; is_deleted: boolean }>(sql`
      select c.id, c.post_id, c.parent_id, c.deleted_at is not null as is_deleted from comments c
      join posts p on p.id = c.post_id join users u on u.id = p.author_id
      where c.id = ${commentId}::bigint and (c.user_id = ${viewer.id}::bigint or p.author_id = ${viewer.id}::bigint)
        and (c.deleted_at is not null or c.user_id = ${viewer.id}::bigint or ${postVisible(viewer.id)})
      for update of c`);
    if (!target) throw notFound();
    if (target.is_deleted) return;
    const gone = await tx.execute<{ id: string }>(sql`
      update comments set deleted_at = now() where (id = ${commentId}::bigint or parent_id = ${commentId}::bigint) and deleted_at is null returning id`);
    if (target.parent_id) await tx.execute(sql`update comments set reply_count = reply_count - 1 where id = ${target.parent_id}::bigint`);
    await moveCounter(tx, target.post_id, "comments", -gone.length);
    for (const { id } of gone) await announce(tx, "comment.deleted", { commentId: id, postId: target.post_id });
  });
}

/** Makes the viewer like the comment or not. Throws not_found. */
export async function setCommentLike(viewer: Viewer, commentId: string, liked: boolean): Promise<{ liked: boolean; like_count: number }> {
  const seen = sql`seen as (
    select c.id, c.like_count from comments c join posts p on p.id = c.post_id join users u on u.id = p.author_id join users w on w.id = c.user_id
    where c.id = ${commentId}::bigint and c.deleted_at is null and p.status = 'published' and ${postVisible(viewer.id)} and ${accountVisible(viewer.id, "w")})`;
  const moved = liked
    ? sql`moved as (insert into comment_likes (comment_id, user_id) select id, ${viewer.id}::bigint from seen on conflict do nothing returning comment_id)`
    : sql`moved as (delete from comment_likes where comment_id in (select id from seen) and user_id = ${viewer.id}::bigint returning comment_id)`;
  return db().transaction(async (tx) => {
    const [row] = await tx.execute<{ changed: boolean; like_count: number }>(sql`
      with ${seen}, ${moved},
      counted as (update comments set like_count = like_count + ${liked ? 1 : -1} where id in (select comment_id from moved) returning like_count)
      select exists (select 1 from counted) as changed, coalesce((select like_count from counted), seen.like_count) as like_count from seen`);
    if (!row) throw notFound();
    if (row.changed && liked) await announce(tx, "comment.liked", { commentId, userId: viewer.id });
    return { liked, like_count: row.like_count };
  });
}
