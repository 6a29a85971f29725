import "server-only";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Transaction } from "@/db/client";
import { prepared } from "@/db/prepared";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, NotNowError } from "@/lib/platform/jobs/define";
import { enqueue } from "@/lib/platform/jobs/queue";
import { log } from "@/lib/platform/log";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { randomToken } from "../keys";
import { MediaProblem, type ProblemCode } from "../problems";
import { type DeriveRow, withOriginal } from "../processing";
import { uncutCommand } from "./command";
import { uncutKey } from "./files";
import { judge, needFfmpeg, NoToolsError } from "./make";
import { probeVideoFile } from "./probe";
import { ProgressNotes, uncutOf } from "./progress";
import { runTool, turnstiles } from "./run";
import { putFile } from "./store";

// The whole of a video as it was brought, small, for the editor of its author: made when it is asked for, under a version
// of its own, kept for a day after it was last asked for. Nobody else can read it, and the file that was brought nobody at all.

/** `uncut_progress` is 100 when it is there. */
export type UncutRow = { uncut_version: string | null; uncut_progress: number | null; uncut_problem: string | null };

const KEPT_HOURS = 24;
const SECONDS = 1_800;
/** Its author waits for it. */
const NICENESS = 5;
const ATTEMPTS = 3;

/** Asks for it. While there is one, or one is being made, nothing is added; the caller has made sure whose it is. */
export async function wantUncut(tx: Transaction, mediaId: string): Promise<void> {
  const [row] = await tx.execute<UncutRow>(sql`select uncut_version, uncut_progress, uncut_problem from media where id = ${mediaId}::bigint for update`);
  if (!row) return;
  if (row.uncut_version !== null) {
    await tx.execute(sql`update media set uncut_at = now() where id = ${mediaId}::bigint`);
    return;
  }
  const version = randomToken(6);
  await tx.execute(sql`update media set uncut_version = ${version}, uncut_progress = 0, uncut_problem = null, uncut_at = now() where id = ${mediaId}::bigint`);
  await enqueue(tx, makeUncut, { mediaId, version });
}

export const makeUncut = defineJob({
  name: "media.make-uncut",
  priority: 5,
  concurrency: 1,
  retryLimit: 4,
  timeoutSeconds: SECONDS + 300,
  schema: z.object({ mediaId: idSchema, version: z.string().regex(/^[a-z0-9]{1,40}$/) }),
  async handler({ mediaId, version }, { attempt, signal }) {
    const [row] = await db().execute<DeriveRow>(sql`
      select id, version, original_key, null as crop, sha256 from media where id = ${mediaId}::bigint and uncut_version = ${version} and uncut_progress < 100 and kind = 'video' and state = 'ready'`);
    if (!row) return;
    const notes = new ProgressNotes(uncutOf(mediaId, version), signal);
    try {
      await withOriginal(row, (file) => make(file, uncutKey(mediaId, version), notes));
      const rows = await db().execute(sql`update media set uncut_progress = 100 where id = ${mediaId}::bigint and uncut_version = ${version} returning 1`);
      if (rows.length === 0) await storage().delete(uncutKey(mediaId, version));
    } catch (error) {
      if (notes.isGone) return;
      if (error instanceof StorageUnavailableError || error instanceof NoToolsError) throw new NotNowError(error.message, { cause: error });
      const problem: ProblemCode | null = error instanceof MediaProblem ? error.code : attempt >= ATTEMPTS ? "video_crashed" : null;
      if (problem === null) throw error;
      log().info({ media_id: mediaId, problem }, "no video to edit by");
      await db().execute(sql`update media set uncut_version = null, uncut_progress = null, uncut_problem = ${problem}, uncut_at = null where id = ${mediaId}::bigint and uncut_version = ${version}`);
    } finally {
      notes.end();
    }
  },
});

async function make({ path, dir }: { path: string; dir: string }, key: string, notes: ProgressNotes): Promise<void> {
  const tools = await needFfmpeg();
  const probe = await probeVideoFile(path, dir);
  const onLine = (line: string) => {
    const at = /^out_time_us=(\d+)/.exec(line)?.[1];
    if (at && probe.duration) notes.note((Number(at) / 1e6 / probe.duration) * 100);
    // The hourly sweep takes folders that nothing has touched.
    if (at) void utimes(dir, new Date(), new Date()).catch(() => {});
  };
  const target = join(dir, "uncut.mp4");
  await turnstiles().uncut.pass(() => runTool(tools.ffmpeg, uncutCommand({ path, probe }, tools, target), { dir, seconds: SECONDS, niceness: NICENESS, signal: notes.signal, onLine })).catch(judge);
  await putFile(key, target);
}

const readUncut = prepared<{ is_there: boolean }, "id" | "owner" | "version">("uncut video", (arg) => sql`
  select true as is_there from media m join posts p on p.id = m.post_id join users u on u.id = m.owner_id
  where m.id = ${arg("id")}::bigint and m.owner_id = ${arg("owner")}::bigint and m.uncut_version = ${arg("version")}::text and m.uncut_progress = 100 and ${postVisible(arg("owner"))}`);

/** Whether this is its owner's, is there, and belongs to a post that stands. Asked for each request: nothing of it is remembered. */
export const mayReadUncut = async (media: { id: string; version: string }, owner: string) => (await readUncut({ ...media, owner })).length > 0;

/** Removes those that nobody has asked for in a day. Returns how many. */
export async function sweepUncut(): Promise<number> {
  const rows = await db().execute<{ id: string; version: string }>(sql`
    with old as (select id, uncut_version from media where uncut_version is not null and uncut_at < now() - ${KEPT_HOURS} * interval '1 hour' limit 1000 for update skip locked)
    update media m set uncut_version = null, uncut_progress = null, uncut_at = null from old where m.id = old.id returning m.id, old.uncut_version as version`);
  await storage().deleteMany([...rows].map(({ id, version }) => uncutKey(id, version)));
  return rows.length;
}
