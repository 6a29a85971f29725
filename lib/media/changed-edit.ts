import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor, type Transaction } from "@/db/client";
import type { Crop } from "@/db/schema/media";
import type { MediaEdit } from "@/db/schema/media-edit";
import { conflict, invalidField, notFound } from "@/lib/platform/errors";
import { enqueue } from "@/lib/platform/jobs/queue";
import { log } from "@/lib/platform/log";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { derive } from "./decoder";
import type { Essential } from "./derive";
import { coverZoom, NO_GEOMETRY, type Size } from "./edit/geometry";
import { NO_EDIT } from "./edit/photo-edit";
import { forgetVersion, refineMedia } from "./jobs";
import { randomToken } from "./keys";
import { judgeEdit } from "./new-edits";
import { plainVariant, receiptOf } from "./made";
import { probeFile } from "./probe";
import { MediaProblem } from "./problems";
import { type DeriveRow, storeVariants, withOriginal } from "./processing";

// A photo that is out and is edited anew: the wish lies beside what is shown, is made under a version of its own, and then
// takes the other's place at once. Until then, and when it fails, the old picture stays.

type Owner = Pick<Viewer, "id">;
type Row = {
  id: string; kind: "image" | "video"; state: string; version: string; width: number; height: number; duration: number | null;
  crop: Crop | null; edit: MediaEdit | null; wanted_edit: MediaEdit | null; wanted_version: string | null;
};

/** A photo's edit as its owner may change it; the size is that of the file that was brought, to a pixel or two. */
export type EditState = { id: string; version: string; edit: MediaEdit | null; isChanging: boolean; source: Size };

/** Throws not_found for everything but one's own photo in a post that stands. */
export async function readEdit(executor: Executor, owner: Owner, mediaId: string): Promise<EditState> {
  const [row] = await executor.execute<Row>(sql`
    select m.id, m.kind, m.state, m.version, m.width, m.height, m.duration, m.crop, m.edit, m.wanted_edit, m.wanted_version
    from media m join posts p on p.id = m.post_id
    where m.id = ${mediaId}::bigint and m.owner_id = ${owner.id}::bigint and m.purpose = 'post' and m.kind = 'image' and p.deleted_at is null`);
  if (!row) throw notFound();
  if (row.state !== "ready") throw conflict("The photo is still being prepared. Try again in a moment.");
  const now = row.edit ?? (row.crop && { kind: "image", ...NO_EDIT, geometry: { ...NO_GEOMETRY, crop: row.crop } });
  return { id: row.id, version: row.version, edit: row.wanted_version === null ? now : row.wanted_edit, isChanging: row.wanted_version !== null, source: sourceSize(row, now) };
}

/** Back from what came out to what was brought. */
function sourceSize({ width, height }: Size, edit: MediaEdit | null): Size {
  if (edit?.kind !== "image") return { width, height };
  const { crop, straighten, quarterTurns } = edit.geometry;
  const frame = { width: width / (crop?.width ?? 1), height: height / (crop?.height ?? 1) };
  const zoom = coverZoom(frame, straighten);
  const turned = { width: Math.round(frame.width * zoom), height: Math.round(frame.height * zoom) };
  return quarterTurns % 2 === 0 ? turned : { width: turned.height, height: turned.width };
}

/**
 * Notes down what the owner wants of a photo that is out. Answers the version under which it is to be made; null when it
 * is that already, or is already being made. The caller holds the post's row.
 */
export async function wantEdit(tx: Transaction, owner: Owner, mediaId: string, wanted: MediaEdit): Promise<string | null> {
  const { source } = await readEdit(tx, owner, mediaId);
  if (wanted.kind === "video") throw invalidField("kind", "This file is a photo.");
  const { edit } = judgeEdit({ kind: "image", ...source, duration: null }, wanted, "edit");
  const asJson = sql`${edit && JSON.stringify(edit)}::text::jsonb`;
  const version = randomToken(6);
  const [row] = await tx.execute<{ is_same: boolean; is_making: boolean }>(sql`
    select edit is not distinct from ${asJson} and crop is null as is_same, wanted_version is not null and wanted_edit is not distinct from ${asJson} as is_making
    from media where id = ${mediaId}::bigint for update`);
  if (row!.is_making) return null;
  await tx.execute(sql`
    update media set wanted_edit = ${row!.is_same ? null : asJson}, wanted_version = ${row!.is_same ? null : version} where id = ${mediaId}::bigint`);
  return row!.is_same ? null : version;
}

export type Made = { row: DeriveRow; result: Essential };

/** Derives and stores a wanted picture. Null when it is no longer wanted, or can't be made: then the old one stays for good. */
export async function makeWanted(mediaId: string, version: string): Promise<Made | null> {
  const [row] = await db().execute<DeriveRow>(sql`
    select id, wanted_version as version, original_key, null as crop, wanted_edit as edit, sha256
    from media where id = ${mediaId}::bigint and wanted_version = ${version} and state = 'ready'`);
  if (!row) return null;
  try {
    return await withOriginal(row, async (file) => {
      await probeFile(file.path);
      const result = await derive("essential", file);
      await storeVariants(row, file.dir, result.variants);
      return { row, result };
    });
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    log().info({ media_id: mediaId, problem: error.code }, "photo not edited anew");
    await db().execute(sql`update media set wanted_edit = null, wanted_version = null where id = ${mediaId}::bigint and wanted_version = ${version}`);
    return null;
  }
}

/** Puts the new picture in the old one's place; false when it is no longer wanted. What was there goes after a while. */
export async function takeWanted(tx: Transaction, { row, result }: Made): Promise<boolean> {
  const [old] = await tx.execute<{ version: string; content_type: string }>(sql`select version, content_type from media where id = ${row.id}::bigint and wanted_version = ${row.version} and state = 'ready' for update`);
  if (!old) return false;
  await tx.execute(sql`
    update media set version = wanted_version, edit = wanted_edit, crop = null, wanted_edit = null, wanted_version = null,
      width = ${result.width}, height = ${result.height}, thumbhash = ${result.thumbhash}, variants = ${JSON.stringify(result.variants.map(plainVariant))}::text::jsonb,
      receipt = ${JSON.stringify(receiptOf(old.content_type, result))}::text::jsonb, perceptual_hash = ('x' || ${result.hash}::text)::bit(64)::bigint
    where id = ${row.id}::bigint`);
  await enqueue(tx, refineMedia, { mediaId: row.id });
  await enqueue(tx, forgetVersion, { mediaId: row.id, version: old.version }, { runAt: new Date(Date.now() + FORGOTTEN_AFTER) });
  return true;
}

/** Until every reader who had the old addresses before them has the new ones, ms. */
const FORGOTTEN_AFTER = 10 * 60_000;
