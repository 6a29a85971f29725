import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Adjustments } from "@/db/schema/media-edit";
import { develop } from "./develop";
import { noiseAt, vignetteAt } from "./effects";
import { FILTERS } from "./filters";
import { developColour } from "./lut";
import { type ColourEdit, isNeutral, NO_ADJUSTMENTS, NO_EDIT } from "./photo-edit";
import type { Raster } from "./raster";

const edit = (adjust: Partial<Adjustments>, filter: ColourEdit["filter"] = null): ColourEdit => ({ filter, adjust: { ...NO_ADJUSTMENTS, ...adjust } });

/** Every hue, tone and a soft ramp, 48 by 32. */
function chart(channels: 3 | 4 = 3): Raster {
  const [width, height] = [48, 32];
  const data = new Uint8Array(width * height * channels);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at += channels) data.set([(x * 255) / 47, (y * 255) / 31, ((x + y) * 255) / 78, 128].slice(0, channels), at);
  return { data, width, height, channels };
}
const copy = (raster: Raster): Raster => ({ ...raster, data: Uint8Array.from(raster.data) });
function developedChart(how: ColourEdit, channels: 3 | 4 = 3) {
  const raster = copy(chart(channels));
  develop(raster, how);
  return raster;
}
const print = ({ data }: Raster) => createHash("sha256").update(data).digest("hex").slice(0, 12);

test("no edit, no change", () => {
  expect(isNeutral(NO_EDIT)).toBe(true);
  expect(developedChart(NO_EDIT).data).toEqual(chart().data);
});

test("the table itself changes nothing when it says nothing", () => {
  // Through the whole arithmetic: a grain too small to see.
  expect(developedChart(edit({ grain: 1e-9 })).data).toEqual(chart().data);
});

test("the table agrees with the formulas to one step of 255", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FILTERS), fc.double({ min: 0, max: 1, noNaN: true }), fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 255 }))), (name, strength, amounts, colour) => {
      const [b, c, w, s, h, d] = amounts.map((amount) => amount * 0.6);
      const how = edit({ brightness: b, contrast: c, warmth: w, saturation: s, highlights: h, shadows: d }, { name, strength });
      const pixel: Raster = { data: Uint8Array.from(colour), width: 1, height: 1, channels: 3 };
      develop(pixel, how);
      const wanted = Float64Array.from(colour, (v) => v / 255);
      developColour(wanted, how);
      for (const [i, value] of wanted.entries()) expect(Math.abs(pixel.data[i]! - value * 255)).toBeLessThan(4);
    }),
    { numRuns: 40 },
  );
});

test("alpha stays", () => {
  const { data } = developedChart(edit({ brightness: 0.5, vignette: 1 }), 4);
  expect(data.filter((_, i) => i % 4 === 3).every((value) => value === 128)).toBe(true);
});

describe("effects", () => {
  test("vignette leaves the middle and darkens corners alike", () => {
    expect(vignetteAt(0.5, 0.5, 1)).toBe(1);
    expect(vignetteAt(0, 0, 1)).toBeLessThan(0.4);
    expect(vignetteAt(0, 0, 1)).toBeCloseTo(vignetteAt(1, 1, 1), 12);
    expect(vignetteAt(0, 0, 0)).toBe(1);
  });
  test("grain is always the same, has no direction and no gaps", () => {
    expect(noiseAt(3.25, 7.5)).toBe(noiseAt(3.25, 7.5));
    const all = Array.from({ length: 10_000 }, (_, i) => noiseAt((i % 100) + 0.5, Math.floor(i / 100) + 0.5));
    expect(Math.abs(all.reduce((sum, value) => sum + value, 0) / all.length)).toBeLessThan(0.03);
    expect(Math.abs(noiseAt(4.999999, 2.5) - noiseAt(5.000001, 2.5))).toBeLessThan(1e-4);
  });
  test("sharpening leaves flat parts alone and steepens edges", () => {
    const flat: Raster = { data: new Uint8Array(300).fill(120), width: 10, height: 10, channels: 3 };
    develop(flat, edit({ sharpen: 1 }));
    expect(flat.data.every((value) => value === 120)).toBe(true);
    const edge: Raster = { data: Uint8Array.from({ length: 1080 * 3 }, (_, i) => (i < 540 * 3 ? 80 : 170)), width: 1080, height: 1, channels: 3 };
    develop(edge, edit({ sharpen: 1 }));
    expect([edge.data[539 * 3]! < 80, edge.data[540 * 3]! > 170, edge.data[0], edge.data[1079 * 3]]).toEqual([true, true, 80, 170]);
  });
});

/** Golden prints of the chart: a change here changes pictures that people will edit again. Only on purpose, with a word in the changelog. */
test("golden pictures", () => {
  const everything = { brightness: 0.2, contrast: 0.3, warmth: -0.4, saturation: 0.2, highlights: -0.3, shadows: 0.4, fade: 0.2, vignette: 0.5, sharpen: 0.6, grain: 0.5 };
  const prints = Object.fromEntries(FILTERS.map((name) => [name, print(developedChart(edit({}, { name, strength: 1 })))]));
  prints.everything = print(developedChart(edit(everything, { name: "dusk", strength: 0.7 })));
  expect(prints).toMatchInlineSnapshot(`
    {
      "amber": "9b6ea307e3ee",
      "cedar": "71e0ba72690d",
      "dawn": "d2327d1658f6",
      "dune": "73a9e2dedba2",
      "dusk": "3bdf4c954707",
      "everything": "929f5a2743e4",
      "fjord": "ea36d4478fdd",
      "harbour": "d1d804ce1f38",
      "letter": "e42a5b852e74",
      "linen": "de26fd865c26",
      "meadow": "c693072ecd24",
      "mist": "97fedcd6df00",
      "noon": "d1bb528b03a9",
      "silver": "11766d55de59",
      "slate": "3d2ed41addb9",
      "velvet": "c43b244dc4bf",
    }
  `);
});
