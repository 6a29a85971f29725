import type { Variant } from "@/db/schema/media";
import type { Receipt, Removed, VideoChange } from "@/db/schema/media-edit";

export type { Crop } from "@/db/schema/media";

/** Addresses of one picture by width; see API.md, Shapes. The required keys always work, also for small pictures. */
export type MediaUrls = { "150": string; "320": string; "640": string; "1080": string; "1440"?: string; original?: string };

/** One file of a `<picture>` source set. */
export type MediaSource = { type: "image/avif" | "image/webp" | "image/jpeg"; srcset: string };

/** Subtitles in one language (BCP 47), as WebVTT. */
export type CaptionsView = { language: string; label: string; url: string };

/** What a video has beside what a photo has; while it is made ready, only its author sees how far it is (0 to 100). */
export type VideoView = {
  progress?: number;
  has_audio?: boolean;
  hls_url?: string;
  /** For players that know no HLS: up to 720 lines. */
  mp4_url?: string;
  poster_url?: string;
  /** A moving picture of a few seconds. */
  preview_url?: string;
  captions?: CaptionsView[];
};

/** One item of a post. `width` and `height` are those of the oriented, cropped picture in pixels; `urls` of a video are those of its poster. */
export type MediaView = VideoView & {
  id: string;
  type: "image" | "video";
  state: "pending" | "uploaded" | "processing" | "ready" | "failed";
  width: number;
  height: number;
  duration: number | null;
  alt: string;
  /** Base64 of the ThumbHash. */
  thumbhash: string | null;
  urls: MediaUrls;
  /** Best first, for `<picture>`; the last is JPEG. */
  sources: MediaSource[];
  /** Who stands on it. */
  tags: PersonOnPhoto[];
  /** What the camera wrote, if the author shows it. */
  camera: CameraView | null;
  /** To its author: a new version of a video is being made (`progress` 0 to 100, null before that begins), or the last one came to nothing. */
  change?: ChangeView;
};

/** Somebody at a point of a photo, 0..1 from its left and top. `is_proposed`: not shown to others before they agree. */
export type PersonOnPhoto = { username: string; full_name: string; x: number; y: number; is_proposed?: true; is_viewer?: true };

/** `replacement`: another file is to take its place. */
export type ChangeView = { what: "edit" | "replacement"; progress: number | null; problem: string | null };

/** Seconds and millimetres; null where the camera wrote nothing. */
export type CameraView = { name: string | null; lens: string | null; exposure_seconds: number | null; f_number: number | null; iso: number | null; focal_length: number | null };

/** What became of a photo, for its author alone. */
export type PhotoReceiptView = {
  kind: "image";
  media_id: string;
  state: MediaView["state"];
  /** False until the lighter formats have been made. */
  is_complete: boolean;
  /** What came in: `colour` as its profile calls itself, `quality` (1..100) of a JPEG. */
  source: { type: string; width: number; height: number; bytes: number; colour: string | null; quality: number | null };
  /** What is served is in these colours. */
  colour: Receipt["colour"] | null;
  /** `similarity` is SSIM, 0..1, with the picture at that size before it was compressed. */
  served: { name: string; format: Variant["ext"]; width: number; height: number; bytes: number; similarity: number | null }[];
  /** What the file said beside its picture and nobody gets; null when that is not known. */
  removed: Removed[] | null;
  /** What is kept of it: the camera for those whom the author shows it, the rest for the author alone. */
  kept: { camera: CameraView | null; is_shown: boolean; taken_at: string | null; keeps_place: boolean; place: { latitude: number; longitude: number } | null };
};

/** What became of a video, for its author alone. */
export type VideoReceiptView = {
  kind: "video";
  media_id: string;
  state: MediaView["state"];
  /** False until the similarity has been measured, or has been found not to be measurable. */
  is_complete: boolean;
  /** What came in; null where that was not looked at. */
  source: {
    type: string; width: number; height: number; bytes: number; duration: number | null; codec: string | null; frame_rate: number | null; is_variable_frame_rate: boolean | null;
    hdr: "PQ" | "HLG" | null; audio: { codec: string; channels: number } | null;
  };
  /** Seconds, of what is served. */
  duration: number | null;
  has_audio: boolean;
  /** The sizes, smallest first: bits a second on average; SSIM (0..1) with the video at that size before it was compressed, null where it was not measured. */
  served: { name: string; width: number; height: number; bytes: number; bit_rate: number; similarity: number | null }[];
  /** For players that know no adaptive streams. */
  mp4: { width: number; height: number; bytes: number } | null;
  /** Its cover: the largest, and all its files together. */
  poster: { width: number; height: number; files: number; bytes: number } | null;
  /** What the file said beside its pictures and sound and nobody gets; null when that is not known. */
  removed: Removed[] | null;
  /** What is not as it was brought; null when that is not known. */
  changed: VideoChange[] | null;
};

export type ReceiptView = PhotoReceiptView | VideoReceiptView;
