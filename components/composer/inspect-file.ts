import { MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS, type PhotoType } from "@/lib/media/limits";
import { PROBLEMS } from "@/lib/media/problems";

export type Inspected = { ok: true; type: PhotoType; width: number; height: number } | { ok: false; reason: string };

const refuse = (reason: string): Inspected => ({ ok: false, reason });

/** Judges a file by its bytes before any of them moves; the server judges again. */
export async function inspectFile(file: File): Promise<Inspected> {
  if (file.size === 0) return refuse(PROBLEMS.empty);
  if (file.size > MAX_PHOTO_BYTES) return refuse(PROBLEMS.too_many_bytes);
  const kind = sniff(new Uint8Array(await file.slice(0, 512).arrayBuffer()));
  if (kind === "heic") return refuse(PROBLEMS.heic);
  if (kind === "video") return refuse(PROBLEMS.video);
  if (kind === "svg") return refuse(PROBLEMS.svg);
  if (kind === null) return refuse(PROBLEMS.not_a_photo);
  const size = await measure(file);
  if (!size) return refuse(PROBLEMS.damaged);
  if (size.width * size.height > MAX_PHOTO_PIXELS) return refuse(PROBLEMS.too_many_pixels);
  return { ok: true, type: kind, ...size };
}

function sniff(head: Uint8Array): PhotoType | "heic" | "video" | "svg" | null {
  const text = new TextDecoder("latin1").decode(head);
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG")) return "image/png";
  if (text.startsWith("GIF8")) return "image/gif";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "image/webp";
  if (text.slice(4, 8) === "ftyp") return brandKind(text.slice(8, 12));
  if (/^\s*(<\?xml|<svg|<!--)/.test(text) && /<svg/i.test(text)) return "svg";
  return text.startsWith("\x1aE\xdf\xa3") ? "video" : null;
}

/** ISO base media files: photos and videos share the container, the brand tells which. */
function brandKind(brand: string): PhotoType | "heic" | "video" {
  if (brand === "avif" || brand === "avis") return "image/avif";
  return /^(hei|hev|mif1|msf1)/.test(brand) ? "heic" : "video";
}

/** Size of the picture as shown, orientation applied. */
async function measure(file: Blob): Promise<{ width: number; height: number } | null> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
