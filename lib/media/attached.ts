import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { purgeVersion } from "./forget-version";
import { attachMedia, enqueueProcessing, type MediaItem } from "./service";

/** Sets the alt texts of a post's photos (by media id). Returns the ids whose text changed. */
export async function setAlts(tx: Transaction, postId: string, alts: Record<string, string>): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    update media m set alt = v.value from jsonb_each_text(${JSON.stringify(alts)}::text::jsonb) v
    where m.post_id = ${postId}::bigint and m.id = v.key::bigint and m.alt <> v.value returning m.id`);
  return [...rows].map((row) => row.id);
}

/** Processes the failed photos of a post once more. Returns how many. */
export async function retryFailed(tx: Transaction, postId: string): Promise<number> {
  const rows = await tx.execute<{ id: string; kind: "image" | "video" }>(sql`
    update media set state = 'processing', problem = null, progress = null where post_id = ${postId}::bigint and position is not null and state = 'failed' returning id, kind`);
  await enqueueProcessing(tx, rows);
  return rows.length;
}

/** Goes on with what was left unprepared when its post was deleted. */
export async function prepareLeft(tx: Transaction, postId: string): Promise<void> {
  await enqueueProcessing(tx, await tx.execute<{ id: string; kind: "image" | "video" }>(sql`select id, kind from media where post_id = ${postId}::bigint and state = 'processing'`));
}

/** What a post holds, in order, and what waits to take the place of something in it. */
export type Held = { id: string; kind: "image" | "video"; state: string; position: number | null; replaces_id: string | null };

/** The items of a post, those in it first. The post is locked by the caller. */
export async function listHeld(tx: Transaction, postId: string): Promise<Held[]> {
  return [...(await tx.execute<Held>(sql`
    select id, kind, state, position, replaces_id from media where post_id = ${postId}::bigint and (position is not null or replaces_id is not null) order by position nulls last, id`))];
}

/** Puts the items of a post into this order. */
export async function arrange(tx: Transaction, postId: string, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update media m set position = v.place - 1 from unnest(${`{${ids.join(",")}}`}::text::bigint[]) with ordinality as v(id, place)
    where m.post_id = ${postId}::bigint and m.id = v.id and m.position is distinct from v.place - 1`);
}

/** Takes items out of a post for good: nobody gets their files any more, and the sweep takes them. */
export async function detach(tx: Transaction, postId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const gone = await tx.execute<{ id: string; version: string }>(sql`
    update media set post_id = null, position = null, replaces_id = null where post_id = ${postId}::bigint and id = any (${`{${ids.join(",")}}`}::text::bigint[]) returning id, version`);
  for (const { id, version } of gone) await purgeVersion(tx, id, version);
}

/** Gives verified uploads to a post, each to take the place of an item of it (`replaces`). Throws as `attachMedia`. */
export const attachReplacements = (tx: Transaction, owner: Pick<Viewer, "id">, postId: string, items: readonly (MediaItem & { replaces: string })[]): Promise<void> =>
  attachMedia(tx, owner, postId, items);

/**
 * Puts a replacement in its place; what stood there stays with the post for its history. Null when it does not wait (any
 * more), else the id of what went.
 */
export async function takePlace(tx: Transaction, postId: string, mediaId: string): Promise<string | null> {
  const [row] = await tx.execute<{ replaced: string }>(sql`
    with new as (select id, replaces_id from media where id = ${mediaId}::bigint and post_id = ${postId}::bigint and replaces_id is not null for update),
    old as (select m.id, m.position from media m join new on m.id = new.replaces_id where m.post_id = ${postId}::bigint and m.position is not null for update of m),
    went as (update media m set position = null from old where m.id = old.id returning m.id)
    update media m set position = old.position, replaces_id = null from old, went where m.id = ${mediaId}::bigint returning old.id as replaced`);
  return row?.replaced ?? null;
}
