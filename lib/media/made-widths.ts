import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Crop, Variant } from "@/db/schema/media";
import type { Receipt } from "@/db/schema/media-edit";
import { unavailable } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import { derive } from "./decoder";
import { variantKey } from "./keys";
import { MediaProblem } from "./problems";
import { type DeriveRow, removeVariants, storeVariants, withOriginal } from "./processing";
import { knownOf } from "./record";
import { isMakeable, widthName } from "./widths";

export type WantedWidth = { id: string; version: string; width: number; ext: Variant["ext"] };

/** Pictures being made or waiting for it; each has its original in a folder of its own. */
const MAX_MAKING = 12;

type Row = DeriveRow & { crop: Crop | null; width: number; height: number; receipt: Receipt | null };

// One map for the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographWidths?: Map<string, Promise<boolean>> };
const making = (holder.heliographWidths ??= new Map());

/**
 * Makes a photo at a width of its own from what was uploaded and keeps it beside the other variants. Those who ask for
 * the same at the same time wait for one making. False when there is no such picture. Throws 429 when `address` asks for
 * too many, 503 when too many are under way, `DecoderFailedError` when it is worth another try.
 */
export function makeWidth(wanted: WantedWidth, address: string): Promise<boolean> {
  const key = variantKey(wanted.id, wanted.version, { name: widthName(wanted.width), ext: wanted.ext });
  const running = making.get(key);
  if (running) return running;
  if (making.size >= MAX_MAKING) return Promise.reject(unavailable("Too many pictures are being made just now.", 2));
  const work = limit("widths", address).then(() => make(wanted)).finally(() => making.delete(key));
  making.set(key, work);
  return work;
}

async function make({ id, version, width, ext }: WantedWidth): Promise<boolean> {
  const [row] = await db().execute<Row>(sql`
    select id, version, original_key, crop, edit, sha256, width, height, receipt from media
    where id = ${id}::bigint and version = ${version} and state = 'ready' and kind = 'image' and purpose = 'post'`);
  if (!row || !isMakeable(row, width, ext)) return false;
  try {
    await withOriginal(row, async (file) => {
      const made = await derive("width", { ...file, width, ext, known: knownOf(row.receipt) });
      await storeVariants(row, file.dir, [made]);
      await remember(row, made);
    });
    return true;
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    log().info({ media_id: id, problem: error.code, width }, "width not made");
    return false;
  }
}

/** Names the file in the row, by which sweeps and inventory know it. */
export async function remember(row: Pick<DeriveRow, "id" | "version">, made: Variant): Promise<void> {
  const same = JSON.stringify([{ name: made.name, ext: made.ext }]);
  const rows = await db().execute(sql`
    update media set variants = case when variants @> ${same}::text::jsonb then variants else variants || ${JSON.stringify([made])}::text::jsonb end
    where id = ${row.id}::bigint and version = ${row.version} returning 1`);
  // Deleted meanwhile.
  if (rows.length === 0) await removeVariants(row, [made]);
}
