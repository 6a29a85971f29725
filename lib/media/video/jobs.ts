import "server-only";
import { utimes } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, NotNowError } from "@/lib/platform/jobs/define";
import { announce, enqueue } from "@/lib/platform/jobs/queue";
import { log } from "@/lib/platform/log";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { MediaProblem, type ProblemCode } from "../problems";
import { type DeriveRow, withOriginal } from "../processing";
import { videoFiles, videoKey } from "./files";
import { type MadeVideo, makeVideo, NoToolsError } from "./make";
import { measureVideo } from "./measure-job";
import { processingOf, ProgressNotes } from "./progress";
import { readVideoRow, type VideoRow } from "./rows";
import { ToolFailedError } from "./run";
import { storeVideo } from "./store";

/** After so many tries a video that brings ffmpeg down is taken for broken. */
const ATTEMPTS = 3;
/** Share of the work that is encoding; the rest is posters and storing. */
const ENCODING_SHARE = 0.92;

/**
 * Makes a video ready: one at a time, yielding to everything else, so that photos never wait behind it. A run that is cut
 * off begins anew and ends with the same files under the same keys.
 */
export const processVideo = defineJob({
  name: "media.process-video",
  priority: -10,
  concurrency: 1,
  retryLimit: 4,
  timeoutSeconds: 6 * 3_600,
  schema: z.object({ mediaId: idSchema }),
  async handler({ mediaId }, { attempt, signal }) {
    const row = await readVideoRow(mediaId);
    if (row?.state !== "processing" || !row.is_wanted) return;
    const notes = new ProgressNotes(processingOf(mediaId), signal);
    try {
      await withOriginal(row, (file) => make(row, file, notes));
    } catch (error) {
      if (notes.isGone) return;
      await settle(row, error, attempt);
    } finally {
      notes.end();
    }
  },
});

async function make(row: VideoRow, file: { path: string; dir: string; sha256: string }, notes: ProgressNotes): Promise<void> {
  const onProgress = (share: number) => {
    notes.note(share * ENCODING_SHARE * 100);
    // The hourly sweep takes folders that nothing has touched.
    void utimes(file.dir, new Date(), new Date()).catch(() => {});
  };
  const made = await makeVideo({ path: file.path, dir: file.dir, edit: row.edit?.kind === "video" ? row.edit : null, signal: notes.signal, onProgress });
  await storeVideo(row, file.dir, made);
  if (!(await markReady(row, made, file.sha256))) await removeUnlessThere(row, made);
}

async function markReady(row: DeriveRow, made: MadeVideo, sha256: string): Promise<boolean> {
  return db().transaction(async (tx) => {
    const rows = await tx.execute(sql`
      update media set state = 'ready', ready_at = now(), problem = null, progress = 100, width = ${made.width}, height = ${made.height}, duration = ${made.duration},
        has_audio = ${made.hasAudio}, thumbhash = ${made.thumbhash}, sha256 = ${sha256}, variants = ${JSON.stringify(made.variants)}::text::jsonb,
        video = ${JSON.stringify(made.files)}::text::jsonb, receipt = ${JSON.stringify(made.receipt)}::text::jsonb
      where id = ${row.id}::bigint and state = 'processing' returning 1`);
    if (rows.length === 0) return false;
    await announce(tx, "media.ready", { mediaId: row.id });
    await enqueue(tx, measureVideo, { mediaId: row.id, version: row.version });
    return true;
  });
}

/** Deleted while it was made; another run that was first has the same files, which stay. */
async function removeUnlessThere(row: DeriveRow, made: MadeVideo): Promise<void> {
  if (await readVideoRow(row.id)) return;
  const pictures = made.variants.map(({ name, ext }) => `${name}.${ext}`);
  await storage().deleteMany([...videoFiles(made.files).map(({ name }) => name), ...pictures].map((name) => videoKey(row.id, row.version, name)));
}

/** Ends a row that can't be made ready, or passes the error on so that the job is tried again. */
async function settle(row: DeriveRow, error: unknown, attempt: number): Promise<void> {
  if (error instanceof StorageUnavailableError || error instanceof NoToolsError) throw new NotNowError(error.message, { cause: error });
  const hasDied = error instanceof ToolFailedError && error.how !== "was ended";
  const problem: ProblemCode | null = error instanceof MediaProblem ? error.code : hasDied && attempt >= ATTEMPTS ? "video_crashed" : null;
  if (problem === null) throw error;
  log().info({ media_id: row.id, problem, cause: error instanceof Error ? error.cause : undefined }, "video refused");
  await db().transaction(async (tx) => {
    const rows = await tx.execute(sql`update media set state = 'failed', problem = ${problem}, progress = null where id = ${row.id}::bigint and state = 'processing' returning 1`);
    if (rows.length > 0) await announce(tx, "media.failed", { mediaId: row.id });
  });
}
