import fc from "fast-check";
import { expect, test } from "vitest";
import type { Crop } from "@/db/schema/media-edit";
import { NO_GEOMETRY } from "./geometry";
import { largestCrop, MIN_CROP, mirrorCrop, moveCrop, ratioOf, resizeCrop, scaleCrop, turnCrop } from "./shapes";

const frame = { width: 4000, height: 3000 };
const step = fc.double({ min: -2, max: 2, noNaN: true });
const handle = fc.record({ x: fc.constantFrom(-1, 0, 1), y: fc.constantFrom(-1, 0, 1) });

function isInside({ x, y, width, height }: Crop) {
  for (const value of [x, y]) expect(value).toBeGreaterThanOrEqual(-1e-9);
  expect(x + width).toBeLessThanOrEqual(1 + 1e-9);
  expect(y + height).toBeLessThanOrEqual(1 + 1e-9);
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(MIN_CROP - 1e-9);
}
const ratio = (crop: Crop) => (crop.width * frame.width) / (crop.height * frame.height);

test("crops stay inside, and keep the ratio they were given", () => {
  fc.assert(fc.property(fc.option(fc.constantFrom(1, 0.8, 16 / 9)), fc.array(fc.tuple(handle, step, step, fc.double({ min: 0.2, max: 3, noNaN: true })), { maxLength: 8 }), (wanted, moves) => {
    let crop = largestCrop(wanted ?? 1.3, frame);
    for (const [at, dx, dy, factor] of moves) {
      crop = scaleCrop(moveCrop(resizeCrop(crop, at as never, dx, dy, wanted, frame), dx, dy), factor);
      isInside(crop);
      if (wanted !== null) expect(ratio(crop)).toBeCloseTo(wanted, 6);
    }
  }));
});

test("the corner across stays where it is", () => {
  const crop = { x: 0.2, y: 0.2, width: 0.5, height: 0.5 };
  const smaller = resizeCrop(crop, { x: -1, y: -1 }, 0.1, 0.2, null, frame);
  expect(smaller.x + smaller.width).toBeCloseTo(0.7);
  expect(smaller.y + smaller.height).toBeCloseTo(0.7);
  expect([smaller.width, smaller.height]).toEqual([expect.closeTo(0.4), expect.closeTo(0.3)]);
});

test("shapes", () => {
  expect(largestCrop(1, frame)).toEqual({ x: 0.125, y: 0, width: 0.75, height: 1 });
  expect(largestCrop(1, frame, { x: 0.8, y: 0, width: 0.2, height: 1 }).x).toBeCloseTo(0.25);
  expect(ratioOf("original", frame, { ...NO_GEOMETRY, quarterTurns: 1 })).toBe(0.75);
  expect(ratioOf("free", frame, NO_GEOMETRY)).toBeNull();
});

test("a crop goes along with turns and mirrors", () => {
  const crop = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 };
  let turned: Crop = crop;
  for (let i = 0; i < 4; i++) turned = turnCrop(turned);
  for (const side of ["x", "y", "width", "height"] as const) expect(turned[side]).toBeCloseTo(crop[side]);
  expect(turnCrop(crop)).toEqual({ x: expect.closeTo(0.4), y: 0.1, width: 0.4, height: 0.3 });
  expect(mirrorCrop(crop).x).toBeCloseTo(0.6);
});
