import type { VideoFiles } from "@/db/schema/media-edit";
import type { VideoView } from "../types";

/** What of a media row is a video's; all `null` or missing for photos. */
export type VideoColumns = { video?: VideoFiles | null; has_audio?: boolean | null; progress?: number | null; captions?: CaptionsRow[] | null };
export type CaptionsRow = { id: string; language: string; label: string };

/**
 * What a player needs beside what a photo has. `address` gives the (signed) address of a file below the item's own. Before
 * the video is ready there is only how far it is.
 */
export function toVideoView(row: VideoColumns & { state: string }, poster: string, address: (name: string) => string): VideoView {
  if (row.state !== "ready" || !row.video) return row.progress == null ? {} : { progress: row.progress };
  const { mp4, preview } = row.video;
  return {
    has_audio: row.has_audio === true,
    hls_url: address("hls/master.m3u8"),
    ...(mp4 ? { mp4_url: address("video.mp4") } : {}),
    poster_url: poster,
    ...(preview ? { preview_url: address(`preview.${preview.ext}`) } : {}),
    captions: (row.captions ?? []).map(({ id, language, label }) => ({ language, label, url: address(`captions/${id}.vtt`) })),
  };
}
