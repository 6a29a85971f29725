import { detailOf, GRAIN_GAIN, grainLeft, GRAINS, grainWeight, noiseAt, SHARPEN_GAIN, sharpenReach, vignetteAt } from "./effects";
import type { Size } from "./geometry";
import { bakeLut, LUT_SIDE } from "./lut";
import { changesColour, type ColourEdit, hasEffects } from "./photo-edit";
import { asPart, type Raster, type Rows } from "./raster";
import { LUMA } from "./tone";

const TOP = LUT_SIDE - 1;
const [STEP_R, STEP_G, STEP_B] = [4, 4 * LUT_SIDE, 4 * LUT_SIDE * LUT_SIDE];

/** Looks up one colour 0..255 with trilinear interpolation; what comes out is 0..1 in `out`. */
function lookUp(table: Float32Array, r: number, g: number, b: number, out: Float32Array): void {
  const [sr, sg, sb] = [(r * TOP) / 255, (g * TOP) / 255, (b * TOP) / 255];
  // The last point has no right neighbour: it is reached from the one before.
  const ir = sr >= TOP ? TOP - 1 : sr | 0;
  const ig = sg >= TOP ? TOP - 1 : sg | 0;
  const ib = sb >= TOP ? TOP - 1 : sb | 0;
  const [fr, fg, fb] = [sr - ir, sg - ig, sb - ib];
  const at = ir * STEP_R + ig * STEP_G + ib * STEP_B;
  for (let c = 0; c < 3; c++) {
    const i = at + c;
    const a00 = table[i]! + (table[i + STEP_R]! - table[i]!) * fr;
    const a10 = table[i + STEP_G]! + (table[i + STEP_G + STEP_R]! - table[i + STEP_G]!) * fr;
    const a01 = table[i + STEP_B]! + (table[i + STEP_B + STEP_R]! - table[i + STEP_B]!) * fr;
    const a11 = table[i + STEP_B + STEP_G]! + (table[i + STEP_B + STEP_G + STEP_R]! - table[i + STEP_B + STEP_G]!) * fr;
    const low = a00 + (a10 - a00) * fg;
    out[c] = low + (a01 + (a11 - a01) * fg - low) * fb;
  }
}

const toByte = (value: number) => (value <= 0 ? 0 : value >= 1 ? 255 : (value * 255 + 0.5) | 0);
const clampByte = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value);

/**
 * Everything of an edit but its geometry, in place, on a result that has its final shape: sharpen, colours, vignette,
 * grain, as in the shader. Alpha stays.
 */
export function develop(raster: Raster, edit: ColourEdit): void {
  developer(edit)(asPart(raster), 0, raster.height);
}

/**
 * The same for a few rows at a time: changes those of the whole picture's rows `from` to `to`. Beside them `rows` must hold
 * as many untouched ones as `rowsAround` says, where there are any.
 */
export function developer(edit: ColourEdit): (rows: Rows, from: number, to: number) => void {
  if (!changesColour(edit) && !hasEffects(edit.adjust)) return () => {};
  const table = bakeLut(edit);
  const { vignette, sharpen, grain } = edit.adjust;
  return (rows, from, to) => {
    const { data, width, channels, top, whole } = rows;
    const detail = sharpen > 0 ? detailOf(rows) : null;
    const grains = GRAINS / Math.max(whole.width, whole.height);
    const grainGain = GRAIN_GAIN * grain * grainLeft(Math.max(whole.width, whole.height));
    const out = new Float32Array(3);
    for (let y = from, at = (from - top) * width * channels; y < to; y++) {
      for (let x = 0; x < width; x++, at += channels) {
        let [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
        if (detail) {
          const more = SHARPEN_GAIN * sharpen * detail(x, y, LUMA[0] * r + LUMA[1] * g + LUMA[2] * b);
          [r, g, b] = [clampByte(r + more), clampByte(g + more), clampByte(b + more)];
        }
        lookUp(table, r, g, b, out);
        const light = vignette > 0 ? vignetteAt((x + 0.5) / whole.width, (y + 0.5) / whole.height, vignette) : 1;
        let speck = 0;
        if (grain > 0) speck = grainGain * noiseAt((x + 0.5) * grains, (y + 0.5) * grains) * grainWeight(light * (LUMA[0] * out[0]! + LUMA[1] * out[1]! + LUMA[2] * out[2]!));
        data[at] = toByte(out[0]! * light + speck);
        data[at + 1] = toByte(out[1]! * light + speck);
        data[at + 2] = toByte(out[2]! * light + speck);
      }
    }
  };
}

/** Rows above and below that are looked at for one row of a result of this size. */
export const rowsAround = (size: Size, { adjust }: ColourEdit) => (adjust.sharpen > 0 ? sharpenReach(size) : 0);
