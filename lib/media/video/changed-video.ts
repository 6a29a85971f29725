import "server-only";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import type { MediaEdit, VideoEdit, VideoFiles, VideoReceipt } from "@/db/schema/media-edit";
import { NotNowError } from "@/lib/platform/jobs/define";
import { enqueue } from "@/lib/platform/jobs/queue";
import { log } from "@/lib/platform/log";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { dropWish } from "../changed-edit";
import { endVersion } from "../forget-version";
import { MediaProblem, type ProblemCode } from "../problems";
import { type DeriveRow, withOriginal } from "../processing";
import { removeVersion } from "../sweep";
import { type MadeVideo, makeVideo, NoToolsError, type Order } from "./make";
import { measureVideo } from "./measure-job";
import { type MovedCaptions, moveCaptions, placeCaptions } from "./moved-captions";
import { videoKey } from "./files";
import { changeOf, ProgressNotes } from "./progress";
import { type Extent, extentOf, remakeVideo } from "./remake";
import { ToolFailedError } from "./run";
import { fetchFile, storePoster, storeVideo } from "./store";

type Row = DeriveRow & { old_version: string; old_edit: MediaEdit | null; duration: number; has_audio: boolean; video: VideoFiles; receipt: VideoReceipt | null };
export type ChangedVideo = { row: Row; edit: VideoEdit | null; made: MadeVideo };
type Run = { attempt: number; signal: AbortSignal };

/** Of the work; the rest is posters and storing. */
const ENCODING_SHARE = 92;
const ATTEMPTS = 3;
/** Of the job that calls this: whatever went wrong then, its owner is told. */
const LAST_ATTEMPT = 5;

const videoEdit = (edit: MediaEdit | null | undefined): VideoEdit | null => (edit?.kind === "video" ? edit : null);

/**
 * Makes a wanted version of a video that is out and stores it beside the one that is shown. Null when it is no longer
 * wanted (then what was running has been ended), or can't be made: its owner reads why, and the old one stays. Throws
 * for what is worth another try.
 */
export async function makeWantedVideo(mediaId: string, version: string, { attempt, signal }: Run): Promise<ChangedVideo | null> {
  const [row] = await db().execute<Row>(sql`
    select id, wanted_version as version, version as old_version, original_key, null as crop, wanted_edit as edit, edit as old_edit, sha256, duration, has_audio, video, receipt
    from media where id = ${mediaId}::bigint and wanted_version = ${version} and state = 'ready' and kind = 'video'`);
  if (!row) return null;
  const notes = new ProgressNotes(changeOf(mediaId, version), signal);
  try {
    return await withOriginal(row, (file) => make(row, file, notes));
  } catch (error) {
    // Gone is a wish that gave way to another, or that of a post that was deleted: restored, it is as it was.
    if (notes.isGone) await dropWish(db(), mediaId, version, null);
    else await settle(row, error, attempt);
    await removeVersion(mediaId, version);
    return null;
  } finally {
    notes.end();
  }
}

async function make(row: Row, { path, dir }: { path: string; dir: string }, notes: ProgressNotes): Promise<ChangedVideo> {
  const edit = videoEdit(row.edit);
  const onProgress = (share: number) => {
    notes.note(share * ENCODING_SHARE);
    // The hourly sweep takes folders that nothing has touched.
    void utimes(dir, new Date(), new Date()).catch(() => {});
  };
  const order: Order = { path, dir, edit, signal: notes.signal, onProgress };
  const extent = extentOf(videoEdit(row.old_edit), edit);
  const made = extent === "all" ? await makeVideo(order) : await remake(row, order, extent);
  if (extent === "poster") await storePoster(row, row.old_version, dir, made);
  else await storeVideo(row, dir, made);
  return { row, edit, made };
}

const remake = (row: Row, order: Order, extent: Exclude<Extent, "all">) => {
  const served = { duration: row.duration, hasAudio: row.has_audio, video: row.video, receipt: row.receipt };
  return remakeVideo({ ...order, extent, served, fetch: (name, local) => fetchFile(videoKey(row.id, row.old_version, name), join(order.dir, local)) });
};

/** Ends the wish for good when it can't be fulfilled, or passes the error on so that the job is tried again. */
async function settle(row: Row, error: unknown, attempt: number): Promise<void> {
  if (error instanceof StorageUnavailableError || error instanceof NoToolsError) throw new NotNowError(error.message, { cause: error });
  const hasDied = error instanceof ToolFailedError && error.how !== "was ended" && attempt >= ATTEMPTS;
  const problem: ProblemCode | null = error instanceof MediaProblem ? error.code : hasDied || attempt >= LAST_ATTEMPT ? "video_crashed" : null;
  if (problem === null) throw error;
  log().info({ media_id: row.id, problem, cause: error instanceof Error ? error.cause : undefined }, "video not edited anew");
  await dropWish(db(), row.id, row.version, problem);
}

/** The subtitles, at their moments of the new version, stored beside it. To be done outside a transaction. */
export const followCaptions = ({ row, edit, made }: ChangedVideo): Promise<MovedCaptions> =>
  moveCaptions({ id: row.id, from: row.old_version, to: row.version, oldStart: videoEdit(row.old_edit)?.trim?.start ?? 0, newStart: edit?.trim?.start ?? 0, seconds: made.duration });

/**
 * Puts the new version in the old one's place. "gone" when it is no longer wanted; "again" when there are other subtitles
 * by now, which have to follow first.
 */
export async function takeWantedVideo(tx: Transaction, { row, made }: ChangedVideo, captions: MovedCaptions): Promise<"taken" | "gone" | "again"> {
  const [old] = await tx.execute<{ version: string }>(sql`select version from media where id = ${row.id}::bigint and wanted_version = ${row.version} and version = ${row.old_version} and state = 'ready' for update`);
  if (!old) return "gone";
  if (!(await placeCaptions(tx, row.id, captions))) return "again";
  await tx.execute(sql`
    update media set version = wanted_version, edit = wanted_edit, wanted_edit = null, wanted_version = null, wanted_progress = null, wanted_problem = null,
      width = ${made.width}, height = ${made.height}, duration = ${made.duration}, has_audio = ${made.hasAudio}, thumbhash = ${made.thumbhash},
      variants = ${JSON.stringify(made.variants)}::text::jsonb, video = ${JSON.stringify(made.files)}::text::jsonb, receipt = ${JSON.stringify(made.receipt)}::text::jsonb
    where id = ${row.id}::bigint`);
  if (made.receipt.measured === "later") await enqueue(tx, measureVideo, { mediaId: row.id, version: row.version });
  await endVersion(tx, row.id, old.version);
  return "taken";
}
