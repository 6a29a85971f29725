import type { Variant } from "@/db/schema/media";
import type { VideoFiles, VideoReceipt } from "@/db/schema/media-edit";
import type { VideoReceiptView } from "../types";

export type VideoReceiptRow = {
  id: string; state: VideoReceiptView["state"]; content_type: string; bytes: string; width: number | null; height: number | null; duration: number | null; has_audio: boolean | null;
  variants: Variant[]; video: VideoFiles | null; receipt: VideoReceipt | null;
};

/** Of videos from before there were receipts only the files are known. */
export function toVideoReceipt(row: VideoReceiptRow): VideoReceiptView {
  const { receipt, duration, video } = row;
  const files = video?.renditions ?? [];
  return {
    kind: "video", media_id: row.id, state: row.state, is_complete: row.state === "ready" && receipt?.measured !== "later",
    source: sourceOf(row), duration, has_audio: row.has_audio === true,
    served: files.map(({ name, width, height, bytes }) => ({ name, width, height, bytes, bit_rate: duration ? Math.round((bytes * 8) / duration) : 0, similarity: receipt?.similarity[name] ?? null })),
    mp4: video?.mp4 ?? null, poster: posterOf(row.variants), removed: receipt?.removed ?? null, changed: receipt?.changed ?? null,
  };
}

function sourceOf({ receipt, content_type: type, width, height, bytes }: VideoReceiptRow): VideoReceiptView["source"] {
  if (!receipt) return { type, width: width ?? 0, height: height ?? 0, bytes: Number(bytes), duration: null, codec: null, frame_rate: null, is_variable_frame_rate: null, hdr: null, audio: null };
  const { framesPerSecond, isVariable, ...source } = receipt.source;
  return { ...source, frame_rate: Math.round(framesPerSecond * 1_000) / 1_000, is_variable_frame_rate: isVariable };
}

function posterOf(variants: readonly Variant[]): VideoReceiptView["poster"] {
  const largest = variants.toSorted((a, b) => b.width - a.width)[0];
  return largest ? { width: largest.width, height: largest.height, files: variants.length, bytes: variants.reduce((sum, { bytes }) => sum + bytes, 0) } : null;
}
