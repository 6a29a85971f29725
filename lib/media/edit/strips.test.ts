import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Geometry } from "@/db/schema/media-edit";
import { develop } from "./develop";
import { editedSize, type Size, toSource } from "./geometry";
import { type ColourEdit, NO_ADJUSTMENTS, NO_EDIT } from "./photo-edit";
import type { Box, Part, Raster } from "./raster";
import { permute, resample } from "./resample";
import { editedStrips, leaned, type PixelSource, type Shape, turned } from "./strips";

function noise({ width, height }: Size, channels: 3 | 4): Raster {
  let seed = width * 31 + height;
  const data = Uint8Array.from({ length: width * height * channels }, () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) >>> 24);
  return { data, width, height, channels };
}

/** Gives what it is asked for and not a pixel more, as a file does. */
function cutOut(whole: Raster): PixelSource {
  const read = ({ left, top, width, height }: Box): Part => {
    if (left < 0 || top < 0 || width < 1 || height < 1 || left + width > whole.width || top + height > whole.height) throw new RangeError(`${left},${top} ${width} x ${height} of ${whole.width} x ${whole.height}`);
    const { channels } = whole;
    const data = new Uint8Array(width * height * channels);
    for (let y = 0; y < height; y++) data.set(whole.data.subarray(((top + y) * whole.width + left) * channels, ((top + y) * whole.width + left + width) * channels), y * width * channels);
    return { data, width, height, channels, left, top, whole };
  };
  return { ...whole, read };
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const size = fc.record({ width: fc.integer({ min: 1, max: 90 }), height: fc.integer({ min: 1, max: 90 }) });
const crop = fc.record({ x: share, y: share, right: share, bottom: share }).map(({ x, y, right, bottom }) => ({ x: x * 0.9, y: y * 0.9, width: (1 - x * 0.9) * (0.05 + 0.95 * right), height: (1 - y * 0.9) * (0.05 + 0.95 * bottom) }));
const geometry = fc.record({ quarterTurns: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const), isMirrored: fc.boolean(), straighten: fc.oneof(fc.constant(0), fc.double({ min: -45, max: 45, noNaN: true })), crop: fc.option(crop) });
const effects = fc.record({ sharpen: fc.constantFrom(0, 0.7), vignette: fc.constantFrom(0, 0.5), grain: fc.constantFrom(0, 0.6), brightness: fc.constantFrom(0, 0.3) });

const whatever = [size, fc.constantFrom(3 as const, 4 as const), geometry, fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 100 })] as const;

function expectSame(of: Size, channels: 3 | 4, how: Geometry, pixels: number, tile: number, colour: ColourEdit) {
  const picture = noise(of, channels);
  const edit = { ...colour, geometry: how };
  const wanted = how.straighten === 0 ? permute({ ...picture, data: Uint8Array.from(picture.data) }, how) : resample(picture, toSource(picture, how), editedSize(picture, how));
  develop(wanted, edit);
  const shape: Shape = how.straighten === 0 ? turned(picture, how) : leaned(toSource(picture, how), editedSize(picture, how));
  expect(shape.size).toEqual({ width: wanted.width, height: wanted.height });
  const strips = Array.from(editedStrips(cutOut(picture), { ...shape, tile }, edit, pixels), (strip) => Buffer.from(strip));
  expect(Buffer.concat(strips).equals(wanted.data)).toBe(true);
}

describe("strips and tiles of any size are to the bit what all at once is", { timeout: 60_000 }, () => {
  test("geometry", () => {
    fc.assert(fc.property(...whatever, (of, channels, how, pixels, tile) => expectSame(of, channels, how, pixels, tile, NO_EDIT)), { numRuns: 1_000 });
  });

  test("with colours and effects", () => {
    fc.assert(fc.property(...whatever, effects, (of, channels, how, pixels, tile, adjust) => expectSame(of, channels, how, pixels, tile, { filter: null, adjust: { ...NO_ADJUSTMENTS, ...adjust } })), { numRuns: 150 });
  });
});

test("sharpening that reaches far looks beyond its strip", () => {
  // A longer side of 4,000: four pixels each way.
  const picture = noise({ width: 4_000, height: 40 }, 3);
  const edit = { geometry: { quarterTurns: 0 as const, isMirrored: false, straighten: 0, crop: null }, filter: null, adjust: { ...NO_ADJUSTMENTS, sharpen: 1 } };
  const wanted = { ...picture, data: Uint8Array.from(picture.data) };
  develop(wanted, edit);
  for (const rows of [1, 3, 7, 39]) expect(Buffer.concat([...editedStrips(cutOut(picture), turned(picture, edit.geometry), edit, rows * 4_000)].map((strip) => Buffer.from(strip))).equals(wanted.data)).toBe(true);
});
