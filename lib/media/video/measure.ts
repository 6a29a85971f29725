import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Rendition } from "@/db/schema/media-edit";
import type { VideoType } from "../limits";
import { filtersOf, inputOf, type Making, SEGMENT_SECONDS, spanOf } from "./command";
import { inputOptions } from "./probe";
import type { Ffmpeg } from "./programs";
import { runTool } from "./run";

/** Samples at most, and one for so many seconds of what is shown. */
const SAMPLES = 3;
const ONE_FOR = 6;
/** Together they are no more than this share of it, and a second each at most: 9 % of what making 20 s of 1080p cost, 18 % of 3 s (decisions/0023). */
const SHARE = 0.1;
const LONGEST = 1;
const NICENESS = 19;
const SECONDS = 120;

type Order = { dir: string; signal: AbortSignal };
type Subject = { making: Making; renditions: readonly Rendition[]; duration: number };

type Sample = { at: number; length: number };

/**
 * How similar each size is to the video as it was brought, cut, toned and scaled to it but not compressed: SSIM (Wang et
 * al. 2004, by ffmpeg's filter) of the luma, the mean over up to three short samples. By name; the files of the sizes lie in
 * `dir` as `{name}.mp4`. Throws `ToolFailedError`.
 */
export async function measureSimilarity(subject: Subject, tools: Ffmpeg, order: Order): Promise<Record<string, number>> {
  const samples = await chooseSamples(subject, tools, order);
  const frames = new Map<string, number[]>(subject.renditions.map(({ name }) => [name, []]));
  for (const sample of samples) {
    await runTool(tools.ffmpeg, sampleCommand(subject, tools, sample), { ...order, seconds: SECONDS, niceness: NICENESS });
    for (const [name, list] of frames) list.push(...lumasIn(await readFile(join(order.dir, `${name}.ssim`), "utf8")));
  }
  return Object.fromEntries([...frames].filter(([, list]) => list.length > 0).map(([name, list]) => [name, Math.round((list.reduce((sum, one) => sum + one, 0) / list.length) * 1e5) / 1e5]));
}

const lumasIn = (text: string) => [...text.matchAll(/^n:\d+ Y:([\d.]+)/gm)].map((match) => Number(match[1])).filter((one) => one > 0 && one <= 1);

/**
 * Right behind key frames of the file that was brought, near those of ours, so that little is decoded in vain; each half-way
 * between two frames, so that the first one after it is the same in every file.
 */
async function chooseSamples({ making, renditions, duration }: Subject, tools: Ffmpeg, { dir, signal }: Order): Promise<Sample[]> {
  const ask = async (path: string, type: VideoType, stream: string, more: string[]) => {
    const args = ["-v", "error", ...inputOptions(type), "-select_streams", stream, ...more, "-show_entries", "packet=pts_time", "-of", "csv=p=0", "-i", `file:${path}`];
    const told = await runTool(tools.ffprobe, args, { dir, seconds: 60, niceness: NICENESS, signal });
    return told.split("\n").map(Number.parseFloat).filter(Number.isFinite);
  };
  const { probe, edit, path } = making;
  const { start } = spanOf(edit, probe.duration);
  const count = Math.max(1, Math.min(SAMPLES, Math.floor(duration / ONE_FOR)));
  const length = Math.min(LONGEST, (duration * SHARE) / count);
  const places = Array.from({ length: count }, (_, i) => start + Math.floor(((i + 0.5) / count) * (duration / SEGMENT_SECONDS)) * SEGMENT_SECONDS + 1);
  const keys = await ask(path, probe.type, String(probe.videoStream), ["-read_intervals", places.map((at) => `${at.toFixed(3)}%+#1`).join(",")]);
  const moments = (await ask(`${renditions[0]!.name}.mp4`, "video/mp4", "v:0", [])).toSorted((a, b) => a - b);
  const first = moments[0] ?? 0;
  const found = keys.map((key) => Math.max(0, moments.findLastIndex((at) => at - first <= key - start + 0.001)) + 1);
  return [...new Set(found)].flatMap((i) => (moments[i + 1] === undefined ? [] : [{ at: (moments[i]! + moments[i + 1]!) / 2 - first, length: Math.max(length, moments[i + 1]! - moments[i]!) }]));
}

/** The file that was brought and all sizes from the same moment on, frame by frame beside each other. */
function sampleCommand({ making, renditions }: Subject, tools: Ffmpeg, { at, length }: Sample): string[] {
  const { start } = spanOf(making.edit, making.probe.duration);
  const largestFirst = renditions.map((rendition, i) => ({ ...rendition, input: i + 1 })).toReversed();
  // By number instead of time: times differ by the rounding of their containers.
  const numbered = "setpts=N/25/TB";
  const parts = [`[0:${making.probe.videoStream}]${filtersOf(making, tools, largestFirst[0]!).join(",")},${numbered}[s0]`];
  largestFirst.forEach(({ name, input }, i) => {
    const next = largestFirst[i + 1];
    parts.push(next ? `[s${i}]split[r${i}][t${i}]` : `[s${i}]null[r${i}]`);
    if (next) parts.push(`[t${i}]scale=${next.width}:${next.height}:flags=bicubic,setsar=1[s${i + 1}]`);
    parts.push(`[${input}:v:0]setsar=1,${numbered}[d${i}]`, `[r${i}][d${i}]ssim=stats_file=${name}.ssim:shortest=1:repeatlast=0[o${i}]`);
  });
  return [
    "-hide_banner", "-nostdin", "-y", "-v", "error",
    // More threads decode frames ahead that nobody asks for.
    "-threads", "1", ...inputOf(making, start + at, length),
    ...renditions.flatMap(({ name }) => ["-threads", "1", "-protocol_whitelist", "file", "-f", "mov", "-ss", at.toFixed(5), "-t", length.toFixed(3), "-i", `file:${name}.mp4`]),
    "-filter_complex", parts.join(";"), ...largestFirst.flatMap((_, i) => ["-map", `[o${i}]`]), "-f", "null", "-",
  ];
}
