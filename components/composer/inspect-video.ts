import { MAX_VIDEO_BYTES, MAX_VIDEO_PIXELS, MAX_VIDEO_SECONDS, MAX_VIDEO_SIDE, MIN_VIDEO_SECONDS, VIDEO_CODECS, type VideoType } from "@/lib/media/limits";
import { PROBLEMS } from "@/lib/media/problems";
import { readMatroskaHeader } from "@/lib/media/video/matroska-header";
import { readMovHeader } from "@/lib/media/video/mov-header";
import { judgeTracks, type VideoHeader } from "@/lib/media/video/picture-tracks";
import type { Inspected } from "./inspect-file";
import { drawThumb } from "./thumb";

/** What a player that finds nothing to play may take to say so, ms. */
const PATIENCE = 8_000;

const refuse = (reason: string): Inspected => ({ ok: false, reason });

/** Judges a video before any of it moves: by its size, its index, and what this browser's player sees. The server's ffmpeg judges again. */
export async function inspectVideo(file: File, type: VideoType): Promise<Inspected> {
  if (file.size > MAX_VIDEO_BYTES) return refuse(PROBLEMS.video_too_many_bytes);
  const codecs = await decodable();
  if (codecs === null) return refuse(PROBLEMS.no_video_tools);
  const header = await readHeader(file, type);
  if (header === null) return refuse(PROBLEMS.video_damaged);
  const problem = judgeTracks(header.tracks, codecs);
  if (problem) return refuse(PROBLEMS[problem]);
  const seen = await watch(file);
  const seconds = seen?.duration ?? header.seconds;
  if (seconds !== null && seconds > MAX_VIDEO_SECONDS + 1) return refuse(PROBLEMS.video_too_long);
  if (seconds !== null && seconds < MIN_VIDEO_SECONDS) return refuse(PROBLEMS.video_too_short);
  // Of a kind that this browser can't play (HEVC, Matroska in many), the server may know more.
  if (!seen) return { ok: true, type, width: 0, height: 0, duration: seconds, thumb: null };
  const { width, height } = seen;
  if (Math.max(width, height) > MAX_VIDEO_SIDE || width * height > MAX_VIDEO_PIXELS) return refuse(PROBLEMS.video_too_large);
  return { ok: true, type, width, height, duration: seconds, thumb: seen.thumb };
}

/** The codecs that this server decodes, null when it takes no videos; a device that is offline hears of it when it sends. */
async function decodable(): Promise<readonly string[] | null> {
  const limits = await fetch("/api/limits").then((answer) => answer.json() as Promise<{ video?: { available: boolean; codecs: string[] } }>).catch(() => null);
  if (!limits?.video) return VIDEO_CODECS;
  return limits.video.available ? limits.video.codecs : null;
}

/** What the file itself says; null of an MP4 or MOV without an index. */
function readHeader(file: File, type: VideoType): Promise<VideoHeader | null> {
  const reader = { size: file.size, read: async (offset: number, length: number) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()) };
  return type === "video/mp4" || type === "video/quicktime" ? readMovHeader(reader) : readMatroskaHeader(reader);
}

type Seen = { width: number; height: number; duration: number | null; thumb: Blob | null };

/** What the browser's player makes of it: size as shown, length, a frame near the beginning. `null` when it can't play it. */
async function watch(file: Blob): Promise<Seen | null> {
  const video = document.createElement("video");
  const url = URL.createObjectURL(file);
  Object.assign(video, { muted: true, preload: "auto", playsInline: true });
  try {
    video.src = url;
    await once(video, "loadeddata");
    const { videoWidth: width, videoHeight: height } = video;
    if (!width || !height) return null;
    const duration = Number.isFinite(video.duration) ? video.duration : null;
    return { width, height, duration, thumb: await frameOf(video, width, height).catch(() => null) };
  } catch {
    return null;
  } finally {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
  }
}

async function frameOf(video: HTMLVideoElement, width: number, height: number): Promise<Blob | null> {
  // Many films begin in the dark.
  video.currentTime = Math.min(1, (video.duration || 0) / 3);
  await once(video, "seeked");
  return drawThumb(video, width, height);
}

function once(video: HTMLVideoElement, event: "loadeddata" | "seeked"): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the player does not answer")), PATIENCE);
    const settle = (end: () => void) => () => (clearTimeout(timer), end());
    video.addEventListener(event, settle(resolve), { once: true });
    video.addEventListener("error", settle(() => reject(new Error("the player can't play it"))), { once: true });
  });
}
