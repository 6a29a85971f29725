import type { Geometry } from "@/db/schema/media-edit";
import { type Affine, applyAffine, type Size } from "./geometry";
import { asPart, type Box, type Part, type Raster } from "./raster";

/** Steps between two pixels for which weights are kept. */
const PHASES = 256;

/** Catmull-Rom weights of four neighbours for each phase: sharp, and exact where nothing lies between pixels. */
const WEIGHTS = (() => {
  const table = new Float32Array((PHASES + 1) * 4);
  for (let i = 0; i <= PHASES; i++) {
    const t = i / PHASES;
    table.set([((-t + 2) * t - 1) * t * 0.5, ((3 * t - 5) * t * t + 2) * 0.5, ((-3 * t + 4) * t + 1) * t * 0.5, (t - 1) * t * t * 0.5], i * 4);
  }
  return table;
})();

/** The picture seen through an affine map of unit squares (`toSource`), at about its own scale. Beyond the edge the edge goes on. */
export function resample(from: Raster, map: Affine, size: Size): Raster {
  return resamplePart(asPart(from), map, size, { left: 0, top: 0, ...size });
}

/** `box` of the result alone, of a part of the picture that has at least `boxBehind` it. The same to the bit wherever it is cut. */
export function resamplePart(from: Part, map: Affine, size: Size, box: Box): Raster {
  const { whole, channels } = from;
  const out = new Uint8Array(box.width * box.height * channels);
  const [a, b, c, d, e, f] = map;
  const columns = new Int32Array(4);
  for (let y = box.top, at = 0; y < box.top + box.height; y++) {
    const v = (y + 0.5) / size.height;
    for (let x = box.left; x < box.left + box.width; x++, at += channels) {
      const u = (x + 0.5) / size.width;
      samplePixel(from, (a * u + b * v + c) * whole.width - 0.5, (d * u + e * v + f) * whole.height - 0.5, columns, out, at);
    }
  }
  return { data: out, width: box.width, height: box.height, channels };
}

function samplePixel({ data, width, channels, left, top, whole }: Part, x: number, y: number, columns: Int32Array, out: Uint8Array, at: number): void {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const wx = Math.round((x - ix) * PHASES) * 4;
  const wy = Math.round((y - iy) * PHASES) * 4;
  for (let k = 0; k < 4; k++) columns[k] = (clampTo(ix - 1 + k, whole.width - 1) - left) * channels;
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const row = (clampTo(iy - 1 + k, whole.height - 1) - top) * width * channels + channel;
      sum += WEIGHTS[wy + k]! * (WEIGHTS[wx]! * data[row + columns[0]!]! + WEIGHTS[wx + 1]! * data[row + columns[1]!]! + WEIGHTS[wx + 2]! * data[row + columns[2]!]! + WEIGHTS[wx + 3]! * data[row + columns[3]!]!);
    }
    out[at + channel] = sum <= 0 ? 0 : sum >= 255 ? 255 : (sum + 0.5) | 0;
  }
}

/** What of a picture of the size `whole` is looked at for `box` of a result. */
export function boxBehind(map: Affine, whole: Size, size: Size, box: Box): Box {
  const [u1, u2] = [(box.left + 0.5) / size.width, (box.left + box.width - 0.5) / size.width];
  const [v1, v2] = [(box.top + 0.5) / size.height, (box.top + box.height - 0.5) / size.height];
  const corners = [[u1, v1], [u2, v1], [u1, v2], [u2, v2]].map(([u, v]) => applyAffine(map, u!, v!));
  // Two neighbours each way, and one more for what rounding does.
  const span = (places: number[], length: number) => {
    const low = clampTo(Math.floor(Math.min(...places) * length - 0.5) - 2, length - 1);
    return [low, clampTo(Math.floor(Math.max(...places) * length - 0.5) + 3, length - 1) + 1 - low] as const;
  };
  const [left, width] = span(corners.map(([x]) => x), whole.width);
  const [top, height] = span(corners.map(([, y]) => y), whole.height);
  return { left, top, width, height };
}

const clampTo = (value: number, last: number) => (value < 0 ? 0 : value > last ? last : value);

/** The picture turned by quarters clockwise and then mirrored, pixel by pixel. */
export function permute(from: Raster, { quarterTurns, isMirrored }: Pick<Geometry, "quarterTurns" | "isMirrored">): Raster {
  if (quarterTurns === 0 && !isMirrored) return from;
  const { data, width, height, channels } = from;
  const size = quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width };
  // Where the first pixel comes from, and how far it is to that of the next column and row.
  const [x, y] = [quarterTurns === 2 || quarterTurns === 3 ? width - 1 : 0, quarterTurns === 1 || quarterTurns === 2 ? height - 1 : 0];
  const [along, down] = ([[1, width], [-width, 1], [-1, -width], [width, -1]] as const)[quarterTurns];
  const start = (y * width + x + (isMirrored ? along * (size.width - 1) : 0)) * channels;
  const [stepX, stepY] = [(isMirrored ? -along : along) * channels, down * channels];
  const out = new Uint8Array(data.length);
  for (let row = 0, at = 0; row < size.height; row++) {
    for (let column = 0, source = start + row * stepY; column < size.width; column++, source += stepX) {
      for (let channel = 0; channel < channels; channel++) out[at++] = data[source + channel]!;
    }
  }
  return { data: out, ...size, channels };
}

/** Where `box` of the result of `permute` comes from in a picture of the size `whole`. */
export function boxBefore(whole: Size, { quarterTurns, isMirrored }: Pick<Geometry, "quarterTurns" | "isMirrored">, box: Box): Box {
  const across = quarterTurns % 2 === 0 ? whole.width : whole.height;
  const { top, width, height } = box;
  const left = isMirrored ? across - box.left - width : box.left;
  if (quarterTurns === 0) return { left, top, width, height };
  if (quarterTurns === 2) return { left: whole.width - left - width, top: whole.height - top - height, width, height };
  const turned = { width: height, height: width };
  return quarterTurns === 1 ? { left: top, top: whole.height - left - width, ...turned } : { left: whole.width - top - height, top: left, ...turned };
}
