import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import type { Crop } from "@/db/schema/media";
import type { MediaEdit } from "@/db/schema/media-edit";
import { conflict, invalidField, notFound, unavailable } from "@/lib/platform/errors";
import { enqueueMany } from "@/lib/platform/jobs/queue";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { judgeAnnouncement, refuseHoarding, refuseWithoutTools } from "./announcement";
import { enqueueCopy } from "./copy-jobs";
import { warmDecoder } from "./decoder";
import { processMedia } from "./jobs";
import { randomToken } from "./keys";
import { MAX_POST_ITEMS, mediaKind, PART_BYTES, UPLOAD_EXPIRES_IN, voiceType } from "./limits";
import { judgeEdits } from "./new-edits";
import { deleteOriginals } from "./originals";
import { probeObject, probeVoice } from "./probe";
import { problemError } from "./problem-error";
import { isProblemCode, MediaProblem } from "./problems";
import { copySameFile } from "./same-file";
import type { UploadInput } from "./schemas";
import { inDraft } from "./sweep";
import { beginParts, joinParts, type PartAddress } from "./upload-parts";
import { processVideo } from "./video/jobs";

type Owner = Pick<Viewer, "id">;
/** `parts` may be sent instead of the whole; nothing has to be sent unless `status` is pending. */
export type Upload = { media_id: string; status: UploadStatus["status"]; method: "PUT"; url: string; headers: Record<string, string>; expires_at: string; parts?: PartAddress[] };
/** One photo of a new post; `crop` of the upright picture, for those who do nothing else to it. Whether readers see the camera, and whether the place of taking is kept. */
export type MediaItem = { id: string; alt: string; crop?: Crop | null; edit?: MediaEdit | null; show_camera?: boolean; keep_place?: boolean; /** Waits until it can take the place of this one. */ replaces?: string };
export type UploadStatus = { media_id: string; status: "pending" | "uploaded" | "processing" | "ready" | "failed" };

/**
 * Makes the row and an address to which exactly this file may be put, for five minutes; for a large one also an address
 * for each of its parts. What the same person has brought before is not sent again: `status` says so.
 */
export async function createUpload(viewer: Owner, input: UploadInput): Promise<Upload> {
  const { type, purpose } = judgeAnnouncement(input);
  await refuseWithoutTools(type);
  await refuseHoarding(viewer, input.size);
  const row = await insertMedia(viewer, { purpose, type, bytes: input.size, sha256: input.sha256 ?? null });
  const ticket = await storage().signUpload({ key: row.original_key, contentType: type, size: input.size, expiresIn: UPLOAD_EXPIRES_IN });
  const upload = { media_id: row.id, method: ticket.method, url: ticket.url, headers: ticket.headers, expires_at: ticket.expiresAt.toISOString() };
  if (mediaKind(type) === "image") warmDecoder();
  try {
    const isThere = input.sha256 !== undefined && (await copySameFile(viewer, { key: row.original_key, sha256: input.sha256, size: input.size }));
    if (isThere) return { ...upload, status: (await completeUpload(viewer, row.id)).status };
    if (input.size <= PART_BYTES) return { ...upload, status: "pending" };
    return { ...upload, status: "pending", parts: await beginParts(row, { type, size: input.size, md5s: input.part_md5s }) };
  } catch (error) {
    throw asAway(error);
  }
}

const asAway = (error: unknown) => (error instanceof StorageUnavailableError ? unavailable("The storage does not answer just now. Try again in a moment.", 5, error) : error);

/** A row in state `pending`; its keys are chosen here and nowhere else. */
export async function insertMedia(viewer: Owner, file: { purpose: "post" | "avatar" | "message"; type: string; bytes: number; sha256: string | null }) {
  const [row] = await db().execute<{ id: string; original_key: string; version: string }>(sql`
    with new as (select next_id() as id)
    insert into media (id, owner_id, purpose, content_type, bytes, sha256, original_key, version, upload_expires_at)
    select new.id, ${viewer.id}::bigint, ${file.purpose}, ${file.type}, ${file.bytes}::bigint, ${file.sha256}, 'originals/' || new.id || '/' || ${randomToken(16)}::text,
      ${randomToken(6)}, now() + ${UPLOAD_EXPIRES_IN} * interval '1 second' from new
    returning id, original_key, version`);
  return row!;
}

type Pending = { id: string; content_type: string; state: UploadStatus["status"]; problem: string | null; original_key: string; bytes: string; upload_id: string | null };

/**
 * Judges what has arrived by its bytes. Repeating it is harmless. Throws 404 for other people's, 409-like 422 when
 * nothing has arrived yet (then the same address may still be used), 413/415/422 for a file that is refused for good.
 */
export async function completeUpload(viewer: Owner, mediaId: string): Promise<UploadStatus> {
  const [row] = await db().execute<Pending>(sql`
    select id, state, problem, original_key, bytes, upload_id, content_type from media where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint`);
  if (!row) throw notFound();
  if (row.state === "failed") throw problemError(isProblemCode(row.problem) ? row.problem : "damaged");
  if (row.state !== "pending") return { media_id: row.id, status: row.state };
  try {
    if (row.upload_id !== null) await joinParts({ ...row, upload_id: row.upload_id });
    const voice = voiceType(row.content_type);
    const found = voice ? await probeVoice(storage(), row.original_key, Number(row.bytes), voice) : await probeObject(storage(), row.original_key, Number(row.bytes));
    await db().transaction(async (tx) => {
      const changed = await tx.execute(sql`
        update media set state = 'uploaded', upload_id = null, kind = ${found.kind}, content_type = ${found.type}, width = ${found.width}, height = ${found.height},
          duration = ${found.duration}, uploaded_at = now()
        where id = ${row.id}::bigint and state = 'pending' returning 1`);
      if (changed.length > 0) await enqueueCopy(tx, row.id);
    });
    return { media_id: row.id, status: "uploaded" };
  } catch (error) {
    throw await refusal(row, error);
  }
}

async function refusal(row: Pending, error: unknown): Promise<unknown> {
  if (!(error instanceof MediaProblem)) return asAway(error);
  if (error.code !== "not_arrived") {
    await db().execute(sql`update media set state = 'failed', problem = ${error.code} where id = ${row.id}::bigint and state = 'pending'`);
    // The sweep takes the row after a day; the bytes need not wait.
    await deleteOriginals([row.original_key]).catch(() => {});
  }
  return problemError(error.code);
}

/**
 * Makes sure that every photo of a new post has arrived and is one, outside any transaction: a client that leaves out
 * `complete` is served all the same. Throws as `completeUpload`.
 */
export async function verifyUploads(viewer: Owner, mediaIds: readonly string[]): Promise<void> {
  if (mediaIds.length === 0 || mediaIds.length > MAX_POST_ITEMS) throw invalidField("media", `A post has 1 to ${MAX_POST_ITEMS} photos.`);
  if (new Set(mediaIds).size !== mediaIds.length) throw invalidField("media", "The same photo is there twice.");
  for (const id of mediaIds) {
    await completeUpload(viewer, id).catch((error: unknown) => {
      throw (error as { code?: string }).code === "not_found" ? invalidField("media", "A photo of this post is not there. Add it again.") : error;
    });
  }
}

/**
 * Gives verified uploads to a post, in order, and enqueues their processing, inside the transaction that creates the
 * post. Throws 422 when one is missing, somebody else's, not verified or already in a post.
 */
export async function attachMedia(tx: Transaction, viewer: Owner, postId: string, items: readonly MediaItem[]): Promise<void> {
  const edits = await judgeEdits(tx, items);
  const values = items.map((item, position) => ({ id: item.id, alt: item.alt, crop: item.crop ?? null, position: item.replaces ? null : position, replaces_id: item.replaces ?? null, shows_camera: item.show_camera ?? false, keeps_place: item.keep_place ?? false, ...edits[position]! }));
  const rows = await tx.execute<Attached>(sql`
    update media m set post_id = ${postId}::bigint, position = v.position, replaces_id = v.replaces_id, alt = v.alt, crop = v.crop, edit = v.edit, state = 'processing', shows_camera = v.shows_camera, keeps_place = v.keeps_place,
      width = coalesce(v.width, greatest(1, round(m.width * coalesce((v.crop->>'width')::float8, 1))::int)),
      height = coalesce(v.height, greatest(1, round(m.height * coalesce((v.crop->>'height')::float8, 1))::int))
    from json_to_recordset(${JSON.stringify(values)}::text::json) as v(id bigint, alt text, crop jsonb, edit jsonb, width int, height int, position smallint, replaces_id bigint, shows_camera boolean, keeps_place boolean)
    where m.id = v.id and m.owner_id = ${viewer.id}::bigint and m.purpose = 'post' and m.post_id is null and m.state = 'uploaded'
    returning m.id, m.kind`);
  if (rows.length !== items.length) throw invalidField("media", "A photo of this post is not there or already in another post. Add it again.");
  await enqueueProcessing(tx, rows);
}

type Attached = { id: string; kind: "image" | "video" };

/** Has what was attached made ready; videos wait in a queue of their own. */
export async function enqueueProcessing(tx: Transaction, rows: Iterable<Attached>): Promise<void> {
  const { image = [], video = [] } = Object.groupBy(rows, (row) => row.kind);
  await enqueueMany(tx, processMedia, image.map(({ id }) => ({ mediaId: id })));
  await enqueueMany(tx, processVideo, video.map(({ id }) => ({ mediaId: id })));
}

/** Takes back an upload that is in no post: row, bytes, parts. Answers whether there was one; nothing happens to anything else. */
export async function discardUpload(viewer: Owner, mediaId: string): Promise<boolean> {
  const [row] = await db().execute<{ original_key: string; upload_id: string | null }>(sql`
    delete from media m where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint and post_id is null and state in ('pending', 'uploaded', 'failed')
      and not exists (select 1 from users u where u.avatar_media_id = m.id) and not exists (select 1 from message_media mm where mm.media_id = m.id) and not exists (select 1 from threads pt where pt.picture_media_id = m.id) and not ${inDraft(sql`m`)}
    returning original_key, upload_id`);
  if (!row) return false;
  // What fails here is swept after a day.
  if (row.upload_id !== null) await storage().abortParts(row.original_key, row.upload_id).catch(() => {});
  await deleteOriginals([row.original_key]).catch(() => {});
  return true;
}

/** The owner's own wish to give an upload up. Throws 404 for other people's, 409 for one that is in use. */
export async function cancelUpload(viewer: Owner, mediaId: string): Promise<void> {
  if (await discardUpload(viewer, mediaId)) return;
  const [row] = await db().execute(sql`select 1 from media where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint`);
  throw row ? conflict("This file is in a post or a draft, or is your picture.") : notFound();
}
