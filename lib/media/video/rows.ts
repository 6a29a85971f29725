import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { MediaEdit } from "@/db/schema/media-edit";
import type { DeriveRow } from "../processing";

/** Of a media row: whether its post, if it has one, is not deleted. */
export const wanted = sql`not exists (select 1 from posts p where p.id = media.post_id and p.deleted_at is not null)`;

export type VideoRow = DeriveRow & { state: string; is_wanted: boolean; edit: MediaEdit | null };

/** What making a video needs to know of its row; `undefined` when there is none, or when it is no video's. */
export async function readVideoRow(mediaId: string): Promise<VideoRow | undefined> {
  const [row] = await db().execute<VideoRow>(sql`
    select id, state, version, original_key, crop, sha256, edit, ${wanted} as is_wanted from media where id = ${mediaId}::bigint and kind = 'video'`);
  return row;
}
