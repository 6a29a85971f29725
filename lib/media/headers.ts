import type { ByteReader } from "./byte-reader";
import { readHeif } from "./heif-header";
import { isJxl, readJxl } from "./jxl-header";
import type { PhotoType } from "./limits";
import { isOtherPhoto } from "./other-photos";
import { MediaProblem } from "./problems";

/** Pixels as stored, and the EXIF orientation (1 to 8) under which they are to be shown; `maxPixels` where the kind of file allows fewer than others. */
export type PhotoHeader = { type: PhotoType; width: number; height: number; orientation: number; maxPixels?: number };

const ascii = (bytes: Buffer, start: number, end: number) => bytes.toString("latin1", start, end);

/**
 * Says what a file is from its bytes alone, and how many pixels it claims, without decoding anything. Throws
 * `MediaProblem` for whatever is not a photo we take.
 */
export async function readPhotoHeader(reader: ByteReader): Promise<PhotoHeader> {
  try {
    return await readHeader(reader);
  } catch (error) {
    // A header that points outside the file, or on and on.
    if (error instanceof RangeError) throw new MediaProblem("damaged", { cause: error });
    throw error;
  }
}

async function readHeader(reader: ByteReader): Promise<PhotoHeader> {
  if (reader.size === 0) throw new MediaProblem("empty");
  const start = await reader.read(0, 32);
  if (start[0] === 0xff && start[1] === 0xd8 && start[2] === 0xff) return readJpeg(reader);
  if (ascii(start, 0, 8) === "\x89PNG\r\n\x1a\n") return readPng(start);
  if (/^GIF8[79]a$/.test(ascii(start, 0, 6)) && start.length >= 13) return { type: "image/gif", width: start.readUInt16LE(6), height: start.readUInt16LE(8), orientation: 1 };
  if (ascii(start, 0, 4) === "RIFF" && ascii(start, 8, 12) === "WEBP") return readWebp(start);
  if (ascii(start, 4, 8) === "ftyp") return readHeif(reader);
  if (isJxl(start)) return readJxl(reader);
  throw new MediaProblem(await nameOther(reader, start));
}

async function nameOther(reader: ByteReader, start: Buffer) {
  const head = ascii(await reader.read(0, 1024), 0, 1024).replace(/^[\x00-\x20\xef\xbb\xbf\xfe\xff]+/, "").toLowerCase();
  if (head.startsWith("<") && /<svg[\s>]/.test(head)) return "svg";
  if (isOtherPhoto(ascii(start, 0, 32))) return "unsupported_type";
  if (ascii(start, 0, 4) === "\x1aE\xdf\xa3" || (ascii(start, 0, 4) === "RIFF" && ascii(start, 8, 12) === "AVI ")) return "video";
  return "not_a_photo";
}

function readPng(start: Buffer): PhotoHeader {
  if (start.length < 29 || ascii(start, 12, 16) !== "IHDR" || start.readUInt32BE(8) !== 13) throw new MediaProblem("damaged");
  return { type: "image/png", width: start.readUInt32BE(16), height: start.readUInt32BE(20), orientation: 1 };
}

function readWebp(start: Buffer): PhotoHeader {
  if (start.length < 30) throw new MediaProblem("damaged");
  const size = (width: number, height: number): PhotoHeader => ({ type: "image/webp", width, height, orientation: 1 });
  switch (ascii(start, 12, 16)) {
    case "VP8 ":
      return size(start.readUInt16LE(26) & 0x3fff, start.readUInt16LE(28) & 0x3fff);
    case "VP8L": {
      const bits = start.readUInt32LE(21);
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case "VP8X":
      return size(start.readUIntLE(24, 3) + 1, start.readUIntLE(27, 3) + 1);
    default:
      throw new MediaProblem("damaged");
  }
}

/** Walks the segments to the frame header, skipping what lies between by its length. */
async function readJpeg(reader: ByteReader): Promise<PhotoHeader> {
  let orientation = 1;
  for (let at = 2; ; ) {
    const head = await reader.read(at, 10);
    if (head.length < 4 || head[0] !== 0xff) throw new MediaProblem("damaged");
    const marker = head[1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = head.readUInt16BE(2);
    if (length < 2 || marker === 0xd9 || marker === 0xda || (marker >= 0xd0 && marker <= 0xd8)) throw new MediaProblem("damaged");
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      if (head.length < 9) throw new MediaProblem("damaged");
      return { type: "image/jpeg", width: head.readUInt16BE(7), height: head.readUInt16BE(5), orientation };
    }
    if (marker === 0xe1) orientation = exifOrientation(await reader.read(at + 4, Math.min(length - 2, 2048))) ?? orientation;
    at += 2 + length;
  }
}

/** The orientation tag of an Exif segment's first directory; null when there is none we can find. */
function exifOrientation(segment: Buffer): number | null {
  if (ascii(segment, 0, 6) !== "Exif\0\0" || segment.length < 22) return null;
  const tiff = segment.subarray(6);
  const little = ascii(tiff, 0, 2) === "II";
  const u16 = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let i = 0; i < Math.min(u16(directory), 200); i++) {
    const entry = directory + 2 + i * 12;
    if (u16(entry) !== 0x0112) continue;
    const value = u16(entry + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
