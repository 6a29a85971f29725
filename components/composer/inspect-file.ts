import { MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS, type PhotoType, type VideoType } from "@/lib/media/limits";
import { PROBLEMS } from "@/lib/media/problems";
import { inspectVideo } from "./inspect-video";

/** `width` and `height` are 0 when this browser can't show it (HEIC and JPEG XL in most); the server can. */
export type Inspected = { ok: true; type: PhotoType | VideoType; width: number; height: number; thumb: Blob | null } | { ok: false; reason: string };

/** Shorter side of the small copy: twice the strip's tile. */
const THUMB_SIDE = 192;

const refuse = (reason: string): Inspected => ({ ok: false, reason });

/** Judges a file by its bytes before any of them moves, and makes its small copy; the server judges again. */
export async function inspectFile(file: File): Promise<Inspected> {
  if (file.size === 0) return refuse(PROBLEMS.empty);
  const kind = await readHead(file);
  if (isVideo(kind)) return inspectVideo(file, kind, shrink);
  if (kind === "svg") return refuse(PROBLEMS.svg);
  if (kind === "avi") return refuse(PROBLEMS.video_type);
  if (file.size > MAX_PHOTO_BYTES) return refuse(PROBLEMS.too_many_bytes);
  if (kind === null) return refuse(PROBLEMS.not_a_photo);
  const seen = await measure(file);
  if (!seen && isRare(kind)) return { ok: true, type: kind, width: 0, height: 0, thumb: null };
  if (!seen) return refuse(PROBLEMS.damaged);
  if (seen.width * seen.height > MAX_PHOTO_PIXELS) return refuse(PROBLEMS.too_many_pixels);
  return { ok: true, type: kind, ...seen };
}

const isVideo = (kind: ReturnType<typeof sniff>): kind is VideoType => kind?.startsWith("video/") ?? false;
/** What many browsers can't show, although nothing is wrong with it. */
const isRare = (type: PhotoType) => type === "image/heic" || type === "image/heif" || type === "image/jxl";

/** A file that has gone since it was chosen (a memory card taken out) reads as none we know. */
async function readHead(file: Blob) {
  const bytes = await file.slice(0, 512).arrayBuffer().catch(() => new ArrayBuffer(0));
  return sniff(new Uint8Array(bytes));
}

function sniff(head: Uint8Array): PhotoType | VideoType | "svg" | "avi" | null {
  const text = Array.from(head, (byte) => String.fromCharCode(byte)).join("");
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG")) return "image/png";
  if (text.startsWith("GIF8")) return "image/gif";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "image/webp";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "AVI ") return "avi";
  if (text.startsWith("\xff\x0a") || text.startsWith("\0\0\0\x0cJXL ")) return "image/jxl";
  if (text.slice(4, 8) === "ftyp") return brandKind(text.slice(8, Math.max(12, (head[2]! << 8) | head[3]!)));
  if (/^(\xef\xbb\xbf)?\s*(<\?xml|<svg|<!--|<!doctype svg)/i.test(text) && /<svg|doctype svg/i.test(text)) return "svg";
  if (/^(moov|mdat|wide|free|skip)$/.test(text.slice(4, 8))) return "video/quicktime";
  if (!text.startsWith("\x1aE\xdf\xa3")) return null;
  return text.slice(0, 64).includes("webm") ? "video/webm" : "video/x-matroska";
}

/** ISO base media files: photos and videos share the container, the brands tell which. */
function brandKind(brands: string): PhotoType | VideoType {
  const all = brands.match(/[^]{4}/g) ?? [];
  if (all.some((brand) => /^avi[fs]$/.test(brand))) return "image/avif";
  if (all.some((brand) => /^(hei[cxms]|hev[cx])$/.test(brand))) return "image/heic";
  if (all.some((brand) => /^m[is]f1$/.test(brand))) return "image/heif";
  return all[0] === "qt  " ? "video/quicktime" : "video/mp4";
}

/** Size of the picture as shown, orientation applied, and a small copy, so that a strip of 20 need not decode 20 large ones. */
async function measure(file: Blob): Promise<{ width: number; height: number; thumb: Blob | null } | null> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    return { width, height, thumb: await shrink(image, width, height).catch(() => null) };
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function shrink(image: HTMLImageElement | HTMLVideoElement, width: number, height: number): Promise<Blob | null> {
  const scale = Math.min(1, THUMB_SIDE / Math.min(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/webp", 0.82));
}
