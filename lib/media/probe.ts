import { open } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { ObjectStorage } from "@/lib/platform/storage/types";
import { type ByteReader, windowedReader } from "./byte-reader";
import { readPhotoHeader } from "./headers";
import { MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS, MAX_PHOTO_SIDE, type PhotoType, type VoiceType } from "./limits";
import { MediaProblem } from "./problems";
import { containerOf } from "./video/container";
import { probeVideo, type VideoProbe } from "./video/probe";

/** What a photo is before anything is decoded; `width` and `height` as it is to be shown. */
export type Probe = { type: PhotoType; bytes: number; width: number; height: number };

/** Judges a file by its header; throws `MediaProblem`. Costs a few kilobytes of reading, whatever the header claims. */
export async function probePhoto(reader: ByteReader): Promise<Probe> {
  if (reader.size > MAX_PHOTO_BYTES) throw new MediaProblem("too_many_bytes");
  const { type, width, height, orientation, maxPixels = Infinity } = await readPhotoHeader(reader);
  if (width === 0 || height === 0) throw new MediaProblem("damaged");
  if (width * height > MAX_PHOTO_PIXELS || width > MAX_PHOTO_SIDE || height > MAX_PHOTO_SIDE) throw new MediaProblem("too_many_pixels");
  if (width * height > maxPixels) throw new MediaProblem("too_many_pixels_jxl");
  const turned = orientation >= 5;
  return { type, bytes: reader.size, width: turned ? height : width, height: turned ? width : height };
}

/** What an upload is, by its bytes: a photo, or a video of which the beginning and the index were read. */
export type ObjectProbe = (Probe & { kind: "image"; duration: null }) | (VideoProbe & { kind: "video" });

/** Judges an uploaded object through ranged reads. `expectedBytes` is what the upload was signed for. */
export async function probeObject(store: ObjectStorage, key: string, expectedBytes: number): Promise<ObjectProbe> {
  const info = await store.head(key);
  if (!info) throw new MediaProblem("not_arrived");
  if (info.size === 0) throw new MediaProblem("empty");
  if (info.size !== expectedBytes) throw new MediaProblem("wrong_size");
  const reader = windowedReader(info.size, async (offset, length) => {
    const found = await store.get(key, { start: offset, end: offset + length - 1 });
    if (!found) throw new MediaProblem("not_arrived");
    return buffer(found.body);
  });
  if (containerOf(await reader.read(0, 512))) return { ...(await probeVideo(reader)), kind: "video" };
  return { ...(await probePhoto(reader)), kind: "image", duration: null };
}

const VOICE_STARTS: Record<VoiceType, (start: Buffer) => boolean> = {
  "audio/webm": (start) => start.toString("latin1", 0, 4) === "\x1aE\xdf\xa3",
  "audio/mp4": (start) => start.toString("latin1", 4, 8) === "ftyp",
  "audio/ogg": (start) => start.toString("latin1", 0, 4) === "OggS",
  "audio/mpeg": (start) => start.toString("latin1", 0, 3) === "ID3" || (start[0] === 0xff && (start[1]! & 0xe0) === 0xe0),
};

/** The same of a voice note, by how it begins; whether it can be heard shows when it is made ready. */
export async function probeVoice(store: ObjectStorage, key: string, expectedBytes: number, type: VoiceType) {
  const info = await store.head(key);
  if (!info) throw new MediaProblem("not_arrived");
  if (info.size === 0) throw new MediaProblem("empty");
  if (info.size !== expectedBytes) throw new MediaProblem("wrong_size");
  const found = await store.get(key, { start: 0, end: Math.min(63, info.size - 1) });
  if (!found) throw new MediaProblem("not_arrived");
  if (info.size < 64 || !VOICE_STARTS[type](await buffer(found.body))) throw new MediaProblem("voice_damaged");
  return { kind: "audio" as const, type, width: null, height: null, duration: null };
}

/** Judges a local file: what was put to a signed address after it was judged there is judged again before decoding. */
export async function probeFile(path: string): Promise<Probe> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const reader = windowedReader(size, async (offset, length) => {
      const { buffer: bytes, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
      return bytes.subarray(0, bytesRead);
    });
    return await probePhoto(reader);
  } finally {
    await file.close();
  }
}
