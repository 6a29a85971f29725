import { useEffect, useState } from "react";
import type { Size } from "@/lib/media/edit/geometry";

export type VideoFile = { url: string; seconds: number; size: Size; /** Pictures from beginning to end, for the strip. */ frames: string[] };

const FRAMES = 9;
const FRAME_HEIGHT = 112;
/** Longest wait for a browser to jump to a place in the video, ms. */
const PATIENCE = 4_000;

/** A video on the device, or at an address, made ready for its editor. `problem` says in words why it can't be. */
export function useVideoFile(source: Blob | string): { file: VideoFile | null; problem: string | null } {
  const [file, setFile] = useState<VideoFile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const url = typeof source === "string" ? source : URL.createObjectURL(source);
    let isWanted = true;
    const add = (frame: string) => isWanted && setFile((now) => now && { ...now, frames: [...now.frames, frame] });
    open(url)
      .then((video) => {
        if (isWanted) setFile({ url, seconds: video.duration, size: { width: video.videoWidth, height: video.videoHeight }, frames: [] });
        return takeFrames(video, add, () => isWanted);
      })
      .catch(() => isWanted && setProblem(typeof source === "string" ? "This browser can’t play the video, so it can’t be edited here. It stays as it is." : "This browser can’t play the video, so it can’t be edited here. It is posted whole."));
    return () => {
      isWanted = false;
      if (typeof source !== "string") URL.revokeObjectURL(url);
    };
  }, [source]);
  return { file, problem };
}

async function open(url: string): Promise<HTMLVideoElement> {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, playsInline: true, preload: "auto", src: url });
  await event(video, "loadeddata");
  // Recordings of browsers don't say how long they are until somebody looks for the end.
  if (!Number.isFinite(video.duration)) await seek(video, 1e7);
  if (!Number.isFinite(video.duration) || video.videoWidth === 0) throw new Error("not shown");
  return video;
}

function event(video: HTMLVideoElement, name: "loadeddata" | "seeked"): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("too slow")), PATIENCE);
    video.addEventListener(name, () => (clearTimeout(late), resolve()), { once: true });
    video.addEventListener("error", () => (clearTimeout(late), reject(new Error("not shown"))), { once: true });
  });
}

async function seek(video: HTMLVideoElement, to: number): Promise<void> {
  const arrived = event(video, "seeked");
  video.currentTime = to;
  await arrived;
}

/** One picture after another, so that the strip fills while one looks at it. */
async function takeFrames(video: HTMLVideoElement, add: (frame: string) => void, isWanted: () => boolean): Promise<void> {
  const canvas = document.createElement("canvas");
  canvas.height = FRAME_HEIGHT;
  canvas.width = Math.max(1, Math.round((FRAME_HEIGHT * video.videoWidth) / video.videoHeight));
  const pen = canvas.getContext("2d");
  for (let i = 0; i < FRAMES && isWanted(); i++) {
    await seek(video, ((i + 0.5) / FRAMES) * video.duration);
    pen?.drawImage(video, 0, 0, canvas.width, canvas.height);
    add(canvas.toDataURL("image/jpeg", 0.7));
  }
}
