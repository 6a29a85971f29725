import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Variant } from "@/db/schema/media";
import type { VideoFiles } from "@/db/schema/media-edit";
import { storage } from "@/lib/platform/storage/storage";
import { ORIGINALS, VARIANTS, variantKey } from "./keys";
import { findOrphans } from "./sweep";
import { videoKeys } from "./video/files";

const BATCH = 1_000;
const DAY_MS = 24 * 3600 * 1000;

/** Objects that should have been swept, and files that rows name but storage does not have (DESIGN 5.4). */
export type Inventory = { objects: number; orphans: string[]; missing: { mediaId: string; key: string }[] };

type Row = { id: string; version: string; original_key: string; state: string; variants: Variant[]; video: VideoFiles | null; captions: string[] | null };

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
  return { objects: keys.size, orphans, missing: await findMissing(keys) };
}

async function findMissing(keys: ReadonlySet<string>): Promise<Inventory["missing"]> {
  const missing: Inventory["missing"] = [];
  for (let after = "0"; ; ) {
    const rows = await db().execute<Row>(sql`
      select id, version, original_key, state, variants, video, (select json_agg(c.storage_key) from media_captions c where c.media_id = media.id) as captions
      from media where id > ${after}::bigint and state in ('uploaded', 'processing', 'ready') order by id limit ${BATCH}`);
    for (const row of rows) {
      const named = [row.original_key, ...row.variants.map((variant) => variantKey(row.id, row.version, variant)), ...videoKeys(row), ...(row.captions ?? [])];
      missing.push(...named.filter((key) => !keys.has(key)).map((key) => ({ mediaId: row.id, key })));
    }
    if (rows.length < BATCH) return missing;
    after = rows.at(-1)!.id;
  }
}
