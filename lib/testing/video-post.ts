import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Variant } from "@/db/schema/media";
import { variantKey } from "@/lib/media/keys";
import { videoFiles, videoKey } from "@/lib/media/video/files";
import { writeMaster, writePlaylist } from "@/lib/media/video/playlist";
import { storage } from "@/lib/platform/storage/storage";
import { makePost } from "./factories";

const RENDITION = { name: "240", width: 426, height: 240, bandwidth: 300_000, codecs: "avc1.64000d,mp4a.40.2", bytes: 900 };
export const VIDEO_FILES = { renditions: [RENDITION], mp4: { width: 426, height: 240, bytes: 1_000 }, preview: { ext: "webp" as const, bytes: 50 } };

const POSTERS = (["jpg", "webp", "avif"] as const).flatMap((ext) => ["150", "320", "640", "1080"].map((name): Variant => ({ name, ext, width: Number(name), height: Number(name), bytes: 100 })));

/** A published video as the job leaves it; its files are not real ones, but lie where they belong. */
export async function makeVideoPost(owner: { id: string }, options: Parameters<typeof makePost>[1] = {}) {
  const postId = await makePost(owner, { ...options, photos: 1 });
  await db().execute(sql`update posts set content_type = 'video' where id = ${postId}::bigint`);
  const [media] = await db().execute<{ id: string; version: string }>(sql`
    update media set kind = 'video', duration = 4, has_audio = true, variants = ${JSON.stringify(POSTERS)}::text::jsonb, video = ${JSON.stringify(VIDEO_FILES)}::text::jsonb where post_id = ${postId}::bigint returning id, version`);
  const { id, version } = media!;
  const texts: Record<string, string> = {
    "hls/master.m3u8": writeMaster(VIDEO_FILES.renditions),
    "hls/240.m3u8": writePlaylist("240", { map: { bytes: 100, offset: 0 }, segments: [{ seconds: 4, bytes: 800, offset: 100 }] }),
  };
  for (const { name, contentType } of videoFiles(VIDEO_FILES)) await storage().put(videoKey(id, version, name), Buffer.from(texts[name] ?? name.padEnd(1_000, ".")), { contentType });
  for (const poster of POSTERS) await storage().put(variantKey(id, version, poster), Buffer.alloc(100), { contentType: `image/${poster.ext}` });
  return { postId, id, version };
}
