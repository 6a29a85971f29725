/**
 * What may be brought, for the composer, the server and `/api/limits` alike. Safe to import in the browser.
 * Bytes are counted in full; a megapixel is a million pixels.
 */
export const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif", "image/heic", "image/heif", "image/jxl"] as const;
export type PhotoType = (typeof PHOTO_TYPES)[number];

export const MAX_PHOTO_BYTES = 30 * 1024 * 1024;
export const MAX_PHOTO_PIXELS = 100_000_000;
/** What the decoder of JPEG XL can do in a gigabyte of memory: only what is lossy and opaque is decoded in strips (decisions/0020). */
export const MAX_JXL_PIXELS = { lossy: MAX_PHOTO_PIXELS, lossless: 40_000_000, seeThrough: 16_000_000 } as const;
/** Nothing we write can be longer than a JPEG's 65,535. */
export const MAX_PHOTO_SIDE = 65_535;

/** Containers; what is inside (H.264, HEVC, VP8, VP9, AV1) is judged by the server's ffmpeg. */
export const VIDEO_TYPES = ["video/mp4", "video/quicktime", "video/webm", "video/x-matroska"] as const;
export type VideoType = (typeof VIDEO_TYPES)[number];

/** By ffmpeg's names; which of them a server decodes is its ffmpeg's matter. */
export const VIDEO_CODECS = ["h264", "hevc", "vp8", "vp9", "av1"] as const;
export type VideoCodec = (typeof VIDEO_CODECS)[number];

export const MAX_VIDEO_BYTES = 1024 * 1024 * 1024;
export const MAX_VIDEO_SECONDS = 900;
/** A shorter one is a still picture; trimming ends here, too. */
export const MIN_VIDEO_SECONDS = 0.1;
export const MAX_VIDEO_SIDE = 8_192;
export const MAX_VIDEO_PIXELS = 40_000_000;
/** Subtitles of one language, as WebVTT. */
export const MAX_CAPTIONS_BYTES = 1_000_000;
export const MAX_CAPTIONS_LANGUAGES = 20;

/** Voice notes of messages. */
export const VOICE_TYPES = ["audio/webm", "audio/mp4", "audio/ogg", "audio/mpeg"] as const;
export type VoiceType = (typeof VOICE_TYPES)[number];
export const MAX_VOICE_BYTES = 20 * 1024 * 1024;
export const MAX_VOICE_SECONDS = 300;

export const MAX_AVATAR_BYTES = MAX_PHOTO_BYTES;

export const MIN_POST_ITEMS = 1;
export const MAX_POST_ITEMS = 20;
export const MAX_CAPTION = 2_200;
export const MAX_ALT = 1_000;

/** Seconds that an upload address is valid. */
export const UPLOAD_EXPIRES_IN = 300;

/** Larger files may be sent in parts of so many bytes, the last one what is left: little is lost with a connection. S3 allows no less than 5 MB. */
export const PART_BYTES = 8 * 1024 * 1024;

/** The parts of a file of `size` bytes, numbered from 1. */
export function partsOf(size: number): { number: number; start: number; size: number }[] {
  return Array.from({ length: Math.ceil(size / PART_BYTES) }, (_, index) => ({ number: index + 1, start: index * PART_BYTES, size: Math.min(PART_BYTES, size - index * PART_BYTES) }));
}

/** Widths of the derived sizes; 150 is a square. */
export const VARIANT_WIDTHS = [150, 320, 640, 1080, 1440] as const;

/** Files a person may have lying about without a post, in a day; their bytes are those of the largest post and half of that again. */
export const MAX_UNATTACHED = 400;
export const MAX_UNATTACHED_BYTES = 1.5 * MAX_POST_ITEMS * MAX_VIDEO_BYTES;

/** The type a client declares, in the form we use; `null` when it is no photo type we take. */
export function photoType(declared: string): PhotoType | null {
  const type = declared.split(";")[0]!.trim().toLowerCase().replace(/^image\/(jpg|pjpeg)$/, "image/jpeg").replace(/^(image\/hei[cf])-sequence$/, "$1");
  return (PHOTO_TYPES as readonly string[]).includes(type) ? (type as PhotoType) : null;
}

/** As `photoType`, for videos. Browsers name the same containers differently. */
export function videoType(declared: string): VideoType | null {
  const type = declared.split(";")[0]!.trim().toLowerCase().replace(/^video\/(x-m4v|m4v)$/, "video/mp4").replace(/^video\/(matroska|mkv|x-mkv)$/, "video/x-matroska").replace(/^video\/mov$/, "video/quicktime");
  return (VIDEO_TYPES as readonly string[]).includes(type) ? (type as VideoType) : null;
}

/** As `photoType`, for voice notes. */
export function voiceType(declared: string): VoiceType | null {
  const type = declared.split(";")[0]!.trim().toLowerCase().replace(/^audio\/(x-m4a|m4a|aac)$/, "audio/mp4").replace(/^audio\/mp3$/, "audio/mpeg");
  return (VOICE_TYPES as readonly string[]).includes(type) ? (type as VoiceType) : null;
}

/** Whether a declared type is a photo or a video that we take; `null` for anything else. */
export function mediaKind(declared: string): "image" | "video" | null {
  return photoType(declared) ? "image" : videoType(declared) ? "video" : null;
}
