import { applyFilter, isFilterName } from "./filters";
import type { ColourEdit } from "./photo-edit";
import { brightness, clampRgb, contrast, fade, highlights, type Rgb, saturation, shadows, warmth } from "./tone";

/** Points along each side of the table by which pictures are posted. */
export const LUT_SIDE = 33;

/** The part of an edit that looks at one channel at a time. */
function lighten(c: Rgb, { adjust }: ColourEdit): void {
  brightness(c, adjust.brightness);
  highlights(c, adjust.highlights);
  shadows(c, adjust.shadows);
  contrast(c, adjust.contrast);
}

function tint(c: Rgb, { filter, adjust }: ColourEdit): void {
  warmth(c, adjust.warmth);
  saturation(c, adjust.saturation);
  if (filter && isFilterName(filter.name)) applyFilter(c, filter.name, filter.strength);
  fade(c, adjust.fade);
  clampRgb(c);
}

/** What an edit makes of one colour, in place: light first, then colour, then the filter, and the paper last. */
export function developColour(c: Rgb, edit: ColourEdit): void {
  lighten(c, edit);
  tint(c, edit);
}

/**
 * Everything that an edit does to single colours, baked into one table: 33³ points, four numbers 0..1 each (the fourth is
 * 1), red fastest, as a 3D texture wants it. Both the shader and the server look colours up in it with trilinear
 * interpolation, so they agree by construction. A smaller `side` is for a slider on its way.
 */
export function bakeLut(edit: ColourEdit, side = LUT_SIDE): Float32Array<ArrayBuffer> {
  const table = new Float32Array(side ** 3 * 4);
  const c = new Float64Array(3);
  // Light does to each channel the same, whatever the others are: once for each step is enough.
  const light = Float64Array.from({ length: side }, (_, step) => {
    c.fill(step / (side - 1));
    lighten(c, edit);
    return c[0]!;
  });
  let at = 0;
  for (let b = 0; b < side; b++) {
    for (let g = 0; g < side; g++) {
      for (let r = 0; r < side; r++, at += 4) {
        c[0] = light[r]!;
        c[1] = light[g]!;
        c[2] = light[b]!;
        tint(c, edit);
        table[at] = c[0];
        table[at + 1] = c[1];
        table[at + 2] = c[2];
        table[at + 3] = 1;
      }
    }
  }
  return table;
}
