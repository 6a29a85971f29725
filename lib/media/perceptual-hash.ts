import type { Luma } from "./similarity";

const SIDE = 32;
const KEPT = 8;

/** cos((2x + 1) u π / 2N) for the frequencies that are kept: u = 1..8. */
const COSINES = Array.from({ length: KEPT }, (_, u) => Float64Array.from({ length: SIDE }, (_unused, x) => Math.cos(((2 * x + 1) * (u + 1) * Math.PI) / (2 * SIDE))));

/**
 * What a picture looks like, in 64 bits: one for each of its 8 by 8 lowest frequencies but the flat ones, set where it is above
 * their median. Pictures that were scaled, re-encoded or slightly changed differ in few bits, others in about half.
 * Christoph Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), 3.2.1 (DCT hash, pHash).
 */
export function perceptualHash(luma: Luma): bigint {
  const coefficients = lowFrequencies(scaleDown(luma));
  const median = coefficients.toSorted((a, b) => a - b)[coefficients.length / 2]!;
  return coefficients.reduce((hash, value) => (hash << 1n) | (value > median ? 1n : 0n), 0n);
}

/** In how many of 64 bits two hashes differ; up to about 8 they are taken for the same picture. */
export function hashDistance(a: bigint, b: bigint): number {
  let count = 0;
  for (let rest = BigInt.asUintN(64, a ^ b); rest > 0n; rest &= rest - 1n) count++;
  return count;
}

/** Each value the mean of what lies under it. */
function scaleDown({ data, width, height }: Luma): Float64Array {
  const small = new Float64Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    const [top, bottom] = bounds(row, height);
    for (let column = 0; column < SIDE; column++) {
      const [left, right] = bounds(column, width);
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += data[y * width + x]!;
      small[row * SIDE + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return small;
}

function bounds(index: number, length: number): [number, number] {
  const start = Math.min(Math.floor((index * length) / SIDE), length - 1);
  return [start, Math.max(start + 1, Math.floor(((index + 1) * length) / SIDE))];
}

/** The discrete cosine transform (type II), only where it is kept: first along rows, then down columns. */
function lowFrequencies(small: Float64Array): number[] {
  const rows = new Float64Array(SIDE * KEPT);
  for (let y = 0; y < SIDE; y++) {
    for (let u = 0; u < KEPT; u++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += small[y * SIDE + x]! * COSINES[u]![x]!;
      rows[y * KEPT + u] = sum;
    }
  }
  return Array.from({ length: KEPT * KEPT }, (_, i) => {
    const [v, u] = [Math.floor(i / KEPT), i % KEPT];
    let sum = 0;
    for (let y = 0; y < SIDE; y++) sum += rows[y * KEPT + u]! * COSINES[v]![y]!;
    return sum;
  });
}
