import type { ReceiptView } from "@/lib/media/types";

type Served = ReceiptView["served"][number];

/** In words, for whoever took the photo. */
export const REMOVED_TEXT: Record<NonNullable<ReceiptView["removed"]>[number], string> = {
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
  animation: "its movement: it has too many frames, the first is shown",
};

const FORMATS: Record<string, string> = { jpg: "JPEG", jpeg: "JPEG", png: "PNG", webp: "WebP", avif: "AVIF", gif: "GIF", heic: "HEIC", heif: "HEIF", jxl: "JPEG XL" };

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
