import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { counting, foldSoon } from "@/lib/posts/counts";
import { lockBetween, seenPost } from "./visible-post";

type Saver = Pick<Viewer, "id">;
/** `collection_ids`: which collections it went into or out of, if any. */
export type SavedAnswer = { saved: boolean; collection_ids?: string[] };

/**
 * Keeps the post among the viewer's saved ones or takes it out; the same call twice has the effect of one. Taken out, it also leaves the viewer's own
 * collections into which they had put it: `collection_ids`, for undoing. Throws not_found.
 */
export async function setSaved(viewer: Saver, postId: string, saved: boolean): Promise<SavedAnswer> {
  return db().transaction(async (tx) => {
    if (saved) await save(tx, viewer, postId);
    const left = saved ? [] : await unsave(tx, viewer, postId);
    return { saved, ...(left.length > 0 ? { collection_ids: left } : {}) };
  });
}

/** Throws not_found. */
export async function save(tx: Transaction, viewer: Saver, postId: string): Promise<void> {
  const [row] = await tx.execute<{ deferred: boolean }>(sql`
    with ${seenPost(viewer.id, postId)},
    came as (insert into saves (post_id, user_id) select id, ${viewer.id}::bigint from seen on conflict do nothing returning post_id),
    ${counting("saves", postId, sql`1`, sql`exists (select 1 from came)`)}
    select exists (select 1 from deferred) as deferred from seen`);
  if (!row) throw notFound();
  if (row.deferred) foldSoon();
}

/** Also takes out what the viewer can no longer see, so that a saved list can always be tidied. Returns the collections it left. */
async function unsave(tx: Transaction, viewer: Saver, postId: string): Promise<string[]> {
  await lockBetween(tx, "save", viewer.id, postId);
  const left = await leaveOwnCollections(tx, viewer, postId);
  const [row] = await tx.execute<{ known: boolean; deferred: boolean }>(sql`
    with ${seenPost(viewer.id, postId)},
    gone as (delete from saves where user_id = ${viewer.id}::bigint and post_id = ${postId}::bigint returning post_id),
    ${counting("saves", postId, sql`-1`, sql`exists (select 1 from gone)`)}
    select (exists (select 1 from seen) or exists (select 1 from gone)) as known, exists (select 1 from deferred) as deferred`);
  if (!row?.known) throw notFound();
  if (row.deferred) foldSoon();
  return left;
}

async function leaveOwnCollections(tx: Transaction, viewer: Saver, postId: string): Promise<string[]> {
  // In the order of their ids, as whoever else locks several.
  const held = await tx.execute<{ id: string }>(sql`
    select c.id from collections c where c.owner_id = ${viewer.id}::bigint
      and exists (select 1 from collection_posts cp where cp.collection_id = c.id and cp.post_id = ${postId}::bigint and cp.added_by = ${viewer.id}::bigint)
    order by c.id for no key update of c`);
  const left: string[] = [];
  for (const { id } of held) if (await takeOut(tx, id, postId)) left.push(id);
  return left;
}

/** Takes the post out of a collection whose row is locked; whether it was in it. */
export async function takeOut(tx: Transaction, collectionId: string, postId: string): Promise<boolean> {
  const gone = await tx.execute(sql`delete from collection_posts where collection_id = ${collectionId}::bigint and post_id = ${postId}::bigint returning 1`);
  if (gone.length > 0) await tx.execute(sql`
    update collections set post_count = post_count - 1, cover_post_id = nullif(cover_post_id, ${postId}::bigint), updated_at = now() where id = ${collectionId}::bigint`);
  return gone.length > 0;
}
