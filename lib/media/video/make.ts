import { open, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Rendition, VideoEdit, VideoFiles, VideoReceipt } from "@/db/schema/media-edit";
import type { Variant } from "@/db/schema/media";
import { derive } from "../decoder";
import { plainVariant } from "../made";
import { MAX_VIDEO_SECONDS, MIN_VIDEO_SECONDS } from "../limits";
import { MediaProblem } from "../problems";
import { cropOf, ladderCommand, type Making, posterCommand, previewCommand, spanOf } from "./command";
import { ladderFor, plainRung, type Rung } from "./ladder";
import { codecsOf, endAt, peakOf, readPlaylist, writeMaster, writePlaylist } from "./playlist";
import { inputOptions, probeVideoFile, type VideoProbe } from "./probe";
import { type Ffmpeg, findFfmpeg } from "./programs";
import { hasVariableRate, newReceipt } from "./receipt";
import { runTool, ToolFailedError, turnstiles } from "./run";

export type MadeVideo = {
  source: VideoProbe; width: number; height: number; duration: number; hasAudio: boolean; thumbhash: string; variants: Variant[]; files: VideoFiles; receipt: VideoReceipt;
};
export type Order = { path: string; dir: string; edit: VideoEdit | null; signal: AbortSignal; onProgress: (share: number) => void };

/** A minute of 4K takes a slow machine a quarter of an hour. */
const SECONDS_PER_SECOND = 20;
const LEAST_SECONDS = 300;
/** Yields to everything else on the machine. */
export const NICENESS = 15;

/** There is no ffmpeg just now, though there was one when the video was announced. */
export class NoToolsError extends Error {}

/**
 * Makes everything that is served of a video, into `dir`: the ladder with its playlists, one plain MP4, the poster in the
 * sizes of a photo, a moving preview. Throws `MediaProblem` for a file at fault, `ToolFailedError` for what is worth another try.
 */
export async function makeVideo(order: Order): Promise<MadeVideo> {
  const { making, tools, size } = await prepare(order);
  const { hasAudio, probe } = making;
  await makeLadder(making, tools, order);
  const duration = await measure(making, tools, order);
  const renditions = await Promise.all(making.rungs.map((rung) => describe(order.dir, rung, hasAudio, duration)));
  await writeFile(join(order.dir, "master.m3u8"), writeMaster(renditions));
  const poster = await makePoster(making, tools, order);
  const plain = plainRung(making.rungs);
  const mp4 = { width: plain.width, height: plain.height, bytes: await bytesOf(order.dir, "video.mp4") };
  const preview = await makePreview(making, tools, order);
  const receipt = newReceipt(making, tools, await hasVariableRate(making, tools, order));
  return { source: probe, width: size.width, height: size.height, duration, hasAudio, ...poster, files: { renditions, mp4, preview }, receipt };
}

/** Looks at the file and plans what is to be made of it. */
export async function prepare({ path, dir, edit }: Pick<Order, "path" | "dir" | "edit">) {
  const tools = await needFfmpeg();
  const probe = await probeVideoFile(path, dir);
  const size = cropOf(probe, edit) ?? { width: probe.width, height: probe.height };
  const hasAudio = probe.audioStream !== null && !edit?.isMuted;
  const making: Making = { path, probe, edit, hasAudio, rungs: ladderFor(size, probe.framesPerSecond) };
  return { making, tools, size: { width: size.width, height: size.height } };
}

/** Throws `NoToolsError`. */
export async function needFfmpeg(): Promise<Ffmpeg> {
  const tools = await findFfmpeg();
  if (!tools) throw new NoToolsError("no ffmpeg");
  return tools;
}

export const bytesOf = async (dir: string, name: string) => (await stat(join(dir, name))).size;

async function makeLadder(making: Making, tools: Ffmpeg, { dir, signal, onProgress }: Order): Promise<void> {
  const { length } = spanOf(making.edit, making.probe.duration);
  if (length !== null && length < MIN_VIDEO_SECONDS) throw new MediaProblem("video_too_short");
  const seconds = Math.max(LEAST_SECONDS, (length ?? MAX_VIDEO_SECONDS) * SECONDS_PER_SECOND);
  const onLine = (line: string) => {
    const at = /^out_time_us=(\d+)/.exec(line)?.[1];
    if (at && length) onProgress(Math.min(1, Number(at) / 1e6 / length));
  };
  await turnstiles().transcode.pass(() => runTool(tools.ffmpeg, ladderCommand(making, tools), { dir, seconds, niceness: NICENESS, signal, onLine })).catch(judge);
}

/** The seconds that came out; refuses what was cut off in the middle, and what turned out too long. */
async function measure({ probe, edit }: Making, tools: Ffmpeg, { dir, signal }: Order): Promise<number> {
  const { length } = spanOf(edit, probe.duration);
  const args = ["-v", "error", ...inputOptions("video/mp4"), "-show_entries", "format=duration", "-of", "csv=p=0", "-i", "file:video.mp4"];
  const made = Number(await runTool(tools.ffprobe, args, { dir, seconds: 30, signal }).catch(judge));
  if (!(made > 0) || (length !== null && made < length * 0.95 - 0.5)) throw new MediaProblem("video_damaged");
  if (made > MAX_VIDEO_SECONDS + 2) throw new MediaProblem("video_too_long");
  return Math.round(made * 1_000) / 1_000;
}

/** What the machine lacked is worth another try; else the file is at fault. */
export function judge(error: unknown): never {
  if (!(error instanceof ToolFailedError) || error.how !== "said no") throw error;
  if (/No space left|allocate memory|Resource temporarily|ended with SIG/i.test(error.reason)) throw error;
  throw new MediaProblem("video_damaged", { cause: error.reason });
}

/** Writes the playlist of one size anew and tells what players must know of it. */
export async function describe(dir: string, rung: Rung, hasAudio: boolean, duration: number): Promise<Rendition> {
  const path = join(dir, `${rung.name}.m3u8`);
  const playlist = endAt(readPlaylist(await readFile(path, "utf8")), duration);
  await writeFile(path, writePlaylist(rung.name, playlist));
  const file = await open(join(dir, `${rung.name}.mp4`), "r");
  const { buffer } = await file.read(Buffer.alloc(playlist.map.bytes), 0, playlist.map.bytes, playlist.map.offset).finally(() => file.close());
  const { name, width, height } = rung;
  return { name, width, height, bandwidth: peakOf(playlist), codecs: codecsOf(buffer, hasAudio), bytes: await bytesOf(dir, `${name}.mp4`) };
}

/** The frame that its author chose, else the first; in the sizes and formats of a photo. */
export async function makePoster(making: Making, tools: Ffmpeg, { dir, signal }: Pick<Order, "dir" | "signal">): Promise<Pick<MadeVideo, "thumbhash" | "variants">> {
  const path = join(dir, "poster.png");
  const { start, length } = spanOf(making.edit, making.probe.duration);
  const wanted = Math.max(start, making.edit?.cover ?? start);
  const latest = length === null ? wanted : start + Math.max(0, length - 0.1);
  for (const at of new Set([Math.min(wanted, latest), start, 0])) {
    await runTool(tools.ffmpeg, posterCommand(making, tools, at, path), { dir, seconds: 60, niceness: NICENESS, signal }).catch(judge);
    if (await stat(path).catch(() => null)) break;
  }
  if (!(await stat(path).catch(() => null))) throw new MediaProblem("video_damaged");
  const { thumbhash, variants, known } = await derive("essential", { path, dir, crop: null });
  const rest = await derive("rest", { path, dir, crop: null, known });
  return { thumbhash, variants: [...variants, ...rest.variants].map(plainVariant) };
}

/** An ornament: a machine whose ffmpeg writes no WebP does without. */
async function makePreview(making: Making, tools: Ffmpeg, { dir, signal }: Order): Promise<VideoFiles["preview"]> {
  if (!tools.encoders.has("libwebp")) return null;
  const args = previewCommand(join(dir, `${making.rungs[0]!.name}.mp4`), join(dir, "preview.webp"));
  try {
    await runTool(tools.ffmpeg, args, { dir, seconds: 60, niceness: NICENESS, signal });
    return { ext: "webp", bytes: await bytesOf(dir, "preview.webp") };
  } catch (error) {
    if (error instanceof ToolFailedError && error.how === "was ended") throw error;
    return null;
  }
}
