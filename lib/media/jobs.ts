import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import type { Crop, Variant } from "@/db/schema/media";
import type { Receipt } from "@/db/schema/media-edit";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, NotNowError } from "@/lib/platform/jobs/define";
import { announce, enqueue } from "@/lib/platform/jobs/queue";
import { log } from "@/lib/platform/log";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { DecoderFailedError, derive } from "./decoder";
import { takesLong } from "./decoding-time";
import { discardFiles } from "./discard";
import { forgetVersion } from "./forget-version";
import { probeFile } from "./probe";
import { MediaProblem, type ProblemCode } from "./problems";
import { purgeJobs } from "./purge-jobs";
import { type DeriveRow, removeVariants, storeVariants, withOriginal } from "./processing";
import { copyJobs } from "./copy-jobs";
import { readPlace } from "./kept-facts";
import { knownOf, type ReadyRow, recordReady, recordRest } from "./record";
import { sweepObjects, sweepUploads } from "./sweep";
import { processVideo } from "./video/jobs";
import { measureVideo } from "./video/measure-job";
import { makeUncut, sweepUncut } from "./video/uncut";
import { processVoice } from "./voice";
import { isRefined } from "./widths";

/** After so many tries a picture that kills its decoder is taken for broken. */
const DECODER_ATTEMPTS = 4;

type Row = DeriveRow & ReadyRow & { state: string; variants: Variant[]; crop: Crop | null; receipt: Receipt | null };

const mediaPayload = z.object({ mediaId: idSchema });

async function readRow(mediaId: string): Promise<Row | undefined> {
  const [row] = await db().execute<Row>(sql`select id, state, version, original_key, crop, edit, sha256, variants, content_type, receipt from media where id = ${mediaId}::bigint`);
  return row;
}

/** Derives what publication waits for. The same files come out however often it runs. */
export const processMedia = defineJob({
  name: "media.process",
  priority: 20,
  timeoutSeconds: 60,
  schema: mediaPayload,
  async handler({ mediaId }, { attempt }) {
    const row = await readRow(mediaId);
    if (row?.state !== "processing") return;
    if (takesLong(row.content_type)) await db().transaction((tx) => enqueue(tx, processSlowly, { mediaId }));
    else await processRow(row, attempt);
  },
});

/** The same for what takes minutes, one at a time: a queue that must be quick would take its worker for dead. */
export const processSlowly = defineJob({
  name: "media.process-slowly",
  priority: 10,
  concurrency: 1,
  timeoutSeconds: 420,
  schema: mediaPayload,
  async handler({ mediaId }, { attempt }) {
    const row = await readRow(mediaId);
    if (row?.state === "processing") await processRow(row, attempt);
  },
});

async function processRow(row: Row, attempt: number): Promise<void> {
  try {
    await withOriginal(row, async (file) => {
      await probeFile(file.path);
      const made = await derive("essential", file);
      await storeVariants(row, file.dir, made.variants);
      const isReady = await recordReady(row, made, file.sha256, (tx) => enqueue(tx, refineMedia, { mediaId: row.id }));
      // Deleted while it was being processed; or another run was first, whose files are the same and stay.
      if (!isReady && !(await readRow(row.id))) await removeVariants(row, made.variants);
    });
  } catch (error) {
    await settle(row, error, attempt);
  }
}

/** Ends a row that can't be processed, or passes the error on so that the job is tried again. */
async function settle(row: Row, error: unknown, attempt: number): Promise<void> {
  if (error instanceof StorageUnavailableError) throw new NotNowError(error.message, { cause: error });
  const problem: ProblemCode | null = error instanceof MediaProblem ? error.code : error instanceof DecoderFailedError && attempt >= DECODER_ATTEMPTS ? "crashed" : null;
  if (problem === null) throw error;
  log().info({ media_id: row.id, problem, cause: error instanceof Error ? error.cause : undefined }, "photo refused");
  await db().transaction(async (tx) => {
    const rows = await tx.execute(sql`update media set state = 'failed', problem = ${problem} where id = ${row.id}::bigint and state = 'processing' returning 1`);
    if (rows.length > 0) await announce(tx, "media.failed", { mediaId: row.id });
  });
}

/** Adds lighter formats and larger sizes to a photo that is already out. */
export const refineMedia = defineJob({
  name: "media.refine",
  priority: -20,
  concurrency: 1,
  timeoutSeconds: 600,
  retryLimit: 4,
  schema: mediaPayload,
  async handler({ mediaId }) {
    const row = await readRow(mediaId);
    if (row?.state !== "ready" || isRefined(row.variants)) return;
    try {
      await withOriginal(row, async (file) => {
        const made = await derive("rest", { ...file, known: knownOf(row.receipt) });
        await storeVariants(row, file.dir, made.variants);
        if (!(await recordRest(row, made)) && (await readRow(row.id))?.version !== row.version) await removeVariants(row, made.variants);
      });
    } catch (error) {
      if (error instanceof StorageUnavailableError) throw new NotNowError(error.message, { cause: error });
      // The photo is out and looks right without.
      if (!(error instanceof MediaProblem)) throw error;
      log().info({ media_id: row.id, problem: error.code }, "photo not refined");
    }
  },
});

const sweepUploadsJob = defineJob({
  name: "media.sweep-uploads",
  schedule: "17 * * * *",
  priority: -10,
  timeoutSeconds: 300,
  schema: z.object({}),
  async handler() {
    await sweepUploads();
    await sweepUncut();
  },
});

const sweepObjectsJob = defineJob({
  name: "media.sweep-objects",
  schedule: "41 3 * * *",
  priority: -30,
  timeoutSeconds: 1_800,
  schema: z.object({}),
  handler: () => sweepObjects(),
});

export const jobs = [processMedia, processSlowly, refineMedia, processVideo, processVoice, makeUncut, measureVideo, readPlace, forgetVersion, discardFiles, sweepUploadsJob, sweepObjectsJob, ...copyJobs, ...purgeJobs];
