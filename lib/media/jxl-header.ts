import type { ByteReader } from "./byte-reader";
import type { PhotoHeader } from "./headers";
import { MediaProblem } from "./problems";

const CONTAINER = "\0\0\0\x0cJXL \r\n\x87\n";
const MAX_BOXES = 64;

/** Whether the first bytes are those of a JPEG XL, bare or in its container. */
export function isJxl(start: Buffer): boolean {
  return (start[0] === 0xff && start[1] === 0x0a) || start.toString("latin1", 0, 12) === CONTAINER;
}

/** Size and orientation of a JPEG XL (ISO/IEC 18181-1:2024, D.2 and D.3; 18181-2, container). Throws `MediaProblem`. */
export async function readJxl(reader: ByteReader): Promise<PhotoHeader> {
  const start = await reader.read(0, 12);
  const bytes = await reader.read(start[0] === 0xff ? 0 : await findCodestream(reader), 64);
  if (bytes[0] !== 0xff || bytes[1] !== 0x0a) throw new MediaProblem("damaged");
  return { type: "image/jxl", ...readSize(new Bits(bytes.subarray(2))) };
}

async function findCodestream(reader: ByteReader): Promise<number> {
  for (let at = 0, box = 0; box < MAX_BOXES; box++) {
    const head = await reader.read(at, 16);
    if (head.length < 12) break;
    const isLong = head.readUInt32BE(0) === 1;
    const size = isLong ? Number(head.readBigUInt64BE(8)) : head.readUInt32BE(0);
    const [type, body] = [head.toString("latin1", 4, 8), at + (isLong ? 16 : 8)];
    if (type === "jxlc") return body;
    // A part of it; the first comes after its number.
    if (type === "jxlp") return body + 4;
    if (size < 8) break;
    at += size;
  }
  throw new MediaProblem("damaged");
}

const RATIOS = [[1, 1], [12, 10], [4, 3], [3, 2], [16, 9], [5, 4], [2, 1]] as const;

function readSize(bits: Bits): { width: number; height: number; orientation: number } {
  const isSmall = bits.take(1) === 1;
  const length = () => (isSmall ? (bits.take(5) + 1) * 8 : bits.take([9, 13, 18, 30][bits.take(2)]!) + 1);
  const height = length();
  const ratio = bits.take(3);
  const width = ratio === 0 ? length() : Math.floor((height * RATIOS[ratio - 1]![0]) / RATIOS[ratio - 1]![1]);
  const [isAllDefault, hasExtra] = [bits.take(1) === 1, () => bits.take(1) === 1];
  return { width, height, orientation: !isAllDefault && hasExtra() ? bits.take(3) + 1 : 1 };
}

/** Lowest bit of each byte first. */
class Bits {
  #at = 0;
  constructor(private readonly bytes: Buffer) {}

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      const byte = this.bytes[this.#at >> 3];
      if (byte === undefined) throw new RangeError("header ends early");
      value += ((byte >> (this.#at & 7)) & 1) * 2 ** i;
    }
    return value;
  }
}
