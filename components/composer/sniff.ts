import type { PhotoType, VideoType } from "@/lib/media/limits";
import { isOtherPhoto } from "@/lib/media/other-photos";

/** What the first bytes of a file say that it is; "other-video" is a film in a container that is not taken, "other-photo" the like. `null`: neither photo nor film. */
export type Sniffed = PhotoType | VideoType | "other-video" | "other-photo" | "svg" | null;

/** Bytes that `sniff` wants. */
export const SNIFF_BYTES = 512;

/** Judges by bytes, never by the name or the type that the system derives from it. */
export function sniff(head: Uint8Array): Sniffed {
  const text = Array.from(head, (byte) => String.fromCharCode(byte)).join("");
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG")) return "image/png";
  if (text.startsWith("GIF8")) return "image/gif";
  if (text.startsWith("RIFF")) return text.slice(8, 12) === "WEBP" ? "image/webp" : text.slice(8, 12) === "AVI " ? "other-video" : null;
  if (text.startsWith("\xff\x0a") || text.startsWith("\0\0\0\x0cJXL ")) return "image/jxl";
  if (text.slice(4, 8) === "ftyp") return brandKind(text.slice(8, Math.max(12, (head[2]! << 8) | head[3]!)));
  // QuickTime from before there were brands.
  if (head.length >= 16 && ["moov", "mdat", "wide", "free", "skip", "pnot"].includes(text.slice(4, 8))) return "video/quicktime";
  if (text.startsWith("\x1aE\xdf\xa3")) return text.slice(0, 64).includes("webm") ? "video/webm" : text.slice(0, 64).includes("matroska") ? "video/x-matroska" : "other-video";
  if (/^(\xef\xbb\xbf)?\s*(<\?xml|<svg|<!--|<!doctype svg)/i.test(text) && /<svg|doctype svg/i.test(text)) return "svg";
  return isOtherVideo(text) ? "other-video" : isOtherPhoto(text) ? "other-photo" : null;
}

/** MPEG programme and transport streams, Windows Media, Flash, Ogg. */
const isOtherVideo = (text: string) =>
  /^(\0\0\x01[\xba\xb3]|\x30\x26\xb2\x75\x8e\x66\xcf\x11|FLV\x01|OggS)/.test(text) || (text[0] === "G" && text[188] === "G" && text[376] === "G");

/** ISO base media files: photos and videos share the container, the brands tell which. */
function brandKind(brands: string): Sniffed {
  const all = brands.match(/[^]{4}/g) ?? [];
  if (all.some((brand) => /^avi[fs]$/.test(brand))) return "image/avif";
  if (all.some((brand) => /^(hei[cxms]|hev[cx])$/.test(brand))) return "image/heic";
  if (all.some((brand) => /^m[is]f1$/.test(brand))) return "image/heif";
  // Raw photos of Canon.
  if (all[0] === "crx ") return "other-photo";
  return all[0] === "qt  " ? "video/quicktime" : "video/mp4";
}
