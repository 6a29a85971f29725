import { applyFilter, isFilterName } from "./filters";
import type { ColourEdit } from "./photo-edit";
import { brightness, clampRgb, contrast, fade, highlights, type Rgb, saturation, shadows, warmth } from "./tone";

/** Points along each side of the table by which pictures are posted. */
export const LUT_SIDE = 33;

/** What an edit makes of one colour, in place: light first, then colour, then the filter, and the paper last. */
export function developColour(c: Rgb, { filter, adjust }: ColourEdit): void {
  brightness(c, adjust.brightness);
  highlights(c, adjust.highlights);
  shadows(c, adjust.shadows);
  contrast(c, adjust.contrast);
  warmth(c, adjust.warmth);
  saturation(c, adjust.saturation);
  if (filter && isFilterName(filter.name)) applyFilter(c, filter.name, filter.strength);
  fade(c, adjust.fade);
  clampRgb(c);
}

/**
 * Everything that an edit does to single colours, baked into one table: 33³ points, four numbers 0..1 each (the fourth is
 * 1), red fastest, as a 3D texture wants it. Both the shader and the server look colours up in it with trilinear
 * interpolation, so they agree by construction. A smaller `side` is for a slider on its way.
 */
export function bakeLut(edit: ColourEdit, side = LUT_SIDE): Float32Array<ArrayBuffer> {
  const table = new Float32Array(side ** 3 * 4);
  const c = new Float64Array(3);
  const top = side - 1;
  for (let i = 0; i < side ** 3; i++) {
    c[0] = (i % side) / top;
    c[1] = (Math.floor(i / side) % side) / top;
    c[2] = Math.floor(i / (side * side)) / top;
    developColour(c, edit);
    table[i * 4] = c[0];
    table[i * 4 + 1] = c[1];
    table[i * 4 + 2] = c[2];
    table[i * 4 + 3] = 1;
  }
  return table;
}
