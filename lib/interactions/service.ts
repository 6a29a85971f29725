import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { prepared } from "@/db/prepared";
import { notFound } from "@/lib/platform/errors";
import { announcement } from "@/lib/platform/jobs/queue";
import { wakeWorkers } from "@/lib/platform/jobs/wake";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { postVisible } from "@/lib/platform/visibility/visibility";

/** The post as the statement's `seen`, when the viewer may see it and it is published. */
const seenPost = (viewerId: string, postId: string): SQL => sql`
  seen as (select p.id, p.like_count, p.like_count_hidden, p.author_id from posts p join users u on u.id = p.author_id
           where p.id = ${postId}::bigint and p.status = 'published' and ${postVisible(viewerId)})`;

type LikeRow = { changed: boolean; like_count: number; shown: boolean };

/**
 * Makes the viewer like the post or not; the same call twice has the effect of one. The row, the counter and the event
 * commit together. `like_count` is null when the author keeps it to themselves. Throws not_found.
 */
export async function setLike(viewer: Viewer, postId: string, liked: boolean): Promise<{ liked: boolean; like_count: number | null }> {
  const [row] = await (liked ? insertLike : deleteLike)({ viewer: viewer.id, post: postId });
  if (!row) throw notFound();
  if (row.changed) wakeWorkers();
  return { liked, like_count: row.shown ? row.like_count : null };
}

type LikeArg = (name: "viewer" | "post") => string;

// One statement each, a transaction in itself: a row that came or went moves the counter and is announced, nothing else does.
const insertLike = prepared<LikeRow, "viewer" | "post">("like", (arg) => sql`
  with ${seenPost(arg("viewer"), arg("post"))},
  changed as (insert into likes (post_id, user_id) select id, ${arg("viewer")}::bigint from seen on conflict do nothing returning post_id, user_id),
  counted as (update posts set like_count = like_count + 1 where id = ${arg("post")}::bigint and exists (select 1 from changed) returning like_count),
  ${likeAnswer(arg, "post.liked")}`);

const deleteLike = prepared<LikeRow, "viewer" | "post">("unlike", (arg) => sql`
  with ${seenPost(arg("viewer"), arg("post"))},
  changed as (delete from likes where post_id = ${arg("post")}::bigint and user_id = ${arg("viewer")}::bigint and exists (select 1 from seen) returning post_id, user_id),
  counted as (update posts set like_count = like_count - 1 where id = ${arg("post")}::bigint and exists (select 1 from changed) returning like_count),
  ${likeAnswer(arg, "post.unliked")}`);

const likeAnswer = (arg: LikeArg, event: "post.liked" | "post.unliked") => sql`
  told as (${announcement(event, sql`select json_build_object('postId', post_id::text, 'userId', user_id::text) as data from changed`)})
  select exists (select 1 from counted) as changed, coalesce((select like_count from counted), seen.like_count) as like_count,
         (not seen.like_count_hidden or seen.author_id = ${arg("viewer")}::bigint) as shown from seen`;

/** Keeps the post among the viewer's saved ones or takes it out; the same call twice has the effect of one. */
export async function setSaved(viewer: Viewer, postId: string, saved: boolean): Promise<{ saved: boolean }> {
  await db().transaction((tx) => (saved ? save(tx, viewer, postId) : unsave(tx, viewer, postId)));
  return { saved };
}

async function save(tx: Transaction, viewer: Viewer, postId: string) {
  const rows = await tx.execute(sql`
    with ${seenPost(viewer.id, postId)},
    came as (insert into saves (post_id, user_id) select id, ${viewer.id}::bigint from seen on conflict do nothing returning post_id),
    counted as (update posts set save_count = save_count + 1 where id in (select post_id from came) returning id)
    select 1 from seen`);
  if (rows.length === 0) throw notFound();
}

/** Also takes out what the viewer can no longer see, so that a saved list can always be tidied. */
async function unsave(tx: Transaction, viewer: Viewer, postId: string) {
  const [row] = await tx.execute<{ known: boolean }>(sql`
    with ${seenPost(viewer.id, postId)},
    gone as (delete from saves where user_id = ${viewer.id}::bigint and post_id = ${postId}::bigint returning post_id),
    counted as (update posts set save_count = save_count - 1 where id in (select post_id from gone) returning id)
    select (exists (select 1 from seen) or exists (select 1 from gone)) as known`);
  if (!row?.known) throw notFound();
}
