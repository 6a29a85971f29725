import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { MediaEdit } from "@/db/schema/media-edit";
import type { DeriveRow } from "../processing";

export type VideoRow = DeriveRow & { state: string; edit: MediaEdit | null };

/** What making a video needs to know of its row; `undefined` when there is none, or when it is no video's. */
export async function readVideoRow(mediaId: string): Promise<VideoRow | undefined> {
  const [row] = await db().execute<VideoRow>(sql`
    select id, state, version, original_key, crop, sha256, edit from media where id = ${mediaId}::bigint and kind = 'video'`);
  return row;
}
