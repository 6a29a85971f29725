import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import type { Crop } from "@/db/schema/media";
import type { MediaEdit } from "@/db/schema/media-edit";
import { invalidField, notFound, tooLarge, tooMany, unavailable, unsupportedType } from "@/lib/platform/errors";
import { enqueueMany } from "@/lib/platform/jobs/queue";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { warmDecoder } from "./decoder";
import { processMedia } from "./jobs";
import { randomToken } from "./keys";
import { judgeEdits } from "./new-edits";
import { MAX_PHOTO_BYTES, MAX_POST_ITEMS, MAX_VIDEO_BYTES, mediaKind, PHOTO_TYPES, photoType, UPLOAD_EXPIRES_IN, VIDEO_TYPES, videoType } from "./limits";
import { probeObject } from "./probe";
import { problemError } from "./problem-error";
import { isProblemCode, MediaProblem, PROBLEMS } from "./problems";
import type { UploadInput } from "./schemas";
import { processVideo } from "./video/jobs";
import { canTakeVideos } from "./video/programs";

/** Files a person may have lying about without a post, in a day. */
const MAX_UNATTACHED = 400;

type Owner = Pick<Viewer, "id">;
export type Upload = { media_id: string; method: "PUT"; url: string; headers: Record<string, string>; expires_at: string };
/** One photo of a new post; `crop` of the upright picture, for those who do nothing else to it. */
export type MediaItem = { id: string; alt: string; crop?: Crop | null; edit?: MediaEdit | null };
export type UploadStatus = { media_id: string; status: "pending" | "uploaded" | "processing" | "ready" | "failed" };

/** Throws 413, 415 or 422 for a file that would be refused anyway: before a byte moves. */
export function judgeAnnouncement(input: Pick<UploadInput, "content_type" | "size" | "purpose">) {
  if (input.purpose === "story" || input.purpose === "message") throw invalidField("purpose", "Only photos for posts and avatars are taken for now.");
  const types: readonly string[] = input.purpose === "post" ? [...PHOTO_TYPES, ...VIDEO_TYPES] : PHOTO_TYPES;
  const type = photoType(input.content_type) ?? (input.purpose === "post" ? videoType(input.content_type) : null);
  if (type === null) throw unsupportedType(wordsForType(input), { content_type: `must be one of ${types.join(", ")}` });
  if (input.size === 0) throw invalidField("size", PROBLEMS.empty);
  const [most, words] = mediaKind(type) === "video" ? [MAX_VIDEO_BYTES, PROBLEMS.video_too_many_bytes] : [MAX_PHOTO_BYTES, PROBLEMS.too_many_bytes];
  if (input.size > most) throw tooLarge(words, { size: `must be at most ${most}` });
  return { type, purpose: input.purpose };
}

function wordsForType({ content_type: type, purpose }: Pick<UploadInput, "content_type" | "purpose">): string {
  if (/^video\//i.test(type)) return purpose === "post" ? PROBLEMS.video_type : PROBLEMS.video;
  return /^image\/svg/i.test(type) ? PROBLEMS.svg : PROBLEMS.unsupported_type;
}

/** Said before a byte moves, and not only when everything has arrived. */
async function refuseWithoutTools(type: string): Promise<void> {
  if (mediaKind(type) === "video" && !(await canTakeVideos())) throw unsupportedType(PROBLEMS.no_video_tools, { content_type: PROBLEMS.no_video_tools });
}

/** Makes the row and an address to which exactly this file may be put, for five minutes. */
export async function createUpload(viewer: Owner, input: UploadInput): Promise<Upload> {
  const { type, purpose } = judgeAnnouncement(input);
  await refuseWithoutTools(type);
  await refuseHoarding(viewer);
  const row = await insertMedia(viewer, { purpose, type, bytes: input.size, sha256: input.sha256 ?? null });
  const ticket = await storage().signUpload({ key: row.original_key, contentType: type, size: input.size, expiresIn: UPLOAD_EXPIRES_IN });
  if (mediaKind(type) === "image") warmDecoder();
  return { media_id: row.id, method: ticket.method, url: ticket.url, headers: ticket.headers, expires_at: ticket.expiresAt.toISOString() };
}

async function refuseHoarding(viewer: Owner): Promise<void> {
  const [row] = await db().execute<{ count: number }>(sql`
    select count(*)::int as count from media where owner_id = ${viewer.id}::bigint and id > id_at(now() - interval '1 day') and post_id is null and purpose = 'post'`);
  if (row!.count >= MAX_UNATTACHED) throw tooMany("Too many photos without a post. Post or wait until tomorrow.", 3600);
}

/** A row in state `pending`; its keys are chosen here and nowhere else. */
export async function insertMedia(viewer: Owner, file: { purpose: "post" | "avatar"; type: string; bytes: number; sha256: string | null }) {
  const [row] = await db().execute<{ id: string; original_key: string; version: string }>(sql`
    with new as (select next_id() as id)
    insert into media (id, owner_id, purpose, content_type, bytes, sha256, original_key, version, upload_expires_at)
    select new.id, ${viewer.id}::bigint, ${file.purpose}, ${file.type}, ${file.bytes}::bigint, ${file.sha256}, 'originals/' || new.id || '/' || ${randomToken(16)}::text,
      ${randomToken(6)}, now() + ${UPLOAD_EXPIRES_IN} * interval '1 second' from new
    returning id, original_key, version`);
  return row!;
}

type Pending = { id: string; state: UploadStatus["status"]; problem: string | null; original_key: string; bytes: string };

/**
 * Judges what has arrived by its bytes. Repeating it is harmless. Throws 404 for other people's, 409-like 422 when
 * nothing has arrived yet (then the same address may still be used), 413/415/422 for a file that is refused for good.
 */
export async function completeUpload(viewer: Owner, mediaId: string): Promise<UploadStatus> {
  const [row] = await db().execute<Pending>(sql`
    select id, state, problem, original_key, bytes from media where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint`);
  if (!row) throw notFound();
  if (row.state === "failed") throw problemError(isProblemCode(row.problem) ? row.problem : "damaged");
  if (row.state !== "pending") return { media_id: row.id, status: row.state };
  try {
    const found = await probeObject(storage(), row.original_key, Number(row.bytes));
    await db().execute(sql`
      update media set state = 'uploaded', kind = ${found.kind}, content_type = ${found.type}, width = ${found.width}, height = ${found.height}, duration = ${found.duration}, uploaded_at = now()
      where id = ${row.id}::bigint and state = 'pending'`);
    return { media_id: row.id, status: "uploaded" };
  } catch (error) {
    throw await refusal(row, error);
  }
}

async function refusal(row: Pending, error: unknown): Promise<unknown> {
  if (error instanceof StorageUnavailableError) return unavailable("The storage does not answer just now. Try again in a moment.", 5, error);
  if (!(error instanceof MediaProblem)) return error;
  if (error.code !== "not_arrived") {
    await db().execute(sql`update media set state = 'failed', problem = ${error.code} where id = ${row.id}::bigint and state = 'pending'`);
    // The sweep takes the row after a day; the bytes need not wait.
    await storage().delete(row.original_key).catch(() => {});
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
  const values = items.map((item, position) => ({ id: item.id, alt: item.alt, crop: item.crop ?? null, position, ...edits[position]! }));
  const rows = await tx.execute<Attached>(sql`
    update media m set post_id = ${postId}::bigint, position = v.position, alt = v.alt, crop = v.crop, edit = v.edit, state = 'processing',
      width = coalesce(v.width, greatest(1, round(m.width * coalesce((v.crop->>'width')::float8, 1))::int)),
      height = coalesce(v.height, greatest(1, round(m.height * coalesce((v.crop->>'height')::float8, 1))::int))
    from json_to_recordset(${JSON.stringify(values)}::text::json) as v(id bigint, alt text, crop jsonb, edit jsonb, width int, height int, position smallint)
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

/** Takes back an upload that is in no post: row and bytes. Nothing happens for anything else. */
export async function discardUpload(viewer: Owner, mediaId: string): Promise<void> {
  const [row] = await db().execute<{ original_key: string }>(sql`
    delete from media m where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint and post_id is null and state in ('pending', 'uploaded', 'failed')
      and not exists (select 1 from users u where u.avatar_media_id = m.id)
    returning original_key`);
  if (row) await storage().delete(row.original_key).catch(() => {});
}
