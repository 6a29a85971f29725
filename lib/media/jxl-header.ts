import type { PhotoHeader } from "./headers";
import { MAX_JXL_PIXELS } from "./limits";
import { MediaProblem } from "./problems";

/** Gives bytes from anywhere in the file, fewer at its end: on the server and in the browser. */
type Reader = { read(offset: number, length: number): Promise<Uint8Array> };

const CONTAINER = "\0\0\0\x0cJXL \r\n\x87\n";
const MAX_BOXES = 64;

const text = (bytes: Uint8Array, start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
const isBare = (start: Uint8Array) => start[0] === 0xff && start[1] === 0x0a;

/** Whether the first bytes are those of a JPEG XL, bare or in its container. */
export function isJxl(start: Uint8Array): boolean {
  return isBare(start) || text(start, 0, 12) === CONTAINER;
}

/**
 * Size and orientation of a JPEG XL, and how many pixels one of its kind may have (ISO/IEC 18181-1:2024, D.2 and D.3;
 * 18181-2, container). Throws `MediaProblem`, or `RangeError` when it ends early.
 */
export async function readJxl(reader: Reader): Promise<PhotoHeader & { maxPixels: number; isMoving: boolean }> {
  const { at, wasJpeg } = isBare(await reader.read(0, 2)) ? { at: 0, wasJpeg: false } : await findCodestream(reader);
  const bytes = await reader.read(at, 128);
  if (!isBare(bytes)) throw new MediaProblem("damaged");
  const bits = new Bits(bytes.subarray(2));
  const size = readSize(bits);
  const { orientation, isLossy, hasMore, isMoving } = readPictureHeader(bits);
  const { lossy, lossless, seeThrough } = MAX_JXL_PIXELS;
  return { type: "image/jxl", ...size, orientation, isMoving, maxPixels: hasMore ? seeThrough : isLossy || wasJpeg ? lossy : lossless };
}

/** Where the picture begins. A box of its own, before it or between its parts, tells that it is a JPEG packed anew. */
async function findCodestream(reader: Reader): Promise<{ at: number; wasJpeg: boolean }> {
  let [found, wasJpeg]: [number | null, boolean] = [null, false];
  for (let at = 0, box = 0; box < MAX_BOXES; box++) {
    const head = await reader.read(at, 16);
    if (head.length < 12) break;
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    const isLong = view.getUint32(0) === 1 && head.length === 16;
    const size = isLong ? Number(view.getBigUint64(8)) : view.getUint32(0);
    const [type, body] = [text(head, 4, 8), at + (isLong ? 16 : 8)];
    if (type === "jbrd") wasJpeg = true;
    if (type === "jxlc") found ??= body;
    // A part of it; the first comes after its number.
    if (type === "jxlp") found ??= body + 4;
    if (size < 8) break;
    at += size;
  }
  if (found === null) throw new MediaProblem("damaged");
  return { at: found, wasJpeg };
}

const RATIOS = [[1, 1], [12, 10], [4, 3], [3, 2], [16, 9], [5, 4], [2, 1]] as const;

function readSize(bits: Bits): { width: number; height: number } {
  const isSmall = bits.flag();
  const length = () => (isSmall ? (bits.take(5) + 1) * 8 : bits.u32([[1, 9], [1, 13], [1, 18], [1, 30]]));
  const height = length();
  const ratio = RATIOS[bits.take(3) - 1];
  return { width: ratio ? Math.floor((height * ratio[0]) / ratio[1]) : length(), height };
}

/** `isLossy`: in the colours of the eye, as pictures are that lose something. `hasMore`: channels beside its colours. */
function readPictureHeader(bits: Bits): { orientation: number; isLossy: boolean; hasMore: boolean; isMoving: boolean } {
  if (bits.flag()) return { orientation: 1, isLossy: true, hasMore: false, isMoving: false };
  let [orientation, isMoving] = [1, false];
  if (bits.flag()) {
    orientation = bits.take(3) + 1;
    if (bits.flag()) readSize(bits);
    if (bits.flag()) skipPreview(bits);
    isMoving = bits.flag();
    if (isMoving) skipAnimation(bits);
  }
  const isFloat = bits.flag();
  bits.u32([isFloat ? 32 : 8, isFloat ? 16 : 10, isFloat ? 24 : 12, [1, 6]]);
  if (isFloat) bits.take(4);
  bits.flag();
  const hasMore = bits.u32([0, 1, [2, 4], [1, 12]]) > 0;
  return { orientation, isLossy: !hasMore && bits.flag(), hasMore, isMoving };
}

function skipPreview(bits: Bits): void {
  const isRound = bits.flag();
  const length = () => bits.u32(isRound ? [16, 32, [1, 5], [33, 9]] : [[1, 6], [65, 8], [321, 10], [1345, 12]]);
  length();
  if (bits.take(3) === 0) length();
}

function skipAnimation(bits: Bits): void {
  bits.u32([100, 1_000, [1, 10], [1, 30]]);
  bits.u32([1, 1_001, [1, 8], [1, 10]]);
  bits.u32([0, [0, 3], [0, 16], [0, 32]]);
  bits.flag();
}

/** Lowest bit of each byte first. */
class Bits {
  #at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      const byte = this.bytes[this.#at >> 3];
      if (byte === undefined) throw new RangeError("header ends early");
      value += ((byte >> (this.#at & 7)) & 1) * 2 ** i;
    }
    return value;
  }

  flag(): boolean {
    return this.take(1) === 1;
  }

  /** One of four: a value, or an offset with so many bits to add (B.2.2). */
  u32(choices: readonly (number | readonly [offset: number, bits: number])[]): number {
    const chosen = choices[this.take(2)]!;
    return typeof chosen === "number" ? chosen : chosen[0] + this.take(chosen[1]);
  }
}
