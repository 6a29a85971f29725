import "server-only";
import { createHash } from "node:crypto";
import { Transform } from "node:stream";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { log } from "@/lib/platform/log";
import { replica, storage } from "@/lib/platform/storage/storage";
import type { ObjectStorage } from "@/lib/platform/storage/types";

type Row = { id: string; state: string; original_key: string; sha256: string | null };

/** SHA-256 of the bytes as they lie there now; `null` when there are none. */
async function digestOf(store: ObjectStorage, key: string): Promise<string | null> {
  const found = await store.get(key);
  if (!found) return null;
  const hash = createHash("sha256");
  for await (const chunk of found.body) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

/** Copies an object and reads the copy again. Throws when it is not the same: worth another try. */
async function transfer(from: ObjectStorage, to: ObjectStorage, key: string, sha256: string): Promise<void> {
  const found = await from.get(key);
  if (!found) throw new Error("the object has gone while it was copied");
  // A stream of our own: the clients of S3 treat those of files and sockets differently.
  const stream = found.body.pipe(new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) }));
  found.body.once("error", (error) => stream.destroy(error));
  await to.put(key, { stream, size: found.info.size }, { contentType: found.info.contentType });
  if ((await digestOf(to, key)) !== sha256) throw new Error("the copy is not the same as the original");
}

export type CopyOutcome = "none" | "same" | "copied" | "restored" | "lost";

/**
 * Sees to it that a file as it was brought lies in both stores, by reading both: a missing or different copy is made
 * again, a lost or damaged original is restored from its copy. What is right the checksum in the row decides, else the
 * first store. Repeating it is harmless.
 */
export async function copyOriginal(mediaId: string): Promise<CopyOutcome> {
  const second = replica();
  const [row] = await db().execute<Row>(sql`
    select id, state, original_key, sha256 from media where id = ${mediaId}::bigint and state in ('uploaded', 'processing', 'ready')`);
  if (!second || !row) return "none";
  const { original_key: key, sha256 } = row;
  const [here, there] = [await digestOf(storage(), key), await digestOf(second, key)];
  const isRight = (digest: string | null) => digest !== null && (sha256 === null || digest === sha256);
  if (isRight(here)) {
    if (there !== here) await transfer(storage(), second, key, here!);
    await markCopied(row, here!, second);
    return there === here ? "same" : "copied";
  }
  if (isRight(there)) {
    await transfer(second, storage(), key, there!);
    await markCopied(row, there!, second);
    log().warn({ media_id: row.id, was: here === null ? "missing" : "different" }, "an original was restored from its copy");
    return "restored";
  }
  // Of an upload that was announced with another checksum, its processing tells the author.
  log().error({ media_id: row.id, key, state: row.state }, "an original is in neither store as it was brought");
  await db().execute(sql`update media set copied_at = null where id = ${row.id}::bigint`);
  return "lost";
}

async function markCopied(row: Row, sha256: string, second: ObjectStorage): Promise<void> {
  const rows = await db().execute(sql`update media set copied_at = now(), sha256 = coalesce(sha256, ${sha256}) where id = ${row.id}::bigint returning 1`);
  // Deleted meanwhile.
  if (rows.length === 0) await second.delete(row.original_key);
}

/** Rows whose copies are to be made, or looked at again because that was long ago; the longest waiting first. */
export async function listToCopy(limits: { uncopied: number; old: number }): Promise<string[]> {
  if (!replica()) return [];
  const rows = await db().execute<{ id: string }>(sql`
    (select id from media where copied_at is null and state in ('uploaded', 'processing', 'ready') and created_at < now() - interval '15 minutes' order by id limit ${limits.uncopied})
    union all
    (select id from media where copied_at < now() - interval '7 days' and state in ('uploaded', 'processing', 'ready') order by copied_at limit ${limits.old})`);
  return rows.map(({ id }) => id);
}
