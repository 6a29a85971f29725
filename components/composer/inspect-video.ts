import { MAX_VIDEO_BYTES, MAX_VIDEO_PIXELS, MAX_VIDEO_SECONDS, MAX_VIDEO_SIDE, MIN_VIDEO_SECONDS, type VideoType } from "@/lib/media/limits";
import { PROBLEMS } from "@/lib/media/problems";
import type { Inspected } from "./inspect-file";

/** Longest wait for a browser that neither shows a video nor says that it can't, ms. */
const PATIENCE = 8_000;

const refuse = (reason: string): Inspected => ({ ok: false, reason });

/** Judges a video before a byte moves. One that this browser can't play (HEVC in many) is left to the server. */
export async function inspectVideo(file: File, type: VideoType, shrink: (picture: HTMLVideoElement, width: number, height: number) => Promise<Blob | null>): Promise<Inspected> {
  if (file.size > MAX_VIDEO_BYTES) return refuse(PROBLEMS.video_too_many_bytes);
  if (!(await takesVideos())) return refuse(PROBLEMS.no_video_tools);
  const seen = await measure(file, shrink);
  if (!seen) return { ok: true, type, width: 0, height: 0, thumb: null };
  const { width, height, seconds } = seen;
  if (Math.max(width, height) > MAX_VIDEO_SIDE || width * height > MAX_VIDEO_PIXELS) return refuse(PROBLEMS.video_too_large);
  if (Number.isFinite(seconds) && seconds > MAX_VIDEO_SECONDS + 1) return refuse(PROBLEMS.video_too_long);
  if (Number.isFinite(seconds) && seconds < MIN_VIDEO_SECONDS) return refuse(PROBLEMS.video_too_short);
  return { ok: true, type, width, height, thumb: seen.thumb };
}

/** Whether this server has what it takes; a device that is offline hears of it when it sends. */
async function takesVideos(): Promise<boolean> {
  const limits = await fetch("/api/limits").then((answer) => answer.json() as Promise<{ video?: { available: boolean } }>).catch(() => null);
  return limits?.video?.available ?? true;
}

type Seen = { width: number; height: number; seconds: number; thumb: Blob | null };

async function measure(file: Blob, shrink: (picture: HTMLVideoElement, width: number, height: number) => Promise<Blob | null>): Promise<Seen | null> {
  const url = URL.createObjectURL(file);
  const video = document.createElement("video");
  try {
    Object.assign(video, { muted: true, playsInline: true, preload: "auto", src: url });
    await happens(video, "loadeddata");
    const { videoWidth: width, videoHeight: height, duration: seconds } = video;
    if (width === 0 || height === 0) return null;
    return { width, height, seconds, thumb: await shrink(video, width, height).catch(() => null) };
  } catch {
    return null;
  } finally {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
  }
}

function happens(video: HTMLVideoElement, event: "loadeddata"): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("timeout")), PATIENCE);
    video.addEventListener(event, () => (clearTimeout(timer), resolve()), { once: true });
    video.addEventListener("error", () => (clearTimeout(timer), reject(new Error("unreadable"))), { once: true });
  });
}
