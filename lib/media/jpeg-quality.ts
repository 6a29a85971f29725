import { open } from "node:fs/promises";

/** The luminance table that ITU-T T.81 gives as an example (K.1), on which libjpeg's scale of 1 to 100 rests; only the sum counts here. */
const STANDARD = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

const MAX_SEGMENTS = 300;

/**
 * The quality at which a JPEG was saved, as libjpeg counts: the one whose luminance table comes nearest in sum. null for
 * other files, and where no table is found.
 */
export async function readJpegQuality(path: string): Promise<number | null> {
  const file = await open(path, "r");
  try {
    const read = async (at: number, length: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    if ((await read(0, 2)).toString("hex") !== "ffd8") return null;
    for (let at = 2, segment = 0; segment < MAX_SEGMENTS; segment++) {
      const head = await read(at, 4);
      if (head.length < 4 || head[0] !== 0xff || head[1] === 0xda) return null;
      const length = head.readUInt16BE(2);
      const sum = head[1] === 0xdb ? luminanceSum(await read(at + 4, length - 2)) : null;
      if (sum !== null) return nearest(sum);
      at += 2 + Math.max(2, length);
    }
    return null;
  } finally {
    await file.close();
  }
}

/** Of table 0, if it is among these. */
function luminanceSum(tables: Buffer): number | null {
  for (let at = 0; at + 65 <= tables.length; ) {
    const isWide = tables[at]! >> 4 === 1;
    const values = tables.subarray(at + 1, at + 1 + (isWide ? 128 : 64));
    if ((tables[at]! & 15) === 0 && values.length === (isWide ? 128 : 64)) {
      let sum = 0;
      for (let i = 0; i < 64; i++) sum += isWide ? values.readUInt16BE(i * 2) : values[i]!;
      return sum;
    }
    at += 1 + values.length;
  }
  return null;
}

const SUMS = Array.from({ length: 100 }, (_, i) => {
  const quality = i + 1;
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return STANDARD.reduce((sum, value) => sum + Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))), 0);
});

function nearest(sum: number): number {
  return SUMS.reduce((best, one, i) => (Math.abs(one - sum) < Math.abs(SUMS[best]! - sum) ? i : best), 0) + 1;
}
