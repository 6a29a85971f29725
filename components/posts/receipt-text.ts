import type { PhotoReceiptView, VideoReceiptView } from "@/lib/media/types";

type Served = PhotoReceiptView["served"][number];

/** In words, for whoever took the photo. */
export const REMOVED_TEXT: Record<NonNullable<PhotoReceiptView["removed"]>[number], string> = {
  location: "where it was taken",
  serial_number: "serial numbers of camera or lens",
  names: "names and copyright notes",
  thumbnail: "a small copy inside the file",
  camera: "camera and lens",
  time: "when it was taken",
  maker_notes: "notes of the camera's maker",
  software: "which program edited it",
  comments: "descriptions and comments",
  xmp: "an XMP block (edits, keywords)",
  iptc: "an IPTC block (keywords, captions)",
  gain_map: "the brightness map for HDR screens",
  animation: "its movement: the first frame is shown",
  frames: "some of its frames: the others stay longer",
  large_movement: "its largest sizes in movement",
  data_tracks: "tracks of sensors and other data",
  other: "other notes inside the file",
};

/** The same of a video, where it is called otherwise. */
const REMOVED_OF_VIDEO: Partial<typeof REMOVED_TEXT> = { location: "where it was filmed", serial_number: "serial numbers and other marks of the device", camera: "make and model of the camera", time: "when it was filmed", software: "which program wrote it", comments: "titles, descriptions and comments" };

export const removedFromVideo = (what: keyof typeof REMOVED_TEXT) => REMOVED_OF_VIDEO[what] ?? REMOVED_TEXT[what];

/** What a video's receipt says of each change. */
export const CHANGED_TEXT: Record<NonNullable<VideoReceiptView["changed"]>[number], string> = {
  trimmed: "shortened",
  cropped: "cropped",
  silenced: "without its sound",
  toned: "HDR brought to the brightness of ordinary screens",
  thinned: "more than 60 frames a second brought down to 60",
  squared: "stretched to the shape in which it is meant to be seen",
};

const FORMATS: Record<string, string> = { jpg: "JPEG", jpeg: "JPEG", png: "PNG", webp: "WebP", avif: "AVIF", gif: "GIF", heic: "HEIC", heif: "HEIF", jxl: "JPEG XL" };

const VIDEO_NAMES: Record<string, string> = {
  "video/mp4": "MP4", "video/quicktime": "MOV", "video/webm": "WebM", "video/x-matroska": "MKV", h264: "H.264", hevc: "HEVC", vp8: "VP8", vp9: "VP9", av1: "AV1",
  aac: "AAC", mp3: "MP3", opus: "Opus", vorbis: "Vorbis", flac: "FLAC", alac: "ALAC", ac3: "AC-3", eac3: "E-AC-3",
};

/** "MOV" of "video/quicktime", "HEVC" of "hevc". */
export const videoName = (name: string) => VIDEO_NAMES[name] ?? name.toUpperCase().replaceAll("_", " ");

const CHANNELS: Record<number, string> = { 1: "mono", 2: "stereo", 6: "5.1" };
export const channelsText = (channels: number) => CHANNELS[channels] ?? `${channels} channels`;

/** 1:05 min, 12.4 s. */
export function lengthText(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} min`;
}

/** Bits a second: 850 kbit/s, 2.4 Mbit/s. */
export const rateText = (rate: number) => (rate < 999_500 ? `${Math.round(rate / 1_000)} kbit/s` : `${(rate / 1_000_000).toFixed(1)} Mbit/s`);

/** "JPEG" of "image/jpeg" or "jpg". */
export const formatText = (type: string) => FORMATS[type.replace("image/", "")] ?? type;

/** Bytes as people count them: 999 B, 12 kB, 4.1 MB. */
export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Never rounded up to "100%" when it is not the same. */
export const similarityText = (share: number) => (share === 1 ? "100%" : `${(Math.floor(share * 1_000) / 10).toFixed(1)}%`);

/** Largest first; the whole picture before its sizes, the square last. */
export function rowsOf(served: Served[]) {
  const rows = new Map<string, { name: string; width: number; height: number; files: Partial<Record<Served["format"], Served>> }>();
  for (const file of served) {
    const row = rows.get(file.name) ?? { name: file.name, width: file.width, height: file.height, files: {} };
    row.files[file.format] = file;
    rows.set(file.name, row);
  }
  const rank = (name: string) => (name === "original" ? Number.MAX_SAFE_INTEGER : name === "150" ? 0 : Number(name));
  return [...rows.values()].toSorted((a, b) => rank(b.name) - rank(a.name));
}
