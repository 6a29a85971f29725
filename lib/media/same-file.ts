import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { log } from "@/lib/platform/log";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";

/**
 * Puts at `key` what the same person brought before, if it has this checksum and size: then nothing has to be sent. A
 * copy of its own, so that each upload can be deleted without a look at others. Other people's files don't count: an
 * answer would tell that somebody has this file.
 */
export async function copySameFile(viewer: Pick<Viewer, "id">, file: { key: string; sha256: string; size: number }): Promise<boolean> {
  const [same] = await db().execute<{ original_key: string }>(sql`
    select original_key from media where owner_id = ${viewer.id}::bigint and sha256 = ${file.sha256} and bytes = ${file.size}::bigint and state in ('uploaded', 'processing', 'ready')
    order by id desc limit 1`);
  if (!same) return false;
  try {
    await storage().copy(same.original_key, file.key);
    return true;
  } catch (error) {
    if (error instanceof StorageUnavailableError) throw error;
    // Deleted in between: it is sent as any other.
    log().info({ err: error }, "a file that was brought before could not be copied");
    return false;
  }
}
