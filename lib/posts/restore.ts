import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { prepareLeft } from "@/lib/media/attached";
import { notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Page, Slice } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Reader } from "@/lib/platform/viewer/writes";
import { hydrateDeleted, hydrateSlice } from "./hydrate";
import { keepPinnedFew, lockPins } from "./pins";
import { countPost } from "./post-counts";
import { advance } from "./publish";
import { getVisiblePost } from "./queries";
import { KEPT_DAYS, purge } from "./remove";
import type { DeletedPostView, PostView } from "./types";

type Author = Pick<Viewer, "id">;

/**
 * Brings a deleted post back as it was: likes, comments and saves with it, in the feeds again, in its tags. One that is
 * not deleted stays as it is. Throws not_found.
 */
export async function restorePost(viewer: Author, postId: string): Promise<PostView> {
  await db().transaction(async (tx) => {
    await lockPins(tx, viewer.id);
    const [post] = await tx.execute<{ is_deleted: boolean; is_counted: boolean; is_processing: boolean }>(sql`
      select deleted_at is not null as is_deleted, status = 'published' and archived_at is null as is_counted, status = 'processing' as is_processing
      from posts where id = ${postId}::bigint and author_id = ${viewer.id}::bigint for update`);
    if (!post) throw notFound();
    if (!post.is_deleted) return;
    await tx.execute(sql`
      update posts set deleted_at = null, updated_at = now(), scheduled_for = case when scheduled_for > now() then scheduled_for end where id = ${postId}::bigint`);
    if (post.is_counted) await countPost(tx, postId, 1);
    await keepPinnedFew(tx, viewer.id, postId);
    await prepareLeft(tx, postId);
    // What became of its photos while it was deleted was heard by nobody.
    if (post.is_processing) await advance(tx, postId);
    await announce(tx, "post.restored", { postId });
  });
  return getVisiblePost(viewer, postId);
}

/** Removes a deleted post for good, rows at once and files in a moment. Throws not_found for what is not among the deleted. */
export async function purgeNow(viewer: Author, postId: string): Promise<void> {
  const [gone] = await purge(sql`select id from posts where id = ${postId}::bigint and author_id = ${viewer.id}::bigint and deleted_at is not null for update`);
  if (!gone) throw notFound();
}

const MICROSECOND = sql`interval '1 microsecond'`;
const EPOCH = sql`timestamptz 'epoch'`;

/** The viewer's own deleted posts, the last deleted first. The cursor is a time in microseconds: one's own deletions come one after another. */
export async function listDeleted(viewer: Author, page: Page): Promise<Slice<DeletedPostView>> {
  const below = page.cursor === null ? sql`true` : sql`deleted_at < ${EPOCH} + ${page.cursor}::bigint * ${MICROSECOND}`;
  const rows = await db().execute<{ id: string; deleted_at: string; at: string }>(sql`
    select id, deleted_at, (extract(epoch from deleted_at) * 1000000)::bigint::text as at from posts
    where author_id = ${viewer.id}::bigint and deleted_at is not null and deleted_at > now() - make_interval(days => ${KEPT_DAYS}) and ${below}
    order by deleted_at desc limit ${page.limit + 1}::int`);
  const shown = [...rows].slice(0, page.limit);
  const posts = new Map((await hydrateDeleted(viewer, shown.map((row) => row.id))).map((post) => [post.id, post]));
  const items = shown.flatMap(({ id, deleted_at }) => (posts.has(id) ? [{ post: posts.get(id)!, deleted_at: iso(deleted_at), purged_at: iso(deleted_at, KEPT_DAYS) }] : []));
  return { items, nextCursor: rows.length > page.limit ? shown.at(-1)!.at : null };
}

const iso = (time: string, days = 0) => new Date(Date.parse(time) + days * 86_400_000).toISOString();

/** What the viewer has put away, newest first. */
export async function listArchived(viewer: Reader, page: Page): Promise<Slice<PostView>> {
  const rows = await db().execute<{ id: string }>(sql`
    select id from posts where author_id = ${viewer.id}::bigint and archived_at is not null and deleted_at is null and ${page.cursor === null ? sql`true` : sql`id < ${page.cursor}::bigint`}
    order by id desc limit ${page.limit + 1}::int`);
  return hydrateSlice(viewer, [...rows].map((row) => row.id), page);
}
