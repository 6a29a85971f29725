import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalidField, notFound, tooLarge } from "@/lib/platform/errors";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { MAX_CAPTIONS_BYTES, MAX_CAPTIONS_LANGUAGES } from "../limits";
import { captionsKey, typeOf, wholeKeyOf } from "./files";
import { CaptionsError, tidyCaptions } from "./webvtt";

type Owner = Pick<Viewer, "id">;
type NewCaptions = { language: string; label: string; text: string };
/** The post whose view has changed, if the video is in one. */
export type CaptionsChange = { postId: string | null };
type After = (tx: Transaction, change: CaptionsChange) => Promise<void>;

/**
 * Gives one's own video subtitles in a language, in place of those it had. `after` runs in the same transaction. Throws
 * not_found, invalid (the file, or too many languages), too_large.
 */
export async function setCaptions(viewer: Owner, mediaId: string, captions: NewCaptions, after: After): Promise<void> {
  const bytes = Buffer.from(tidied(captions.text));
  while (!(await trySetCaptions(viewer, mediaId, captions, bytes, after)));
}

/** False when a new version took the place of the video's while the file was written beside the old one. */
async function trySetCaptions(viewer: Owner, mediaId: string, captions: NewCaptions, bytes: Buffer, after: After): Promise<boolean> {
  const [video] = await db().execute<{ version: string; captions_id: string }>(sql`
    select version, next_id()::text as captions_id from media where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint and kind = 'video'`);
  if (!video) throw notFound();
  const key = captionsKey(mediaId, video.version, video.captions_id);
  await storage().put(key, bytes, { contentType: typeOf(key) });
  try {
    const replaced = await db().transaction((tx) => insertCaptions(tx, viewer, mediaId, { ...captions, id: video.captions_id, key, version: video.version }, after));
    await storage().deleteMany(replaced === null ? [key] : replaced.flatMap((old) => [old, wholeKeyOf(old)]));
    return replaced !== null;
  } catch (error) {
    await storage().delete(key).catch(() => {});
    throw error;
  }
}

function tidied(text: string): string {
  if (Buffer.byteLength(text) > MAX_CAPTIONS_BYTES) throw tooLarge("The subtitles are larger than 1 MB.", { text: "is larger than 1 MB" });
  try {
    return tidyCaptions(text);
  } catch (error) {
    throw error instanceof CaptionsError ? invalidField("text", error.message) : error;
  }
}

async function insertCaptions(tx: Transaction, viewer: Owner, mediaId: string, { id, key, version, language, label }: NewCaptions & { id: string; key: string; version: string }, after: After): Promise<string[] | null> {
  const change = await lockVideo(tx, viewer, mediaId);
  if (change.version !== version) return null;
  const old = await tx.execute<{ storage_key: string }>(sql`
    delete from media_captions where media_id = ${mediaId}::bigint and language = ${language} returning storage_key`);
  const [count] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from media_captions where media_id = ${mediaId}::bigint`);
  if (count!.count >= MAX_CAPTIONS_LANGUAGES) throw invalidField("language", `A video has subtitles in at most ${MAX_CAPTIONS_LANGUAGES} languages.`);
  await tx.execute(sql`
    insert into media_captions (id, media_id, language, label, storage_key) values (${id}::bigint, ${mediaId}::bigint, ${language}, ${label}, ${key})`);
  await after(tx, change);
  return [...old].map((row) => row.storage_key);
}

/** Takes a language's subtitles away. Repeating it does nothing. Throws not_found when the video is not one's own. */
export async function removeCaptions(viewer: Owner, mediaId: string, language: string, after: After): Promise<void> {
  const removed = await db().transaction(async (tx) => {
    const change = await lockVideo(tx, viewer, mediaId);
    const rows = await tx.execute<{ storage_key: string }>(sql`
      delete from media_captions where media_id = ${mediaId}::bigint and language = ${language} returning storage_key`);
    if (rows.length > 0) await after(tx, change);
    return rows;
  });
  await storage().deleteMany([...removed].flatMap(({ storage_key: key }) => [key, wholeKeyOf(key)]));
}

async function lockVideo(tx: Transaction, viewer: Owner, mediaId: string): Promise<CaptionsChange & { version: string }> {
  const [row] = await tx.execute<{ post_id: string | null; version: string }>(sql`
    select post_id, version from media where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint and kind = 'video' for update`);
  if (!row) throw notFound();
  return { postId: row.post_id, version: row.version };
}
