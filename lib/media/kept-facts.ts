import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Transaction } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { log } from "@/lib/platform/log";
import { defineJob } from "@/lib/platform/jobs/define";
import { enqueueMany } from "@/lib/platform/jobs/queue";
import { derive } from "./decoder";
import { MediaProblem } from "./problems";
import { type DeriveRow, withOriginal } from "./processing";

/** What an author wants of a photo's facts: the camera shown to readers, the place of taking kept for themselves. Left out: as it is. */
export type KeptFacts = { id: string; show_camera?: boolean; keep_place?: boolean };

/**
 * Sets it for photos of a post. A place that is not to be kept is forgotten at once; one that was forgotten is read from the
 * file again, a moment later. Returns whether anything changed.
 */
export async function setKeptFacts(tx: Transaction, postId: string, photos: readonly KeptFacts[]): Promise<boolean> {
  const values = photos.filter(({ show_camera, keep_place }) => show_camera !== undefined || keep_place !== undefined).map(({ id, show_camera, keep_place }) => ({ id, shows: show_camera ?? null, keeps: keep_place ?? null }));
  if (values.length === 0) return false;
  const rows = await tx.execute<{ id: string; is_missing: boolean }>(sql`
    update media m set shows_camera = coalesce(v.shows, m.shows_camera), keeps_place = coalesce(v.keeps, m.keeps_place),
      taken_latitude = case when coalesce(v.keeps, m.keeps_place) then m.taken_latitude end, taken_longitude = case when coalesce(v.keeps, m.keeps_place) then m.taken_longitude end
    from json_to_recordset(${JSON.stringify(values)}::text::json) as v(id bigint, shows boolean, keeps boolean)
    where m.post_id = ${postId}::bigint and m.id = v.id and m.kind = 'image'
      and (m.shows_camera <> coalesce(v.shows, m.shows_camera) or m.keeps_place <> coalesce(v.keeps, m.keeps_place))
    returning m.id, m.keeps_place and m.state = 'ready' and m.taken_latitude is null as is_missing`);
  await enqueueMany(tx, readPlace, rows.filter((row) => row.is_missing).map(({ id }) => ({ mediaId: id })));
  return rows.length > 0;
}

/** Reads where a photo was taken from the file that was brought, when its author wants that kept after all. */
export const readPlace = defineJob({
  name: "media.read-place",
  priority: 5,
  timeoutSeconds: 120,
  schema: z.object({ mediaId: idSchema }),
  async handler({ mediaId }) {
    const [row] = await db().execute<DeriveRow>(sql`
      select id, version, original_key, sha256 from media where id = ${mediaId}::bigint and kind = 'image' and state = 'ready' and keeps_place and taken_latitude is null`);
    if (!row) return;
    try {
      const { camera } = await withOriginal({ ...row, crop: null }, (file) => derive("facts", file));
      if (!camera?.place) return;
      await db().execute(sql`
        update media set taken_latitude = ${camera.place.latitude}::float8, taken_longitude = ${camera.place.longitude}::float8 where id = ${mediaId}::bigint and keeps_place`);
    } catch (error) {
      if (!(error instanceof MediaProblem)) throw error;
      log().info({ media_id: mediaId, problem: error.code }, "place not read");
    }
  },
});
