import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { refuse } from "./edit";
import { uncountTags } from "./tagging";

/** Days that a deleted post is kept before its rows and files go. */
const KEPT_DAYS = 30;
const BATCH = 100;

/**
 * Deletes a post: at once it is nowhere, its rows and files go after 30 days. Repeating it does nothing. Throws
 * not_found, forbidden (somebody else's).
 */
export async function deletePost(viewer: Pick<Viewer, "id">, postId: string): Promise<void> {
  const isOwn = await db().transaction(async (tx) => {
    const [post] = await tx.execute<{ is_deleted: boolean; is_counted: boolean }>(sql`
      select deleted_at is not null as is_deleted, status = 'published' and archived_at is null as is_counted
      from posts where id = ${postId}::bigint and author_id = ${viewer.id}::bigint for update`);
    if (!post || post.is_deleted) return post !== undefined;
    await tx.execute(sql`update posts set deleted_at = now(), updated_at = now() where id = ${postId}::bigint`);
    if (post.is_counted) await tx.execute(sql`update users set post_count = post_count - 1 where id = ${viewer.id}::bigint`);
    await uncountTags(tx, postId);
    await announce(tx, "post.deleted", { postId, authorId: viewer.id });
    return true;
  });
  if (!isOwn) await refuse(viewer, postId);
}

/**
 * Removes the rows of posts deleted 30 days ago; likes, comments and the like go with them. Their photos are then in no
 * post and the sweep of uploads takes rows and files. Returns how many.
 */
export async function purgeDeleted(): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await db().execute(sql`
      delete from posts where id in (
        select id from posts where deleted_at < now() - make_interval(days => ${KEPT_DAYS}) order by deleted_at limit ${BATCH} for update skip locked)
      returning 1`);
    removed += rows.length;
    if (rows.length < BATCH) return removed;
  }
}
