import type { Geometry } from "@/db/schema/media-edit";
import type { Raster } from "./develop";
import type { Affine, Size } from "./geometry";

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
  const { channels } = from;
  const out = new Uint8Array(size.width * size.height * channels);
  const [a, b, c, d, e, f] = map;
  const columns = new Int32Array(4);
  for (let y = 0, at = 0; y < size.height; y++) {
    const v = (y + 0.5) / size.height;
    for (let x = 0; x < size.width; x++, at += channels) {
      const u = (x + 0.5) / size.width;
      samplePixel(from, (a * u + b * v + c) * from.width - 0.5, (d * u + e * v + f) * from.height - 0.5, columns, out, at);
    }
  }
  return { data: out, ...size, channels };
}

function samplePixel({ data, width, height, channels }: Raster, x: number, y: number, columns: Int32Array, out: Uint8Array, at: number): void {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const wx = Math.round((x - ix) * PHASES) * 4;
  const wy = Math.round((y - iy) * PHASES) * 4;
  for (let k = 0; k < 4; k++) columns[k] = clampTo(ix - 1 + k, width - 1) * channels;
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const row = clampTo(iy - 1 + k, height - 1) * width * channels + channel;
      sum += WEIGHTS[wy + k]! * (WEIGHTS[wx]! * data[row + columns[0]!]! + WEIGHTS[wx + 1]! * data[row + columns[1]!]! + WEIGHTS[wx + 2]! * data[row + columns[2]!]! + WEIGHTS[wx + 3]! * data[row + columns[3]!]!);
    }
    out[at + channel] = sum <= 0 ? 0 : sum >= 255 ? 255 : (sum + 0.5) | 0;
  }
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
