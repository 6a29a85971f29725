import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { VideoEdit, VideoFiles, VideoReceipt } from "@/db/schema/media-edit";
import { changesOf, silenceCommand } from "./command";
import { bytesOf, describe, judge, type MadeVideo, makePoster, NICENESS, type Order, prepare } from "./make";
import { writeMaster } from "./playlist";
import { newReceipt } from "./receipt";
import { runTool } from "./run";

/** What is served of a video just now. */
export type Served = { duration: number; hasAudio: boolean; video: VideoFiles; receipt: VideoReceipt | null };

/** The least that has to be made: the poster alone, the files without their sound, or everything. */
export type Extent = "poster" | "silence" | "all";

/** Only what changed is made anew; pictures that stay as they are keep every bit. */
export function extentOf(now: VideoEdit | null, wanted: VideoEdit | null): Extent {
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  const trims = [now, wanted].map((edit) => edit?.trim && [edit.trim.start, edit.trim.end]);
  const crops = [now, wanted].map((edit) => edit?.crop && [edit.crop.x, edit.crop.y, edit.crop.width, edit.crop.height]);
  if (!same(trims[0], trims[1]) || !same(crops[0], crops[1])) return "all";
  const [wasMuted, isMuted] = [now?.isMuted ?? false, wanted?.isMuted ?? false];
  return wasMuted === isMuted ? "poster" : isMuted ? "silence" : "all";
}

/** `fetch` brings a file that is served into the folder. */
type Remake = Order & { extent: Exclude<Extent, "all">; served: Served; fetch: (name: string, local: string) => Promise<void> };

/** As `makeVideo`, from what is served already; of the extent "poster" the files of `video` are to be copied as they lie. */
export async function remakeVideo(order: Remake): Promise<MadeVideo> {
  const { served, extent } = order;
  const { making, tools, size } = await prepare(order);
  const poster = await makePoster(making, tools, order);
  const hasAudio = served.hasAudio && extent === "poster";
  const files = extent === "poster" ? served.video : await silenced(order, tools.ffmpeg);
  const receipt: VideoReceipt = served.receipt ? { ...served.receipt, changed: changesOf(making, tools) } : newReceipt(making, tools, null);
  return { source: making.probe, ...size, duration: served.duration, hasAudio, ...poster, files, receipt };
}

/** Every size again without its sound, by copying the pictures. */
async function silenced({ dir, signal, served, fetch, onProgress }: Remake, ffmpeg: string): Promise<VideoFiles> {
  const { renditions, mp4, preview } = served.video;
  const run = (args: string[]) => runTool(ffmpeg, args, { dir, seconds: 600, niceness: NICENESS, signal }).catch(judge);
  const made: VideoFiles["renditions"] = [];
  for (const [at, { name, width, height }] of renditions.entries()) {
    await fetch(`hls/${name}.mp4`, "loud.mp4");
    await run(silenceCommand(join(dir, "loud.mp4"), { playlist: `${name}.m3u8`, file: `${name}.mp4` }));
    made.push(await describe(dir, { name, width, height, maxRate: 0 }, false, served.duration));
    onProgress((at + 1) / (renditions.length + 1));
  }
  await writeFile(join(dir, "master.m3u8"), writeMaster(made));
  if (mp4) {
    await fetch("video.mp4", "loud.mp4");
    await run(silenceCommand(join(dir, "loud.mp4"), { mp4: "video.mp4" }));
  }
  if (preview) await fetch(`preview.${preview.ext}`, `preview.${preview.ext}`);
  return { renditions: made, mp4: mp4 && { ...mp4, bytes: await bytesOf(dir, "video.mp4") }, preview };
}
