import type { PhotoHeader } from "./headers";
import { readHeifSizes } from "./heif-boxes";
import { MAX_PHOTO_PIXELS } from "./limits";
import { isOtherPhoto } from "./other-photos";
import { MediaProblem } from "./problems";

/** Gives bytes from anywhere in a file of `size` bytes: on the server and in the browser. */
type Reader = { readonly size: number; read(offset: number, length: number): Promise<Uint8Array> };

const HEVC = ["heic", "heix", "heim", "heis", "hevc", "hevx"];
const HEIF = [...HEVC, "mif1", "msf1"];
/** Nobody's `meta` box comes near: a phone's has a few kilobytes. */
const MAX_META = 256 * 1024;

const text = (bytes: Uint8Array, start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Brands of an ISO media file, the major one first; empty for other files. */
function brandsOf(start: Uint8Array): string[] {
  if (start.length < 16 || text(start, 4, 8) !== "ftyp") return [];
  const end = Math.min(viewOf(start).getUint32(0), start.length);
  return text(start, 8, end).match(/[^]{4}/g) ?? [];
}

const isAvif = (brands: string[]) => brands.some((brand) => brand === "avif" || brand === "avis");

/** Whether the first bytes (512 say it for sure) are those of a HEIC or HEIF still picture; AVIF is none. */
export function isHeif(start: Uint8Array): boolean {
  const brands = brandsOf(start);
  return !isAvif(brands) && brands.some((brand) => HEIF.includes(brand));
}

/**
 * AVIF and HEIC, told from video by the brands. The pixels are those of the largest picture inside, whichever is shown.
 * Throws `MediaProblem`, or `RangeError` when boxes lead nowhere.
 */
export async function readHeif(reader: Reader): Promise<PhotoHeader> {
  const start = await reader.read(0, 512);
  const brands = brandsOf(start);
  const type = isAvif(brands) ? "image/avif" : brands.some((brand) => HEVC.includes(brand)) ? "image/heic" : isHeif(start) ? "image/heif" : null;
  if (type === null) throw new MediaProblem(isOtherPhoto(text(start, 0, 12)) ? "unsupported_type" : "video");
  const { primary, largest, isTurned } = readHeifSizes(await readMeta(reader));
  // What is hidden inside is decoded too (tiles, masks): the largest counts for the bounds.
  const { width, height } = largest.width * largest.height > MAX_PHOTO_PIXELS ? largest : primary;
  return { type, width, height, orientation: isTurned ? 6 : 1 };
}

/** The box that describes the pictures. One that promises more pixels than came tells of a file that was cut off. */
async function readMeta(reader: Reader): Promise<Uint8Array> {
  let meta: Uint8Array | null = null;
  for (let at = 0, box = 0; box < 16 && at < reader.size; box++) {
    const head = await reader.read(at, 16);
    if (head.length < 8) break;
    const short = viewOf(head).getUint32(0);
    const size = short === 1 ? Number(viewOf(head).getBigUint64(8)) : short;
    const type = text(head, 4, 8);
    if (type === "meta" && meta === null) meta = size > MAX_META ? null : await reader.read(at, size);
    if (type === "mdat" && at + size > reader.size) throw new MediaProblem("damaged");
    if (size < 8 || (type === "meta" && meta === null)) break;
    at += size;
  }
  if (meta === null) throw new MediaProblem("damaged");
  return meta;
}
