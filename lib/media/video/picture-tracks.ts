import { MAX_VIDEO_PIXELS, MAX_VIDEO_SIDE, type VideoCodec } from "../limits";
import type { ProblemCode } from "../problems";

/**
 * Pictures in a video's file, as its index says: stored at `width` x `height`, to be shown at `shown` where that is known.
 * `codec` by ffmpeg's names; "other" is none that we take, null one that only ffmpeg can tell.
 */
export type PictureTrack = { codec: VideoCodec | "other" | null; isDefault: boolean; width: number; height: number; shown: { width: number; height: number } | null };
/** What the beginning and the index of a video say. `seconds` and `tracks` null where they do not. */
export type VideoHeader = { seconds: number | null; tracks: PictureTrack[] | null };
/** Gives bytes from anywhere in a file, fewer at its end. */
export type Reader = { readonly size: number; read(offset: number, length: number): Promise<Uint8Array> };

/** Why ffmpeg would refuse a video, as far as its index tells; null for what it has to judge. `decodable`: what the server can decode. */
export function judgeTracks(tracks: PictureTrack[] | null, decodable: readonly string[]): ProblemCode | null {
  if (tracks === null) return null;
  if (tracks.length === 0) return "video_damaged";
  const taken = tracks.filter(({ codec }) => codec !== "other");
  const track = taken.find(({ isDefault }) => isDefault) ?? taken[0];
  if (!track || (track.codec !== null && !decodable.includes(track.codec))) return "video_codec";
  const { width, height, shown } = track;
  const side = Math.max(width, height, shown?.width ?? 0, shown?.height ?? 0);
  return side > MAX_VIDEO_SIDE || width * height > MAX_VIDEO_PIXELS ? "video_too_large" : null;
}
