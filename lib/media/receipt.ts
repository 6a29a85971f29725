import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Variant } from "@/db/schema/media";
import type { Receipt } from "@/db/schema/media-edit";
import { notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { CameraView, PhotoReceiptView, ReceiptView } from "./types";
import { toVideoReceipt, type VideoReceiptRow } from "./video/receipt-view";
import { isRefined } from "./widths";

type Row = {
  id: string; state: PhotoReceiptView["state"]; content_type: string; bytes: string; width: number | null; height: number | null; variants: Variant[]; receipt: Receipt | null;
  shows_camera: boolean; keeps_place: boolean; taken_at: string | null; taken_latitude: number | null; taken_longitude: number | null;
} & { [Fact in keyof CameraView]: CameraView[Fact] };

/** What became of one's own photo or video. Throws 404 for everything else. */
export async function getReceipt(viewer: Pick<Viewer, "id">, mediaId: string): Promise<ReceiptView> {
  const [row] = await db().execute<({ kind: "image" } & Row) | ({ kind: "video" } & VideoReceiptRow)>(sql`
    select id, kind, state, duration, has_audio, video, content_type, bytes, width, height, variants, receipt, shows_camera, keeps_place, taken_at, taken_latitude, taken_longitude,
      camera as name, lens, exposure_seconds, f_number, iso, focal_length
    from media where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint and purpose = 'post'`);
  if (!row) throw notFound();
  return row.kind === "video" ? toVideoReceipt(row) : toPhotoReceipt(row);
}

function toPhotoReceipt(row: Row): PhotoReceiptView {
  const { receipt } = row;
  // Of photos from before there were receipts only the files are known.
  const source = receipt?.source ?? { type: row.content_type, width: row.width ?? 0, height: row.height ?? 0, bytes: Number(row.bytes), colour: null, quality: null };
  const served: Receipt["served"] = receipt?.served ?? row.variants.filter(({ name }) => !name.startsWith("w")).map((variant) => ({ ...variant, similarity: null }));
  return {
    kind: "image",
    media_id: row.id,
    state: row.state,
    is_complete: isRefined(row.variants),
    source,
    colour: receipt?.colour ?? null,
    served: served.map(({ ext, ...file }) => ({ ...file, format: ext })),
    removed: receipt?.removed ?? null,
    kept: { camera: cameraOf(row), is_shown: row.shows_camera, taken_at: row.taken_at && new Date(row.taken_at).toISOString(), keeps_place: row.keeps_place, place: placeOf(row) },
  };
}

function cameraOf({ name, lens, exposure_seconds, f_number, iso, focal_length }: Row): CameraView | null {
  const facts = { name, lens, exposure_seconds, f_number, iso, focal_length };
  return Object.values(facts).every((fact) => fact === null) ? null : facts;
}

function placeOf({ taken_latitude: latitude, taken_longitude: longitude }: Row) {
  return latitude === null || longitude === null ? null : { latitude, longitude };
}
