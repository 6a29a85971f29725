import type { Size } from "./geometry";
import type { Rows } from "./raster";
import { LUMA } from "./tone";

/**
 * What depends on where a pixel lies. Every length is a share of the result's longer side, so that a preview of 1,000
 * pixels and a picture of 4,000 look the same. `shader.ts` says the same in GLSL: change both or neither.
 */

/** The longer side of a result on which sharpening reaches one pixel far. */
export const SHARPEN_SIDE = 1080;
/** How much of the difference from its surroundings is added at full strength. */
export const SHARPEN_GAIN = 1.6;
/** Grains along the longer side. */
export const GRAINS = 900;
export const GRAIN_GAIN = 0.17;
/** Where darkening begins and where it is complete, as a share of the way from the middle to a corner. */
export const VIGNETTE_FROM = 0.3;
export const VIGNETTE_TO = 1.1;
export const VIGNETTE_GAIN = 0.8;

const smoothstep = (low: number, high: number, value: number) => {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
};

/** What colours are multiplied by at a point (0..1 each way) of the result. */
export function vignetteAt(u: number, v: number, amount: number): number {
  const away = Math.sqrt(2 * ((u - 0.5) ** 2 + (v - 0.5) ** 2));
  return 1 - VIGNETTE_GAIN * amount * smoothstep(VIGNETTE_FROM, VIGNETTE_TO, away);
}

/** 0..1 from two whole numbers; 32-bit arithmetic, because GLSL has the same. */
function hash(x: number, y: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 8) / 0x1000000;
}

/** Value noise, -1..1: the same grain at every size of the picture. `x` and `y` count grains. */
export function noiseAt(x: number, y: number): number {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - ix, y - iy];
  const [sx, sy] = [fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)];
  const top = hash(ix, iy) * (1 - sx) + hash(ix + 1, iy) * sx;
  const bottom = hash(ix, iy + 1) * (1 - sx) + hash(ix + 1, iy + 1) * sx;
  return 2 * (top * (1 - sy) + bottom * sy) - 1;
}

/** How much of the grain is left at this size: grains smaller than a pixel run together. */
export const grainLeft = (longerSide: number) => Math.min(1, longerSide / GRAINS);

/** How much grain shows on a tone 0..1: most in the middle, as on film. */
export const grainWeight = (tone: number) => 0.35 + 2.6 * tone * (1 - tone);

/** Luma 0..255 of every pixel, averaged over three across with weights 1, 2, 1, `reach` pixels apart. */
function averagedAcross(data: Uint8Array, width: number, height: number, channels: number, reach: number): Float32Array {
  const out = new Float32Array(width * height);
  const row = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * width * channels; x < width; x++, at += channels) row[x] = LUMA[0] * data[at]! + LUMA[1] * data[at + 1]! + LUMA[2] * data[at + 2]!;
    for (let x = 0; x < width; x++) out[y * width + x] = (between(row, x - reach) + 2 * row[x]! + between(row, x + reach)) / 4;
  }
  return out;
}

function between(row: Float32Array, x: number): number {
  const last = row.length - 1;
  if (x <= 0) return row[0]!;
  if (x >= last) return row[last]!;
  const low = Math.floor(x);
  return row[low]! + (row[low + 1]! - row[low]!) * (x - low);
}

/** Rows above and below that sharpening looks at. */
export const sharpenReach = (size: Size) => Math.ceil(Math.max(size.width, size.height) / SHARPEN_SIDE) + 1;

/** Answers how much brighter (0..255) a pixel is than its surroundings; `y` counts from the top of the whole. */
export function detailOf({ data, width, height, channels, top, whole }: Rows): (x: number, y: number, tone: number) => number {
  const reach = Math.max(whole.width, whole.height) / SHARPEN_SIDE;
  const across = averagedAcross(data, width, height, channels, reach);
  const clampRow = (y: number) => (y < 0 ? 0 : y > whole.height - 1 ? whole.height - 1 : y);
  const rowAt = (x: number, y: number) => {
    const low = clampRow(Math.floor(y));
    const high = clampRow(low + 1);
    const share = clampRow(y) - low;
    const a = across[(low - top) * width + x]!;
    return a + (across[(high - top) * width + x]! - a) * share;
  };
  return (x, y, tone) => tone - (rowAt(x, y - reach) + 2 * across[(y - top) * width + x]! + rowAt(x, y + reach)) / 4;
}
