import "server-only";
import { readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Variant } from "@/db/schema/media";
import type { VideoFiles } from "@/db/schema/media-edit";
import { storage } from "@/lib/platform/storage/storage";
import { videoKeys } from "./video/files";
import { mediaIdOfKey, ORIGINALS, VARIANTS, variantKey } from "./keys";

const BATCH = 500;
const DAY_MS = 24 * 3600 * 1000;

type Swept = { id: string; version: string; original_key: string; variants: Variant[]; video: VideoFiles | null; captions: string[] | null };

/** Everything that a row names in storage. */
const keysOf = (row: Swept) => [
  row.original_key,
  ...row.variants.map((variant) => variantKey(row.id, row.version, variant)),
  ...videoKeys(row),
  ...(row.captions ?? []),
];

/**
 * Removes files that belong to nothing: uploads that never became part of a post, photos whose post was purged, avatars
 * that were replaced; all of them a day after they came. The row goes first: an object left behind by a kill in between
 * is found by `sweepObjects`. Returns how many.
 */
export async function sweepUploads(): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await db().execute<Swept>(sql`
      delete from media where id in (
        select m.id from media m where m.created_at < now() - interval '1 day' and m.post_id is null and m.purpose in ('post', 'avatar')
          and (m.purpose = 'post' or not exists (select 1 from users u where u.id = m.owner_id and u.avatar_media_id = m.id))
        order by m.created_at limit ${BATCH} for update skip locked)
      returning id, version, original_key, variants, video, (select json_agg(c.storage_key) from media_captions c where c.media_id = media.id) as captions`);
    await storage().deleteMany(rows.flatMap(keysOf));
    removed += rows.length;
    if (rows.length < BATCH) break;
  }
  await removeAbandonedFolders();
  return removed;
}

/** Folders of decoders that were killed. */
async function removeAbandonedFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!/^heliograph-media-\w{6}$/.test(name)) continue;
    const path = join(tmpdir(), name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > DAY_MS / 24) await rm(path, { recursive: true, force: true });
  }
}

/** Removes objects older than a day that no row names, such as those of purged accounts. Returns how many. */
export async function sweepObjects(now = Date.now()): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  const flush = async () => {
    const orphans = await findOrphans(batch);
    await storage().deleteMany(orphans);
    removed += orphans.length;
    batch = [];
  };
  for (const prefix of [ORIGINALS, VARIANTS]) {
    for await (const object of storage().list(prefix)) {
      if (now - object.modifiedAt.getTime() < DAY_MS) continue;
      batch.push(object.key);
      if (batch.length >= BATCH) await flush();
    }
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

/** Those of the keys that no row names. */
export async function findOrphans(keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const ids = [...new Set(keys.map(mediaIdOfKey).filter((id) => id !== null))];
  const rows = await db().execute<Pick<Swept, "id" | "version" | "original_key">>(sql`select id, version, original_key from media where id = any (${`{${ids.join(",")}}`}::text::bigint[])`);
  const named = new Map(rows.map((row) => [row.id, row]));
  return keys.filter((key) => {
    const row = named.get(mediaIdOfKey(key) ?? "");
    // A file of a living version that the row does not name yet is being written just now.
    return !row || (key !== row.original_key && !key.startsWith(`${VARIANTS}${row.id}/${row.version}/`));
  });
}
