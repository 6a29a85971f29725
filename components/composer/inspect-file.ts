import { openPhoto } from "@/components/media/open-photo";
import { readHeif } from "@/lib/media/heif-header";
import { readJxl } from "@/lib/media/jxl-header";
import { MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS, MAX_PHOTO_SIDE, mediaKind, type PhotoType, type VideoType } from "@/lib/media/limits";
import { type ProblemCode, PROBLEMS } from "@/lib/media/problems";
import { inspectVideo } from "./inspect-video";
import { isFolder } from "./kept-file";
import { sniff, SNIFF_BYTES } from "./sniff";
import { drawThumb, THUMB_SIDE } from "./thumb";

/**
 * `width` and `height` are 0 when this browser can't show the file (HEIC and JPEG XL in most, some videos); the server can. `duration`
 * in seconds, of videos where it could be found out.
 */
export type Inspected =
  | { ok: true; type: PhotoType | VideoType; width: number; height: number; duration: number | null; thumb: Blob | null }
  | { ok: false; reason: string };

const refuse = (reason: string): Inspected => ({ ok: false, reason });

/** Judges a file by its bytes before any of them moves, and makes its small copy; the server judges again. */
export async function inspectFile(file: File): Promise<Inspected> {
  const head = await readHead(file);
  if (isFolder(file)) return refuse(PROBLEMS.folder);
  if (head === null) return refuse(PROBLEMS.unreadable);
  if (file.size === 0) return refuse(PROBLEMS.empty);
  const kind = sniff(head);
  if (kind === "svg") return refuse(PROBLEMS.svg);
  if (kind === "other-video") return refuse(PROBLEMS.video_type);
  if (kind === "other-photo") return refuse(PROBLEMS.unsupported_type);
  if (kind === null) return refuse(PROBLEMS.not_a_photo);
  return mediaKind(kind) === "video" ? inspectVideo(file, kind as VideoType) : inspectPhoto(file, kind as PhotoType);
}

async function inspectPhoto(file: File, type: PhotoType): Promise<Inspected> {
  if (file.size > MAX_PHOTO_BYTES) return refuse(PROBLEMS.too_many_bytes);
  const problem = isRare(type) ? await judgeHeader(file, type) : null;
  if (problem) return refuse(PROBLEMS[problem]);
  const seen = await measure(file);
  if (!seen && isRare(type)) return { ok: true, type, width: 0, height: 0, duration: null, thumb: null };
  if (!seen) return refuse(PROBLEMS.damaged);
  if (seen.width * seen.height > MAX_PHOTO_PIXELS || Math.max(seen.width, seen.height) > MAX_PHOTO_SIDE) return refuse(PROBLEMS.too_many_pixels);
  return { ok: true, type, duration: null, ...seen };
}

/** Most browsers don't know HEIC and JPEG XL, but their headers say how large they are, and whether they are whole. */
async function judgeHeader(file: Blob, type: PhotoType): Promise<ProblemCode | null> {
  const read = async (offset: number, length: number) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
  const reader = { size: file.size, read };
  try {
    const { width, height, maxPixels = Infinity } = await (type === "image/jxl" ? readJxl(reader) : readHeif(reader));
    if (width === 0 || height === 0) return "damaged";
    if (width * height > MAX_PHOTO_PIXELS || Math.max(width, height) > MAX_PHOTO_SIDE) return "too_many_pixels";
    return width * height > maxPixels ? "too_many_pixels_jxl" : null;
  } catch {
    return "damaged";
  }
}

/** What many browsers can't show, although nothing is wrong with it. */
const isRare = (type: PhotoType) => type === "image/heic" || type === "image/heif" || type === "image/jxl";

/** `null` for what can't be read: a folder, or a file that has gone since it was chosen (a memory card taken out). */
async function readHead(file: Blob): Promise<Uint8Array | null> {
  return file.slice(0, SNIFF_BYTES).arrayBuffer().then((bytes) => new Uint8Array(bytes), () => null);
}

/** Size of the picture as shown, orientation applied, and a small copy. */
async function measure(file: Blob): Promise<{ width: number; height: number; thumb: Blob | null } | null> {
  try {
    const { source, size, close } = await openPhoto(file, 4 * THUMB_SIDE);
    const thumb = await drawThumb(source, size.width, size.height).catch(() => null);
    close();
    return { ...size, thumb };
  } catch {
    return null;
  }
}
