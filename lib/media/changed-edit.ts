import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor, type Transaction } from "@/db/client";
import type { Crop } from "@/db/schema/media";
import type { MediaEdit, Receipt, VideoReceipt } from "@/db/schema/media-edit";
import { conflict, invalidField, notFound } from "@/lib/platform/errors";
import { enqueue } from "@/lib/platform/jobs/queue";
import { log } from "@/lib/platform/log";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { derive } from "./decoder";
import type { Essential } from "./derive";
import { coverZoom, NO_GEOMETRY, type Size } from "./edit/geometry";
import { NO_EDIT } from "./edit/photo-edit";
import { endVersion } from "./forget-version";
import { refineMedia } from "./jobs";
import { randomToken } from "./keys";
import { judgeEdit } from "./new-edits";
import { plainVariant, receiptOf } from "./made";
import { probeFile } from "./probe";
import { MediaProblem, type ProblemCode } from "./problems";
import { type DeriveRow, storeVariants, withOriginal } from "./processing";
import type { UncutRow } from "./video/uncut";

// A photo or video that is out and is edited anew: the wish lies beside what is shown, is made under a version of its own, and then
// takes the other's place at once. Until then, and when it fails, the old picture stays.

type Owner = Pick<Viewer, "id">;
type Row = {
  id: string; kind: "image" | "video"; state: string; version: string; width: number; height: number; duration: number | null; receipt: Receipt | VideoReceipt | null;
  crop: Crop | null; edit: MediaEdit | null; wanted_edit: MediaEdit | null; wanted_version: string | null; wanted_progress: number | null; wanted_problem: string | null;
} & UncutRow;

/** An item's edit as its owner may change it; the size is that of the file that was brought, of a photo to a pixel or two. */
export type EditState = {
  id: string; kind: "image" | "video"; version: string; edit: MediaEdit | null; isChanging: boolean; progress: number | null; problem: string | null;
  source: Size; duration: number | null; /** Of a video: what is shown of it is all of it, with its sound. */ isWhole: boolean; uncut: UncutRow;
};

/** Throws not_found for everything but one's own photo or video in a post that stands. */
export async function readEdit(executor: Executor, owner: Owner, mediaId: string): Promise<EditState> {
  const [row] = await executor.execute<Row>(sql`
    select m.id, m.kind, m.state, m.version, m.width, m.height, m.duration, m.receipt, m.crop, m.edit, m.wanted_edit, m.wanted_version, m.wanted_progress, m.wanted_problem,
      m.uncut_version, m.uncut_progress, m.uncut_problem
    from media m join posts p on p.id = m.post_id
    where m.id = ${mediaId}::bigint and m.owner_id = ${owner.id}::bigint and m.purpose = 'post' and m.position is not null and p.deleted_at is null`);
  if (!row) throw notFound();
  if (row.state !== "ready") throw conflict(`The ${row.kind === "video" ? "video" : "photo"} is still being prepared. Try again in a moment.`);
  const now = row.edit ?? (row.crop && row.kind === "image" ? ({ kind: "image", ...NO_EDIT, geometry: { ...NO_GEOMETRY, crop: row.crop } } satisfies MediaEdit) : null);
  const isChanging = row.wanted_version !== null;
  return {
    id: row.id, kind: row.kind, version: row.version, edit: isChanging ? row.wanted_edit : now, isChanging, progress: isChanging ? row.wanted_progress : null, problem: row.wanted_problem,
    ...(row.kind === "video" ? videoSource(row) : { source: sourceSize(row, now), duration: null, isWhole: false }), uncut: row,
  };
}

/** What was brought, from the receipt; of videos from before there were receipts, from what came out. */
function videoSource({ receipt, edit, width, height, duration }: Row): Pick<EditState, "source" | "duration" | "isWhole"> {
  const { crop = null, trim = null, isMuted = false } = edit?.kind === "video" ? edit : {};
  const isWhole = !crop && !trim && !isMuted;
  if (receipt && "kind" in receipt) return { source: { width: receipt.source.width, height: receipt.source.height }, duration: receipt.source.duration ?? (trim ? null : duration), isWhole };
  return { source: { width: Math.round(width / (crop?.width ?? 1)), height: Math.round(height / (crop?.height ?? 1)) }, duration: trim ? null : duration, isWhole };
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
 * Notes down what the owner wants of an item that is out. Answers what is to be made, under which version; null when it
 * is that already, or is already being made. A wish that is still being made gives way. The caller holds the post's row.
 */
export async function wantEdit(tx: Transaction, owner: Owner, mediaId: string, wanted: MediaEdit): Promise<Wanted | null> {
  const { kind, source, duration } = await readEdit(tx, owner, mediaId);
  if (wanted.kind !== kind) throw invalidField("kind", `This file is a ${kind === "video" ? "video" : "photo"}.`);
  const { edit } = judgeEdit({ kind, ...source, duration }, wanted, "edit");
  const asJson = sql`${edit && JSON.stringify(edit)}::text::jsonb`;
  const version = randomToken(6);
  const [row] = await tx.execute<{ is_same: boolean; is_making: boolean }>(sql`
    select edit is not distinct from ${asJson} and crop is null as is_same, wanted_version is not null and wanted_edit is not distinct from ${asJson} as is_making
    from media where id = ${mediaId}::bigint for update`);
  if (row!.is_making) return null;
  await tx.execute(sql`
    update media set wanted_edit = ${row!.is_same ? null : asJson}, wanted_version = ${row!.is_same ? null : version}, wanted_progress = null, wanted_problem = null where id = ${mediaId}::bigint`);
  return row!.is_same ? null : { kind, version };
}

export type Wanted = { kind: "image" | "video"; version: string };

/** Gives a wish up; `problem` says why, to its owner, who may wish anew. False when it was not wanted any more. */
export async function dropWish(executor: Executor, mediaId: string, version: string, problem: ProblemCode | null): Promise<boolean> {
  const rows = await executor.execute(sql`
    update media set wanted_edit = null, wanted_version = null, wanted_progress = null, wanted_problem = ${problem} where id = ${mediaId}::bigint and wanted_version = ${version} returning 1`);
  return rows.length > 0;
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
    await dropWish(db(), mediaId, version, error.code);
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
  await endVersion(tx, row.id, old.version);
  return true;
}
