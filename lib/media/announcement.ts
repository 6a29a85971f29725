import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { invalidField, tooLarge, tooMany, unsupportedType } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { MAX_PHOTO_BYTES, MAX_UNATTACHED, MAX_UNATTACHED_BYTES, MAX_VIDEO_BYTES, MAX_VOICE_BYTES, mediaKind, PHOTO_TYPES, photoType, VIDEO_TYPES, videoType, VOICE_TYPES, voiceType } from "./limits";
import { PROBLEMS } from "./problems";
import type { UploadInput } from "./schemas";
import { canTakeVideos } from "./video/programs";

/** Throws 413, 415 or 422 for a file that would be refused anyway: before a byte moves. */
export function judgeAnnouncement(input: Pick<UploadInput, "content_type" | "size" | "purpose">) {
  if (input.purpose === "story") throw invalidField("purpose", "Only files for posts, messages and avatars are taken for now.");
  const isMessage = input.purpose === "message";
  const takesVideos = input.purpose === "post" || isMessage;
  const types: readonly string[] = [...PHOTO_TYPES, ...(takesVideos ? VIDEO_TYPES : []), ...(isMessage ? VOICE_TYPES : [])];
  const voice = isMessage ? voiceType(input.content_type) : null;
  const type = voice ?? photoType(input.content_type) ?? (takesVideos ? videoType(input.content_type) : null);
  if (type === null) throw unsupportedType(wordsForType(input), { content_type: `must be one of ${types.join(", ")}` });
  if (input.size === 0) throw invalidField("size", PROBLEMS.empty);
  const [most, words] = voice ? [MAX_VOICE_BYTES, PROBLEMS.voice_too_many_bytes] as const : mediaKind(type) === "video" ? [MAX_VIDEO_BYTES, PROBLEMS.video_too_many_bytes] as const : [MAX_PHOTO_BYTES, PROBLEMS.too_many_bytes] as const;
  if (input.size > most) throw tooLarge(words, { size: `must be at most ${most}` });
  return { type, purpose: input.purpose };
}

function wordsForType({ content_type: type, purpose }: Pick<UploadInput, "content_type" | "purpose">): string {
  if (/^video\//i.test(type)) return purpose !== "avatar" ? PROBLEMS.video_type : PROBLEMS.video;
  return /^image\/svg/i.test(type) ? PROBLEMS.svg : PROBLEMS.unsupported_type;
}

/** Said before a byte moves, and not only when everything has arrived. */
export async function refuseWithoutTools(type: string): Promise<void> {
  if ((mediaKind(type) === "video" || voiceType(type) !== null) && !(await canTakeVideos())) throw unsupportedType(PROBLEMS.no_video_tools, { content_type: PROBLEMS.no_video_tools });
}

const inUse = sql.raw("(exists (select 1 from message_media mm where mm.media_id = media.id) or exists (select 1 from threads pt where pt.picture_media_id = media.id))");

/** Throws 429 for one who keeps more in no post than any post could hold. */
export async function refuseHoarding(viewer: Pick<Viewer, "id">, size: number): Promise<void> {
  const [row] = await db().execute<{ count: number; bytes: string }>(sql`
    select count(*)::int as count, coalesce(sum(bytes) filter (where state <> 'failed'), 0)::bigint as bytes from media
    where owner_id = ${viewer.id}::bigint and id > id_at(now() - interval '1 day') and post_id is null and (purpose = 'post' or (purpose = 'message' and not ${inUse}))`);
  if (row!.count >= MAX_UNATTACHED || Number(row!.bytes) + size > MAX_UNATTACHED_BYTES) throw tooMany("Too many files without a post. Post or wait until tomorrow.", 3600);
}
