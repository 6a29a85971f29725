import "server-only";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { replica, storage } from "@/lib/platform/storage/storage";
import type { ObjectStorage, UnfinishedUpload } from "@/lib/platform/storage/types";
import { deleteOriginals } from "./originals";
import { mediaIdOfKey, ORIGINALS, VARIANTS } from "./keys";
import { workBase } from "./servant";

const BATCH = 500;
const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

type Swept = { id: string; state: string; original_key: string; upload_id: string | null };

/** SQL: a draft of its owner names the media row `alias`; there are few of a person. */
export const inDraft = (alias: SQL) => sql`exists (select 1 from drafts d where d.user_id = ${alias}.owner_id and d.content->'media' @> jsonb_build_array(jsonb_build_object('id', ${alias}.id::text)))`;

/**
 * Removes files that belong to nothing: uploads that are in no post and no draft, photos whose post was purged, avatars
 * that were replaced; all of them a day after they came. The row goes first: an object left behind by a kill in between
 * is found by `sweepObjects`. Returns how many.
 */
export async function sweepUploads(): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await db().execute<Swept>(sql`
      delete from media where id in (
        select m.id from media m where m.created_at < now() - interval '1 day' and m.post_id is null and m.purpose in ('post', 'avatar', 'message') and not ${inDraft(sql`m`)}
          and (m.purpose = 'post' or (m.purpose = 'message' and not exists (select 1 from message_media mm where mm.media_id = m.id) and not exists (select 1 from threads pt where pt.picture_media_id = m.id)) or m.purpose = 'avatar' and not exists (select 1 from users u where u.id = m.owner_id and u.avatar_media_id = m.id))
        order by m.created_at limit ${BATCH} for update skip locked)
      returning id, state, original_key, upload_id`);
    await deleteFiles(rows);
    removed += rows.length;
    if (rows.length < BATCH) break;
  }
  await sweepParts();
  await removeAbandonedFolders();
  return removed;
}

/** Rows and files of what was in a post that is gone; what is in a post (again) stays. Repeating it does nothing. */
export async function discard(mediaIds: readonly string[]): Promise<void> {
  const rows = await db().execute<Swept>(sql`
    delete from media where id = any (${`{${mediaIds.join(",")}}`}::text::bigint[]) and post_id is null and purpose = 'post' returning id, state, original_key, upload_id`);
  await deleteFiles([...rows]);
}

async function deleteFiles(rows: readonly Swept[]): Promise<void> {
  for (const row of rows) if (row.upload_id !== null) await storage().abortParts(row.original_key, row.upload_id);
  await deleteOriginals(rows.map((row) => row.original_key));
  for (const row of rows) if (row.state !== "pending" && row.state !== "uploaded") await deleteDerived(row.id);
}

/** Everything that was made of a file: in all versions, also one whose making was broken off. */
async function deleteDerived(mediaId: string): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of storage().list(`${VARIANTS}${mediaId}/`)) keys.push(key);
  await storage().deleteMany(keys);
}

/**
 * Gives up uploads in parts that are older than a day: their rows are gone by then, or are about to go. Those of other
 * programs in the same bucket are left alone. Returns how many.
 */
export async function sweepParts(now = Date.now()): Promise<number> {
  const old = await listDangling(now);
  for (const { key, uploadId } of old) await storage().abortParts(key, uploadId);
  return old.length;
}

/** Uploads in parts that should have been completed or given up long ago. */
export async function listDangling(now = Date.now()): Promise<UnfinishedUpload[]> {
  const old: UnfinishedUpload[] = [];
  for await (const upload of storage().listUnfinished(ORIGINALS)) if (now - upload.startedAt.getTime() > DAY_MS + HOUR_MS) old.push(upload);
  return old;
}

/** Folders of decoders that were killed. */
async function removeAbandonedFolders(): Promise<void> {
  for (const name of await readdir(workBase())) {
    if (!/^heliograph-media-\w{6}$/.test(name)) continue;
    const path = join(workBase(), name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > HOUR_MS) await rm(path, { recursive: true, force: true });
  }
}

/** Removes objects older than a day that no row names, such as those of purged accounts, and copies of such. Returns how many. */
export async function sweepObjects(now = Date.now()): Promise<number> {
  const second = replica();
  let removed = 0;
  for (const prefix of [ORIGINALS, VARIANTS]) removed += await sweepStore(storage(), prefix, now);
  if (second) removed += await sweepStore(second, ORIGINALS, now);
  return removed;
}

async function sweepStore(store: ObjectStorage, prefix: string, now: number): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  const flush = async () => {
    const orphans = await findOrphans(batch);
    await store.deleteMany(orphans);
    removed += orphans.length;
    batch = [];
  };
  for await (const object of store.list(prefix)) {
    if (now - object.modifiedAt.getTime() < DAY_MS) continue;
    batch.push(object.key);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  return removed;
}

/** Removes what was derived under a version that is not shown any more, and is not being made. */
export async function removeVersion(mediaId: string, version: string): Promise<void> {
  const isLiving = await db().execute(sql`select 1 from media where id = ${mediaId}::bigint and ${version} in (version, wanted_version)`);
  if (isLiving.length > 0) return;
  const keys: string[] = [];
  for await (const { key } of storage().list(`${VARIANTS}${mediaId}/${version}/`)) keys.push(key);
  await storage().deleteMany(keys);
}

type Named = { id: string; version: string; wanted_version: string | null; uncut_version: string | null; original_key: string; captions: string[] | null };

/** Those of the keys that no row names. */
export async function findOrphans(keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const ids = [...new Set(keys.map(mediaIdOfKey).filter((id) => id !== null))];
  const rows = await db().execute<Named>(sql`
    select id, version, wanted_version, uncut_version, original_key, (select json_agg(c.storage_key) from media_captions c where c.media_id = m.id) as captions
    from media m where id = any (${`{${ids.join(",")}}`}::text::bigint[])`);
  const named = new Map(rows.map((row) => [row.id, row]));
  return keys.filter((key) => !isNamed(key, named.get(mediaIdOfKey(key) ?? "")));
}

/** A file of a living version, or of one that is to take its place, that the row does not name yet is being written just now. */
function isNamed(key: string, row: Named | undefined): boolean {
  if (!row) return false;
  const versions = [row.version, row.wanted_version, row.uncut_version].filter((version) => version !== null);
  return key === row.original_key || versions.some((version) => key.startsWith(`${VARIANTS}${row.id}/${version}/`)) || (row.captions?.includes(key) ?? false);
}
