import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Variant } from "@/db/schema/media";
import type { VideoFiles } from "@/db/schema/media-edit";
import { replica, storage } from "@/lib/platform/storage/storage";
import { ORIGINALS, VARIANTS, variantKey } from "./keys";
import { findOrphans, listDangling } from "./sweep";
import { uncutKey, videoKeys } from "./video/files";

const BATCH = 1_000;
const DAY_MS = 24 * 3600 * 1000;

/** Objects that should have been swept, and files that rows name but storage does not have. */
export type Inventory = { objects: number; orphans: string[]; missing: { mediaId: string; key: string }[]; /** Uploads in parts that should have been given up. */ dangling: number };

type Row = { id: string; version: string; original_key: string; state: string; variants: Variant[]; video: VideoFiles | null; captions: string[] | null; uncut_version: string | null };

/** Holds storage and database against each other. Keeps every key in memory: for `doctor`, not for a request. */
export async function takeInventory(now = Date.now()): Promise<Inventory> {
  const keys = new Set<string>();
  const old: string[] = [];
  for (const prefix of [ORIGINALS, VARIANTS]) {
    for await (const object of storage().list(prefix)) {
      keys.add(object.key);
      if (now - object.modifiedAt.getTime() > DAY_MS) old.push(object.key);
    }
  }
  const orphans: string[] = [];
  for (let at = 0; at < old.length; at += BATCH) orphans.push(...(await findOrphans(old.slice(at, at + BATCH))));
  return { objects: keys.size, orphans, missing: await findMissing(keys), dangling: (await listDangling(now)).length };
}

async function findMissing(keys: ReadonlySet<string>): Promise<Inventory["missing"]> {
  const missing: Inventory["missing"] = [];
  for (let after = "0"; ; ) {
    const rows = await db().execute<Row>(sql`
      select id, version, original_key, state, variants, video, (select json_agg(c.storage_key) from media_captions c where c.media_id = media.id) as captions,
        case when uncut_progress = 100 then uncut_version end as uncut_version
      from media where id > ${after}::bigint and state in ('uploaded', 'processing', 'ready') order by id limit ${BATCH}`);
    for (const row of rows) {
      const named = [row.original_key, ...row.variants.map((variant) => variantKey(row.id, row.version, variant)), ...videoKeys(row), ...(row.captions ?? []), ...(row.uncut_version ? [uncutKey(row.id, row.uncut_version)] : [])];
      missing.push(...named.filter((key) => !keys.has(key)).map((key) => ({ mediaId: row.id, key })));
    }
    if (rows.length < BATCH) return missing;
    after = rows.at(-1)!.id;
  }
}

/** Of the second store: how many originals should have a copy, which have none or one of another size, and which copies belong to nothing. */
export type CopyInventory = { originals: number; missing: string[]; orphans: string[] };

/** Holds the second store against the rows; `null` when there is none. Files of the last hour may still be on their way. */
export async function takeCopyInventory(now = Date.now()): Promise<CopyInventory | null> {
  const second = replica();
  if (!second) return null;
  const sizes = new Map<string, number>();
  const old: string[] = [];
  for await (const object of second.list(ORIGINALS)) {
    sizes.set(object.key, object.size);
    if (now - object.modifiedAt.getTime() > DAY_MS) old.push(object.key);
  }
  const orphans: string[] = [];
  for (let at = 0; at < old.length; at += BATCH) orphans.push(...(await findOrphans(old.slice(at, at + BATCH))));
  const missing: string[] = [];
  let originals = 0;
  for (let after = "0"; ; ) {
    const rows = await db().execute<{ id: string; original_key: string; bytes: string }>(sql`
      select id, original_key, bytes from media where id > ${after}::bigint and state in ('uploaded', 'processing', 'ready') and created_at < ${new Date(now).toISOString()}::timestamptz - interval '1 hour'
      order by id limit ${BATCH}`);
    originals += rows.length;
    missing.push(...rows.filter((row) => sizes.get(row.original_key) !== Number(row.bytes)).map((row) => row.original_key));
    if (rows.length < BATCH) return { originals, missing, orphans };
    after = rows.at(-1)!.id;
  }
}
