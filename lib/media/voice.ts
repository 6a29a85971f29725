import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, NotNowError } from "@/lib/platform/jobs/define";
import { announce } from "@/lib/platform/jobs/queue";
import { log } from "@/lib/platform/log";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { MAX_VOICE_SECONDS, type VoiceType, voiceType } from "./limits";
import { MediaProblem, type ProblemCode } from "./problems";
import { type DeriveRow, withOriginal } from "./processing";
import { videoKey } from "./video/files";
import { findFfmpeg } from "./video/programs";
import { runTool, ToolFailedError, turnstiles } from "./video/run";
import { putFile } from "./video/store";
import { VOICE_FILE } from "./voice-file";

const ATTEMPTS = 3;
const BARS = 64;
/** Samples a second that loudness is measured by. */
const RATE = 8_000;
const DEMUXERS: Record<VoiceType, string> = { "audio/webm": "matroska", "audio/mp4": "mov", "audio/ogg": "ogg", "audio/mpeg": "mp3" };

export type MadeVoice = { duration: number; waveform: number[] };

/** Writes the sound alone, as AAC, without anything else that was in the file, and measures it. Throws `MediaProblem`, `ToolFailedError`. */
export async function makeVoice({ path, dir }: { path: string; dir: string }, type: VoiceType): Promise<MadeVoice> {
  const tools = await findFfmpeg();
  if (!tools) throw new NotNowError("there is no ffmpeg");
  const input = ["-v", "error", "-y", "-protocol_whitelist", "file,pipe", "-f", DEMUXERS[type], ...(DEMUXERS[type] === "mov" ? ["-enable_drefs", "0", "-use_absolute_path", "0"] : []), "-t", String(MAX_VOICE_SECONDS + 2), "-i", `file:${path}`];
  const sound = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-ac", "1"];
  const bounds = { dir, seconds: 120 };
  const run = (args: string[]) => turnstiles().probe.pass(() => runTool(tools.ffmpeg, args, bounds)).catch((error: unknown) => {
    throw error instanceof ToolFailedError && error.how === "said no" ? new MediaProblem("voice_damaged", { cause: error.reason }) : error;
  });
  await run([...input, ...sound, "-ar", "48000", "-c:a", "aac", "-b:a", "48k", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", "-f", "mp4", `file:${join(dir, VOICE_FILE)}`]);
  await run(["-v", "error", "-y", "-protocol_whitelist", "file,pipe", "-f", "mov", "-i", `file:${join(dir, VOICE_FILE)}`, "-map", "0:a:0", "-ac", "1", "-ar", String(RATE), "-f", "s16le", `file:${join(dir, "samples")}`]);
  const samples = await readFile(join(/* turbopackIgnore: true */ dir, "samples"));
  const duration = Math.round((samples.length / 2 / RATE) * 1_000) / 1_000;
  if (duration < 0.1) throw new MediaProblem("voice_damaged");
  if (duration > MAX_VOICE_SECONDS + 0.5) throw new MediaProblem("voice_too_long");
  return { duration, waveform: loudnessOf(samples) };
}

/** Loudness of each of 64 equal parts, 0 to 100 of the loudest. `samples` are 16 bits each, little-endian. */
export function loudnessOf(samples: Buffer): number[] {
  const count = Math.floor(samples.length / 2);
  const bars = Array.from({ length: BARS }, (_, bar) => {
    const [from, to] = [Math.floor((bar * count) / BARS), Math.floor(((bar + 1) * count) / BARS)];
    let sum = 0;
    for (let at = from; at < to; at++) sum += samples.readInt16LE(at * 2) ** 2;
    return Math.sqrt(sum / Math.max(1, to - from));
  });
  // What is hardly louder than nothing is not blown up.
  const loudest = Math.max(...bars, 500);
  return bars.map((bar) => Math.round((100 * bar) / loudest));
}

type Row = DeriveRow & { state: string; content_type: string };

/** Makes a voice note ready to be heard. The same file comes out however often it runs. */
export const processVoice = defineJob({
  name: "media.process-voice",
  priority: 15,
  concurrency: 2,
  timeoutSeconds: 300,
  schema: z.object({ mediaId: idSchema }),
  async handler({ mediaId }, { attempt }) {
    const [row] = await db().execute<Row>(sql`select id, state, version, original_key, crop, sha256, content_type from media where id = ${mediaId}::bigint and kind = 'audio'`);
    if (row?.state !== "processing") return;
    try {
      await withOriginal(row, async (file) => {
        const made = await makeVoice(file, voiceType(row.content_type)!);
        await putFile(videoKey(row.id, row.version, VOICE_FILE), join(file.dir, VOICE_FILE));
        await markReady(row, made, file.sha256);
      });
    } catch (error) {
      await settle(row, error, attempt);
    }
  },
});

async function markReady(row: Row, { duration, waveform }: MadeVoice, sha256: string): Promise<void> {
  const isThere = await db().transaction(async (tx) => {
    const rows = await tx.execute(sql`
      update media set state = 'ready', ready_at = now(), problem = null, duration = ${duration}, has_audio = true, sha256 = ${sha256}, waveform = ${JSON.stringify(waveform)}::text::jsonb where id = ${row.id}::bigint and state = 'processing' returning 1`);
    if (rows.length > 0) await announce(tx, "media.ready", { mediaId: row.id });
    return rows.length > 0 || (await tx.execute(sql`select 1 from media where id = ${row.id}::bigint`)).length > 0;
  });
  if (!isThere) await storage().delete(videoKey(row.id, row.version, VOICE_FILE));
}

/** Ends a row that can't be made ready, or passes the error on so that the job is tried again. */
async function settle(row: Row, error: unknown, attempt: number): Promise<void> {
  if (error instanceof StorageUnavailableError) throw new NotNowError(error.message, { cause: error });
  const hasDied = error instanceof ToolFailedError && attempt >= ATTEMPTS;
  const problem: ProblemCode | null = error instanceof MediaProblem ? error.code : hasDied ? "voice_damaged" : null;
  if (problem === null) throw error;
  log().info({ media_id: row.id, problem, cause: error instanceof Error ? error.cause : undefined }, "voice note refused");
  await db().transaction(async (tx) => {
    const rows = await tx.execute(sql`update media set state = 'failed', problem = ${problem} where id = ${row.id}::bigint and state = 'processing' returning 1`);
    if (rows.length > 0) await announce(tx, "media.failed", { mediaId: row.id });
  });
}
