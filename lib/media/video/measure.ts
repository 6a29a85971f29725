import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Rendition } from "@/db/schema/media-edit";
import { filtersOf, inputOf, type Making, spanOf } from "./command";
import { inputOptions } from "./probe";
import type { Ffmpeg } from "./programs";
import { runTool } from "./run";

/** Where samples begin, as shares of what is shown. */
const PLACES = [0.15, 0.5, 0.85];
/** Together they are no more than this share of it, and a second each at most. */
const SHARE = 0.12;
const LONGEST = 1;
const NICENESS = 19;
const SECONDS = 120;

type Order = { dir: string; signal: AbortSignal };
type Subject = { making: Making; renditions: readonly Rendition[]; duration: number };

/**
 * How similar each size is to the video as it was brought, cut, toned and scaled to it but not compressed: SSIM (Wang et
 * al. 2004, by ffmpeg's filter) of the luma, the mean over three short samples. By name; the files of the sizes lie in
 * `dir` as `{name}.mp4`. Throws `ToolFailedError`.
 */
export async function measureSimilarity(subject: Subject, tools: Ffmpeg, order: Order): Promise<Record<string, number>> {
  const samples = await chooseSamples(subject, tools, order);
  const frames = new Map<string, number[]>(subject.renditions.map(({ name }) => [name, []]));
  for (const at of samples) {
    await runTool(tools.ffmpeg, sampleCommand(subject, tools, at, lengthOf(subject.duration)), { ...order, seconds: SECONDS, niceness: NICENESS });
    for (const [name, list] of frames) list.push(...lumasIn(await readFile(join(order.dir, `${name}.ssim`), "utf8")));
  }
  return Object.fromEntries([...frames].filter(([, list]) => list.length > 0).map(([name, list]) => [name, Math.round((list.reduce((sum, one) => sum + one, 0) / list.length) * 1e5) / 1e5]));
}

const lengthOf = (duration: number) => Math.min(LONGEST, Math.max(0.1, (duration * SHARE) / PLACES.length));
const lumasIn = (text: string) => [...text.matchAll(/^n:\d+ Y:([\d.]+)/gm)].map((match) => Number(match[1])).filter((one) => one > 0 && one <= 1);

/** Moments half-way between two frames, so that the first frame after them is the same one in every file. */
async function chooseSamples({ renditions, duration }: Subject, tools: Ffmpeg, { dir, signal }: Order): Promise<number[]> {
  const args = ["-v", "error", ...inputOptions("video/mp4"), "-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "csv=p=0", "-i", `file:${renditions[0]!.name}.mp4`];
  const told = await runTool(tools.ffprobe, args, { dir, seconds: 60, niceness: NICENESS, signal });
  const moments = told.split("\n").map(Number.parseFloat).filter(Number.isFinite).toSorted((a, b) => a - b);
  const first = moments[0] ?? 0;
  return PLACES.flatMap((place) => {
    const next = moments.findIndex((at) => at - first >= place * duration);
    return next > 0 ? [(moments[next - 1]! + moments[next]!) / 2 - first] : [];
  });
}

/** The file that was brought and all sizes from the same moment on, frame by frame beside each other. */
function sampleCommand({ making, renditions }: Subject, tools: Ffmpeg, at: number, length: number): string[] {
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
    "-hide_banner", "-nostdin", "-y", "-v", "error", ...inputOf(making, start + at, length),
    ...renditions.flatMap(({ name }) => ["-protocol_whitelist", "file", "-f", "mov", "-ss", at.toFixed(5), "-t", length.toFixed(3), "-i", `file:${name}.mp4`]),
    "-filter_complex", parts.join(";"), ...largestFirst.flatMap((_, i) => ["-map", `[o${i}]`]), "-f", "null", "-",
  ];
}
