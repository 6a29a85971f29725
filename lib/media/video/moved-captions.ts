import "server-only";
import { buffer } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { storage } from "@/lib/platform/storage/storage";
import { captionsKey, typeOf, wholeKeyOf } from "./files";
import { cutCaptions, shiftCaptions } from "./webvtt";

// Subtitles count from the beginning of what is shown. When that begins elsewhere they are moved; cues of parts that are
// cut away are kept in a file of the whole beside them, so that they are there again when the part is.

type Row = { id: string; storage_key: string };
type Move = { id: string; from: string; to: string; /** Seconds of the video that was brought, where the old and the new version begin. */ oldStart: number; newStart: number; seconds: number };
/** By the subtitles' id: the key under which they lie in the new version. */
export type MovedCaptions = Map<string, string>;

const rowsOf = (executor: { execute: Transaction["execute"] }, mediaId: string) => executor.execute<Row>(sql`select id, storage_key from media_captions where media_id = ${mediaId}::bigint`);

/** Writes all subtitles of a video anew for a version that begins at `newStart` and lasts `seconds`. */
export async function moveCaptions({ id, to, oldStart, newStart, seconds }: Move): Promise<MovedCaptions> {
  const moved: MovedCaptions = new Map();
  for (const row of await rowsOf(db(), id)) {
    const whole = (await textAt(wholeKeyOf(row.storage_key))) ?? shiftCaptions((await textAt(row.storage_key)) ?? "WEBVTT\n", oldStart);
    const key = captionsKey(id, to, row.id);
    await write(wholeKeyOf(key), whole);
    await write(key, cutCaptions(whole, newStart, newStart + seconds));
    moved.set(row.id, key);
  }
  return moved;
}

/** Makes the rows name them. False, and nothing is done, when others have come or gone meanwhile. */
export async function placeCaptions(tx: Transaction, mediaId: string, moved: MovedCaptions): Promise<boolean> {
  const rows = await rowsOf(tx, mediaId);
  if (rows.some((row) => !moved.has(row.id))) return false;
  for (const { id } of rows) await tx.execute(sql`update media_captions set storage_key = ${moved.get(id)!} where id = ${id}::bigint`);
  return true;
}

async function textAt(key: string): Promise<string | null> {
  const found = await storage().get(key);
  return found && (await buffer(found.body)).toString("utf8");
}

const write = (key: string, text: string) => storage().put(key, Buffer.from(text), { contentType: typeOf(key) });
