import { MAX_VIDEO_BYTES, MAX_VIDEO_PIXELS, MAX_VIDEO_SECONDS, MAX_VIDEO_SIDE, MIN_VIDEO_SECONDS, type VideoType } from "@/lib/media/limits";
import { PROBLEMS } from "@/lib/media/problems";
import type { Inspected } from "./inspect-file";
import { drawThumb } from "./thumb";

/** What a player that finds nothing to play may take to say so, ms. */
const PATIENCE = 8_000;

const refuse = (reason: string): Inspected => ({ ok: false, reason });

/** Judges a video before any of it moves: by its size, its index, and what this browser's player sees. The server's ffmpeg judges again. */
export async function inspectVideo(file: File, type: VideoType): Promise<Inspected> {
  if (file.size > MAX_VIDEO_BYTES) return refuse(PROBLEMS.video_too_many_bytes);
  if (!(await takesVideos())) return refuse(PROBLEMS.no_video_tools);
  const hasIndex = type === "video/mp4" || type === "video/quicktime";
  const index = hasIndex ? await readIndex(file) : null;
  if (hasIndex && index === null) return refuse(PROBLEMS.video_damaged);
  const seen = await watch(file);
  const seconds = seen?.duration ?? index?.seconds ?? null;
  if (seconds !== null && seconds > MAX_VIDEO_SECONDS + 1) return refuse(PROBLEMS.video_too_long);
  if (seconds !== null && seconds < MIN_VIDEO_SECONDS) return refuse(PROBLEMS.video_too_short);
  // Of a kind that this browser can't play (HEVC, Matroska in many), the server may know more.
  if (!seen) return { ok: true, type, width: 0, height: 0, duration: seconds, thumb: null };
  const { width, height } = seen;
  if (Math.max(width, height) > MAX_VIDEO_SIDE || width * height > MAX_VIDEO_PIXELS) return refuse(PROBLEMS.video_too_large);
  return { ok: true, type, width, height, duration: seconds, thumb: seen.thumb };
}

/** Whether this server has what it takes; a device that is offline hears of it when it sends. */
async function takesVideos(): Promise<boolean> {
  const limits = await fetch("/api/limits").then((answer) => answer.json() as Promise<{ video?: { available: boolean } }>).catch(() => null);
  return limits?.video?.available ?? true;
}

/** Boxes looked at before a file counts as one without an index. */
const MAX_BOXES = 200;

/**
 * Walks over the boxes of an MP4 or MOV to its index (`moov`), wherever that lies, and reads how long the film is; `null`
 * when there is none: the file was cut off, or never finished by the camera.
 */
async function readIndex(file: Blob): Promise<{ seconds: number | null } | null> {
  for (let at = 0, count = 0; at + 8 <= file.size && count < MAX_BOXES; count++) {
    const head = await viewOf(file, at, 16);
    const size = boxSize(head, file.size - at);
    if (size < 8 || at + size > file.size) return null;
    if (nameOf(head, 4) === "moov") return { seconds: lengthOf(await viewOf(file, at + (head.getUint32(0) === 1 ? 16 : 8), 4_096)) };
    at += size;
  }
  return null;
}

function boxSize(head: DataView, rest: number): number {
  const short = head.getUint32(0);
  if (short === 1) return head.byteLength >= 16 ? Number(head.getBigUint64(8)) : 0;
  return short === 0 ? rest : short;
}

/** From `mvhd`, which stands first in practice; 0 of a film in fragments means unknown. */
function lengthOf(moov: DataView): number | null {
  for (let at = 0; at + 40 <= moov.byteLength; at += moov.getUint32(at)) {
    if (moov.getUint32(at) < 8) return null;
    if (nameOf(moov, at + 4) !== "mvhd") continue;
    const isLong = moov.getUint8(at + 8) === 1;
    const scale = moov.getUint32(at + (isLong ? 28 : 20));
    const length = isLong ? Number(moov.getBigUint64(at + 32)) : moov.getUint32(at + 24);
    return scale > 0 && length > 0 ? length / scale : null;
  }
  return null;
}

const nameOf = (view: DataView, at: number) => String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4));

const viewOf = async (file: Blob, at: number, length: number) => new DataView(await file.slice(at, at + length).arrayBuffer());

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
