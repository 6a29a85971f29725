import type { ByteReader } from "../byte-reader";
import { isHeif } from "../heif-header";
import type { VideoType } from "../limits";
import { MediaProblem } from "../problems";

/** The demuxer that is forced on ffmpeg, so that nothing in a file can make it choose another. */
export const DEMUXERS: Record<VideoType, "mov" | "matroska"> = { "video/mp4": "mov", "video/quicktime": "mov", "video/webm": "matroska", "video/x-matroska": "matroska" };

const ascii = (bytes: Buffer, start: number, end: number) => bytes.toString("latin1", start, end);

/** Which of our containers the first bytes (64 are enough) belong to; `null` for anything else, pictures too. */
export function containerOf(start: Buffer): VideoType | null {
  if (ascii(start, 0, 4) === "\x1aE\xdf\xa3") return ascii(start, 0, 64).includes("webm") ? "video/webm" : ascii(start, 0, 64).includes("matroska") ? "video/x-matroska" : null;
  const box = ascii(start, 4, 8);
  if (box === "ftyp") return isPicture(start) ? null : ascii(start, 8, 12) === "qt  " ? "video/quicktime" : "video/mp4";
  // QuickTime from before there was `ftyp`.
  return ["moov", "mdat", "wide", "free", "skip", "pnot"].includes(box) && start.length >= 16 ? "video/quicktime" : null;
}

function isPicture(start: Buffer): boolean {
  const brands = ascii(start, 8, Math.min(start.readUInt32BE(0), start.length)).match(/[^]{4}/g) ?? [];
  return isHeif(start) || brands.some((brand) => /^(avi[fs]|mi[fa]1|crx )$/.test(brand));
}

/** Of a Matroska file this much is enough to know what is in it. */
const MATROSKA_HEAD = 4_000_000;
/** Fifteen minutes have an index of about two megabytes. */
const MAX_MOOV = 32_000_000;

/**
 * What ffprobe needs of a file that lies far away: the index without the pictures and sounds. For MP4 and QuickTime that is
 * `ftyp` and `moov` wherever they are; for Matroska the beginning.
 */
export async function readVideoHead(reader: ByteReader, type: VideoType): Promise<Buffer> {
  if (DEMUXERS[type] === "matroska") return reader.read(0, Math.min(reader.size, MATROSKA_HEAD));
  const parts: Buffer[] = [];
  let moov: Buffer | null = null;
  for (let at = 0, box = 0; at < reader.size && box < 60; box++) {
    const head = await reader.read(at, 16);
    if (head.length < 8) break;
    const short = head.readUInt32BE(0);
    const size = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short === 0 ? reader.size - at : short;
    const name = ascii(head, 4, 8);
    if (size < 8 || (name === "moov" && (size > MAX_MOOV || at + size > reader.size))) break;
    if (name === "ftyp" && size < 4_096) parts.push(await reader.read(at, size));
    if (name === "moov") moov = await reader.read(at, size);
    // Cut off: the index promises what did not come.
    if (name === "mdat" && at + size > reader.size) throw new MediaProblem("video_damaged");
    at += size;
  }
  if (!moov) throw new MediaProblem("video_damaged");
  return Buffer.concat([...parts, moov]);
}
