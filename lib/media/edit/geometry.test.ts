import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Geometry } from "@/db/schema/media-edit";
import { applyAffine, coverZoom, editedSize, frameSize, NO_GEOMETRY, sourceRegion, toSource } from "./geometry";

const size = fc.record({ width: fc.integer({ min: 1, max: 12_000 }), height: fc.integer({ min: 1, max: 12_000 }) });
const crop = fc.tuple(fc.double({ min: 0.05, max: 1, noNaN: true }), fc.double({ min: 0.05, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([width, height, x, y]) => ({ width, height, x: x * (1 - width), y: y * (1 - height) }));
const geometry: fc.Arbitrary<Geometry> = fc.record({
  quarterTurns: fc.constantFrom(0, 1, 2, 3), isMirrored: fc.boolean(), straighten: fc.double({ min: -45, max: 45, noNaN: true }), crop: fc.option(crop),
});

const CORNERS: [number, number][] = [[0, 0], [1, 0], [0, 1], [1, 1]];

const close = ([x, y]: [number, number], [wantedX, wantedY]: [number, number]) => {
  expect(x).toBeCloseTo(wantedX, 9);
  expect(y).toBeCloseTo(wantedY, 9);
};

describe("where points come from", () => {
  test("nothing done is nothing changed", () => {
    fc.assert(fc.property(size, (picture) => {
      close(applyAffine(toSource(picture, NO_GEOMETRY), 0.25, 0.75), [0.25, 0.75]);
      expect(editedSize(picture, NO_GEOMETRY)).toEqual(picture);
    }));
  });

  // What is at the upper left of the result, of a picture with 400 by 300 pixels.
  test.each([
    [{ quarterTurns: 1 }, [0, 1]], [{ quarterTurns: 2 }, [1, 1]], [{ quarterTurns: 3 }, [1, 0]],
    [{ isMirrored: true }, [1, 0]], [{ quarterTurns: 1, isMirrored: true }, [0, 0]], [{ quarterTurns: 3, isMirrored: true }, [1, 1]],
    [{ crop: { x: 0.5, y: 0.25, width: 0.5, height: 0.5 } }, [0.5, 0.25]],
    [{ quarterTurns: 1, crop: { x: 0.5, y: 0.25, width: 0.5, height: 0.5 } }, [0.25, 0.5]],
  ] as const)("%j", (change, from) => {
    close(applyAffine(toSource({ width: 400, height: 300 }, { ...NO_GEOMETRY, ...change } as Geometry), 0, 0), [...from] as [number, number]);
  });

  test("clockwise is clockwise: leaned by 10°, the middle of the top was further left", () => {
    const [x, y] = applyAffine(toSource({ width: 400, height: 400 }, { ...NO_GEOMETRY, straighten: 10 }), 0.5, 0);
    expect(x).toBeLessThan(0.5);
    expect(y).toBeGreaterThan(0);
  });

  test("no empty corner shows, whatever is done", () => {
    fc.assert(fc.property(size, geometry, (picture, done) => {
      const map = toSource(picture, done);
      for (const [u, v] of CORNERS) {
        for (const value of applyAffine(map, u, v)) {
          expect(value).toBeGreaterThanOrEqual(-1e-9);
          expect(value).toBeLessThanOrEqual(1 + 1e-9);
        }
      }
    }));
  });

  test("and no more is cut away than must be: one corner touches the edge", () => {
    fc.assert(fc.property(size, fc.double({ min: -45, max: 45, noNaN: true }), (picture, straighten) => {
      const map = toSource(picture, { ...NO_GEOMETRY, straighten });
      const sides = CORNERS.flatMap(([u, v]) => applyAffine(map, u, v));
      expect(Math.min(...sides.map((value) => Math.min(Math.abs(value), Math.abs(1 - value))))).toBeLessThan(1e-9);
    }));
  });

  test("pixels stay square", () => {
    fc.assert(fc.property(size, geometry, (picture, done) => {
      const [a, b, , d, e] = toSource(picture, done);
      const frame = frameSize(picture, done);
      const [width, height] = [frame.width * (done.crop?.width ?? 1), frame.height * (done.crop?.height ?? 1)];
      expect(Math.hypot(a * picture.width, d * picture.height) / width).toBeCloseTo(1, 6);
      expect(Math.hypot(b * picture.width, e * picture.height) / height).toBeCloseTo(1, 6);
    }));
  });

  test("four quarters are none", () => {
    expect(coverZoom({ width: 400, height: 300 }, 0)).toBe(1);
    expect(editedSize({ width: 400, height: 300 }, { ...NO_GEOMETRY, quarterTurns: 1 })).toEqual({ width: 300, height: 400 });
    expect(sourceRegion({ width: 400, height: 300 }, { ...NO_GEOMETRY, quarterTurns: 1, crop: { x: 0, y: 0, width: 1, height: 0.5 } })).toMatchObject({ x: 0, width: 0.5, height: 1 });
  });
});
