import "server-only";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import type { MediaEdit, VideoFiles, VideoReceipt } from "@/db/schema/media-edit";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, NotNowError } from "@/lib/platform/jobs/define";
import { log } from "@/lib/platform/log";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { type DeriveRow, withOriginal } from "../processing";
import { isThinned } from "./command";
import { videoKey } from "./files";
import { NoToolsError, prepare } from "./make";
import { measureSimilarity } from "./measure";
import { fetchFile } from "./store";

type Row = DeriveRow & { edit: MediaEdit | null; duration: number; video: VideoFiles; receipt: VideoReceipt };

/** Measures what is served of a video against what was brought, when it has long been out and nothing else is to be done. */
export const measureVideo = defineJob({
  name: "media.measure-video",
  priority: -30,
  concurrency: 1,
  retryLimit: 2,
  timeoutSeconds: 900,
  schema: z.object({ mediaId: idSchema, version: z.string().regex(/^[a-z0-9]{1,40}$/) }),
  async handler({ mediaId, version }, { signal }) {
    const [row] = await db().execute<Row>(sql`
      select id, version, original_key, null as crop, edit, sha256, duration, video, receipt from media
      where id = ${mediaId}::bigint and version = ${version} and state = 'ready' and kind = 'video' and receipt->>'measured' = 'later'`);
    if (!row) return;
    const similarity = await measure(row, signal).catch((error: unknown) => {
      if (error instanceof StorageUnavailableError || error instanceof NoToolsError) throw new NotNowError(error.message, { cause: error });
      if (signal.aborted) throw error;
      // It is out and looks right without.
      log().info({ media_id: mediaId, reason: error instanceof Error ? error.message : String(error) }, "video not measured");
      return {} as Record<string, number>;
    });
    const isDone = row.video.renditions.every(({ name }) => similarity[name] !== undefined);
    await db().execute(sql`
      update media set receipt = receipt || ${JSON.stringify({ measured: isDone ? "done" : null, similarity })}::text::jsonb
      where id = ${mediaId}::bigint and version = ${version} and receipt->>'measured' = 'later'`);
  },
});

async function measure(row: Row, signal: AbortSignal): Promise<Record<string, number>> {
  return withOriginal(row, async ({ path, dir }) => {
    const { making, tools } = await prepare({ path, dir, edit: row.edit?.kind === "video" ? row.edit : null });
    // Which of its frames were left out depends on where one begins.
    if (isThinned(making.probe) || !tools.filters.has("ssim")) return {};
    const { renditions } = row.video;
    for (const { name } of renditions) await fetchFile(videoKey(row.id, row.version, `hls/${name}.mp4`), join(dir, `${name}.mp4`));
    return measureSimilarity({ making, renditions, duration: row.duration }, tools, { dir, signal });
  });
}
