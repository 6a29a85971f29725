import type { Pixels } from "./pixels";

/** Brightness of a picture, 0..255, row by row, over white. */
export type Luma = { data: Uint8Array; width: number; height: number };

/** By the weights of ITU-R BT.601, in 1/256. */
export function lumaOf({ data, width, height, channels }: Pick<Pixels, "data" | "width" | "height" | "channels">): Luma {
  const luma = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < luma.length; at++, from += channels) {
    const value = (77 * data[from]! + 150 * data[from + 1]! + 29 * data[from + 2]! + 128) >> 8;
    luma[at] = channels === 3 ? value : 255 + (((value - 255) * data[from + 3]! + 127) / 255 | 0);
  }
  return { data: luma, width, height };
}

const BLOCK = 4;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/**
 * Structural similarity, 0..1: the mean over windows of 8 by 8 that overlap by half, every pixel weighing the same.
 * Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment: from error visibility to structural similarity", IEEE
 * Transactions on Image Processing 13(4), 2004, formula 13; the windows are those of x264. Both of the same size.
 */
export function similarity(a: Luma, b: Luma): number {
  const across = Math.floor(a.width / BLOCK);
  const down = Math.floor(a.height / BLOCK);
  if (across < 2 || down < 2) return windowSimilarity(sumWhole(a, b), a.width * a.height);
  let above = new Int32Array(across * SUMS);
  let row = new Int32Array(across * SUMS);
  let total = 0;
  for (let y = 0; y < down; y++) {
    sumBlocks(a, b, y * BLOCK, row);
    if (y > 0) for (let x = 0; x + 1 < across; x++) total += windowSimilarity(addUp(above, row, x * SUMS), 64);
    [above, row] = [row, above];
  }
  return total / ((across - 1) * (down - 1));
}

/** Of each block: sums of both, of their squares together, of their product. */
const SUMS = 4;
const joined = new Int32Array(SUMS);

function sumBlocks(a: Luma, b: Luma, top: number, into: Int32Array): void {
  into.fill(0);
  const used = Math.floor(a.width / BLOCK) * BLOCK;
  for (let y = top; y < top + BLOCK; y++) {
    for (let x = 0, at = y * a.width; x < used; x++, at++) {
      const [p, q, block] = [a.data[at]!, b.data[at]!, (x >> 2) * SUMS];
      into[block]! += p;
      into[block + 1]! += q;
      into[block + 2]! += p * p + q * q;
      into[block + 3]! += p * q;
    }
  }
}

/** The window of two blocks above and two below. */
function addUp(above: Int32Array, below: Int32Array, at: number): Int32Array {
  for (let i = 0; i < SUMS; i++) joined[i] = above[at + i]! + above[at + SUMS + i]! + below[at + i]! + below[at + SUMS + i]!;
  return joined;
}

function sumWhole(a: Luma, b: Luma): Int32Array {
  const sums = new Int32Array(SUMS);
  a.data.forEach((p, at) => {
    const q = b.data[at]!;
    sums[0]! += p;
    sums[1]! += q;
    sums[2]! += p * p + q * q;
    sums[3]! += p * q;
  });
  return sums;
}

function windowSimilarity(sums: Int32Array, count: number): number {
  const [meanA, meanB] = [sums[0]! / count, sums[1]! / count];
  const variances = sums[2]! / count - meanA * meanA - meanB * meanB;
  const covariance = sums[3]! / count - meanA * meanB;
  return ((2 * meanA * meanB + C1) * (2 * covariance + C2)) / ((meanA * meanA + meanB * meanB + C1) * (variances + C2));
}
