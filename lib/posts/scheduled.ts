import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { conflict, invalidField, notFound } from "@/lib/platform/errors";
import { claimKey, findClaimed } from "@/lib/platform/http/claim";
import { cancelJobs } from "@/lib/platform/jobs/forget";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { hydratePosts } from "./hydrate";
import { advance } from "./publish";
import { getVisiblePost } from "./queries";
import type { PostView } from "./types";

type Author = Pick<Viewer, "id">;

/** The queue in which a job waits for each of them. */
export const PUBLISHING = "posts.publish-scheduled";

/** Posts that may wait at once. */
export const MAX_SCHEDULED = 100;
const MINUTE_MS = 60_000;
export const MAX_DAYS_AHEAD = 365;

/** Holds a wished time against the clock; throws invalid. The answer is in whole milliseconds. */
export function judgeTime(text: string, now = Date.now()): Date {
  const at = new Date(text);
  if (at.getTime() < now + MINUTE_MS) throw invalidField("scheduled_for", "Choose a time at least a minute ahead.");
  if (at.getTime() > now + MAX_DAYS_AHEAD * 24 * 60 * MINUTE_MS) throw invalidField("scheduled_for", "Choose a time within a year.");
  return at;
}

/** Throws conflict when as many posts wait already as may. */
export async function refuseTooMany(tx: Transaction, author: Author): Promise<void> {
  await tx.execute(sql`select 1 from users where id = ${author.id}::bigint for no key update`);
  const [row] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from posts where author_id = ${author.id}::bigint and deleted_at is null and status <> 'published' and status = 'scheduled'`);
  if (row!.count >= MAX_SCHEDULED) throw conflict(`${MAX_SCHEDULED} posts are scheduled already. Wait for one to appear, or cancel one.`);
}

/** What of the viewer's own is to appear, the next first; what lacks a time comes last. */
export async function listScheduled(viewer: Author): Promise<PostView[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select id from posts where author_id = ${viewer.id}::bigint and deleted_at is null and status <> 'published' and status = 'scheduled'
    order by scheduled_for nulls last, id limit ${MAX_SCHEDULED}::int`);
  return hydratePosts(viewer, [...rows].map((row) => row.id));
}

/** Removes the job that waits for a locked post's time, before that time or the post itself goes. */
export const unschedule = (tx: Transaction, postId: string): Promise<void> =>
  cancelJobs(tx, PUBLISHING, sql`(select scheduled_for from posts where id = ${postId}::bigint)`, { postId });

/** What of a scheduled post's row goes over to the post that appears; its counters begin at nought. A test holds the list against the table. */
export const CARRIED = ["author_id", "audience", "content_type", "caption", "place_id", "media_count", "comments_enabled", "like_count_hidden", "is_sensitive", "reposts_enabled", "archived_at"] as const;
/** Tables whose rows belong to a post that nobody else has seen yet. */
const BELONGING = ["media", "photo_tags", "collaborators", "post_circles", "post_versions"] as const;

/**
 * Makes the post anew under an id of this moment: ids are the order of feeds and profiles, and the old one's time is when
 * it was written (decisions/0040). Returns the new id.
 */
async function appear(tx: Transaction, post: { id: string; author_id: string }): Promise<string> {
  const carried = sql.raw(CARRIED.join(", "));
  const [made] = await tx.execute<{ id: string }>(sql`insert into posts (status, ${carried}) select 'processing', ${carried} from posts where id = ${post.id}::bigint returning id`);
  for (const table of BELONGING) await tx.execute(sql`update ${sql.raw(table)} set post_id = ${made!.id}::bigint where post_id = ${post.id}::bigint`);
  await tx.execute(sql`update idempotency_keys set resource_id = ${made!.id}::bigint where user_id = ${post.author_id}::bigint and kind = 'post' and resource_id = ${post.id}::bigint`);
  await claimKey(tx, post.author_id, post.id, made!.id, "scheduled");
  await unschedule(tx, post.id);
  await tx.execute(sql`delete from posts where id = ${post.id}::bigint`);
  await advance(tx, made!.id);
  return made!.id;
}

/** Publishes a scheduled post whose time has come. Does nothing to one that was changed, cancelled, or is out, nor while its author's account is hidden. */
export async function publishDue(postId: string): Promise<void> {
  await db().transaction(async (tx) => {
    const [post] = await tx.execute<{ id: string; author_id: string }>(sql`
      select p.id, p.author_id from posts p join users u on u.id = p.author_id
      where p.id = ${postId}::bigint and p.status = 'scheduled' and p.deleted_at is null and p.scheduled_for <= now() and ${accountVisible(null)} for update of p`);
    if (post) await appear(tx, post);
  });
}

/** Ids of posts whose time has come, in its order: what a server missed while it was down, or whose author was away, appears late, but does. */
export async function listDue(): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select p.id from posts p join users u on u.id = p.author_id
    where p.status = 'scheduled' and p.deleted_at is null and p.scheduled_for <= now() and ${accountVisible(null)} order by p.scheduled_for, p.id limit 500`);
  return [...rows].map((row) => row.id);
}

/**
 * Publishes a scheduled post at once; asked again, gives the post that came of it. Throws not_found, conflict for one that
 * is not scheduled.
 */
export async function publishNow(viewer: Author, postId: string): Promise<PostView> {
  const id = await db().transaction(async (tx) => {
    const [post] = await tx.execute<{ id: string; author_id: string; status: string }>(sql`
      select id, author_id, status from posts where id = ${postId}::bigint and author_id = ${viewer.id}::bigint and deleted_at is null for update`);
    if (post?.status === "scheduled") return appear(tx, post);
    if (post) throw conflict("This post is not scheduled.");
    return null;
  });
  const published = id ?? (await findClaimed(viewer.id, postId, "scheduled"));
  if (published === null) throw notFound();
  return getVisiblePost(viewer, published);
}
