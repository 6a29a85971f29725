import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { discardFiles } from "@/lib/media/discard";
import { purgedAt, purgeVersion } from "@/lib/media/forget-version";
import { announce, enqueueMany } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { forgetCollected } from "./collected";
import { countPost } from "./post-counts";
import { refuse } from "./refuse";
import { unschedule } from "./scheduled";
import { uncountTags } from "./tagging";

/** Days that a deleted post is kept before its rows and files go. */
export const KEPT_DAYS = 30;
const BATCH = 100;

/**
 * Deletes a post: at once it is nowhere, its rows and files go after 30 days. Repeating it does nothing. Throws
 * not_found, forbidden (somebody else's).
 */
export async function deletePost(viewer: Pick<Viewer, "id">, postId: string): Promise<void> {
  const isOwn = await db().transaction(async (tx) => {
    const [post] = await tx.execute<{ is_deleted: boolean; is_counted: boolean; is_scheduled: boolean }>(sql`
      select deleted_at is not null as is_deleted, status = 'published' and archived_at is null as is_counted, status = 'scheduled' as is_scheduled
      from posts where id = ${postId}::bigint and author_id = ${viewer.id}::bigint for update`);
    if (!post || post.is_deleted) return post !== undefined;
    await tx.execute(sql`update posts set deleted_at = now(), updated_at = now() where id = ${postId}::bigint`);
    if (post.is_counted) await countPost(tx, postId, -1);
    if (post.is_scheduled) await unschedule(tx, postId);
    await uncountTags(tx, postId);
    await announce(tx, "post.deleted", { postId, authorId: viewer.id });
    return true;
  });
  if (!isOwn) await refuse(viewer, postId);
}

/** Removes the rows of posts deleted 30 days ago, and their files. Returns how many. */
export async function purgeDeleted(): Promise<number> {
  let removed = 0;
  for (;;) {
    const gone = await purge(sql`
      select id from posts where deleted_at < now() - make_interval(days => ${KEPT_DAYS}) order by deleted_at limit ${BATCH} for update skip locked`);
    removed += gone.length;
    if (gone.length < BATCH) return removed;
  }
}

/** Files named in one job. */
const FILES_AT_ONCE = 200;

/**
 * Removes the posts that `chosen` (SQL that locks their rows) names; likes, comments and the like go with them. What they
 * held, and what they held earlier, is then in no post, and goes with its files. Returns the ids.
 */
export async function purge(chosen: SQL): Promise<string[]> {
  return db().transaction(async (tx) => {
    const ids = [...(await tx.execute<{ id: string }>(chosen))].map((row) => row.id);
    if (ids.length === 0) return [];
    const list = sql`any (${`{${ids.join(",")}}`}::text::bigint[])`;
    const media = [...(await tx.execute<{ id: string; version: string }>(sql`select id, version from media where post_id = ${list}`))];
    await forgetCollected(tx, sql`cp.post_id = ${list}`);
    await tx.execute(sql`delete from posts where id = ${list}`);
    const parts = Array.from({ length: Math.ceil(media.length / FILES_AT_ONCE) }, (_, i) => media.map((row) => row.id).slice(i * FILES_AT_ONCE, (i + 1) * FILES_AT_ONCE));
    // A CDN is told by the files that there are.
    for (const { id, version } of media) await purgeVersion(tx, id, version);
    await enqueueMany(tx, discardFiles, parts.map((mediaIds) => ({ mediaIds })), { runAt: purgedAt() });
    return ids;
  });
}
