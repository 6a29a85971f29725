import { type FileHandle, open } from "node:fs/promises";
import sharp from "sharp";
import { isJxl, readJxl } from "./jxl-header";

/** Of a file with more chunks before its pixels, or a larger index, nothing is said. */
const MAX_CHUNKS = 500;
const MAX_INDEX = 4_000_000;

/**
 * How many frames a picture has, from its chunks, boxes or header alone: also of the kinds of which the first alone is
 * decoded (PNG, AVIF and HEIC in sequence, JPEG XL, of which it is only known whether there are more: 2). 1 where that can't be told.
 */
export async function countFrames(path: string): Promise<number> {
  const file = await open(path, "r");
  try {
    const read = async (offset: number, length: number) => (await file.read(Buffer.alloc(length), 0, length, offset)).buffer;
    const start = await read(0, 16);
    const text = start.toString("latin1");
    if (text.startsWith("\x89PNG")) return await framesOfPng(read);
    if (text.startsWith("GIF8") || text.startsWith("RIFF")) return (await sharp(path, { limitInputPixels: false, pages: -1 }).metadata()).pages ?? 1;
    if (text.slice(4, 8) === "ftyp") return await framesOfSequence(read, file);
    return isJxl(start) && (await readJxl({ read })).isMoving ? 2 : 1;
  } catch {
    return 1;
  } finally {
    await file.close();
  }
}

type Read = (offset: number, length: number) => Promise<Buffer>;

/** An animated one says so before its pixels (PNG 3rd edition, 11.3.6.1: acTL). */
async function framesOfPng(read: Read): Promise<number> {
  for (let at = 8, chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    const head = await read(at, 12);
    const type = head.toString("latin1", 4, 8);
    if (type === "acTL") return Math.max(1, head.readUInt32BE(8));
    if (type === "IDAT" || type === "\0\0\0\0") return 1;
    at += head.readUInt32BE(0) + 12;
  }
  return 1;
}

/** A sequence has a track as films do, with a table of its samples (ISO/IEC 14496-12, 8.7.3: stsz). */
async function framesOfSequence(read: Read, file: FileHandle): Promise<number> {
  const { size: end } = await file.stat();
  for (let at = 0, box = 0; at + 8 <= end && box < MAX_CHUNKS; box++) {
    const head = await read(at, 8);
    const size = head.readUInt32BE(0);
    if (head.toString("latin1", 4, 8) === "moov" && size <= MAX_INDEX) return mostSamples(await read(at, size));
    if (size < 8) break;
    at += size;
  }
  return 1;
}

function mostSamples(moov: Buffer): number {
  let most = 1;
  for (let at = moov.indexOf("stsz"); at >= 0 && at + 16 <= moov.length; at = moov.indexOf("stsz", at + 4)) most = Math.max(most, moov.readUInt32BE(at + 12));
  return most;
}
