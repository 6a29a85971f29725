import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bufferReader } from "./byte-reader";
import { readJxl } from "./jxl-header";
import { MAX_JXL_PIXELS } from "./limits";
import { probePhoto } from "./probe";
import { MediaProblem } from "./problems";

// Made with cjxl 0.7.
const fixture = (name: string) => readFileSync(join(import.meta.dirname, "fixtures", `${name}.jxl`));
const { lossy, lossless, seeThrough } = MAX_JXL_PIXELS;

test.each([
  ["lossy", 64, 48, lossy],
  ["lossless", 64, 48, lossless],
  ["deep", 64, 48, lossless],
  ["was-jpeg", 64, 48, lossy],
  ["moving", 64, 48, seeThrough],
  ["see-through", 1200, 833, seeThrough],
])("%s", async (name, width, height, maxPixels) => {
  expect(await readJxl(bufferReader(fixture(name)))).toEqual({ type: "image/jxl", width, height, orientation: 1, maxPixels, isMoving: name === "moving" });
});

/** The beginning of a JPEG XL: values with their numbers of bits, lowest first. */
function header(...fields: [value: number, bits: number][]): Buffer {
  const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => Math.floor(value / 2 ** i) % 2));
  const bytes = Buffer.alloc(100);
  bytes.set([0xff, 0x0a]);
  bits.forEach((bit, i) => (bytes[2 + (i >> 3)]! |= bit << (i & 7)));
  return bytes;
}
const size = (width: number, height: number): [number, number][] => [[0, 1], [3, 2], [height - 1, 30], [0, 3], [3, 2], [width - 1, 30]];
/** Nothing beside; eight bits; so many channels more; in the colours of the eye or not. */
const plain = (more: number, isXyb: number): [number, number][] => [[0, 1], [0, 1], [0, 1], [0, 2], [1, 1], [more, 2], ...(more ? [] : ([[isXyb, 1]] as [number, number][]))];
const problemOf = (bytes: Buffer) => probePhoto(bufferReader(bytes)).then(() => "none", (error: unknown) => (error instanceof MediaProblem ? error.code : Promise.reject(error)));

describe("how large a JPEG XL may be is known from its first bytes", () => {
  test.each([
    ["lossy", 10_000, [[1, 1]]],
    ["lossy, said at length", 10_000, plain(0, 1)],
    ["lossless", 4_000, plain(0, 0)],
    ["see-through", 1_600, plain(1, 0)],
  ] as [string, number, [number, number][]][])("%s", async (_name, height, kind) => {
    expect(await problemOf(header(...size(10_000, height), ...kind))).toBe("none");
    expect(await problemOf(header(...size(10_000, height + 1), ...kind))).toBe(height === 10_000 ? "too_many_pixels" : "too_many_pixels_jxl");
  });

  test("whatever else the header says before", async () => {
    const turned: [number, number][] = [[0, 1], [1, 1], [5, 3]];
    // A size of its own for the screen, a preview, and movement; then floating point.
    const everything: [number, number][] = [...turned, [1, 1], ...size(640, 480), [1, 1], [0, 1], [3, 2], [700, 12], [1, 3], [1, 1], [2, 2], [23, 10], [0, 2], [3, 2], [7, 32], [1, 1], [1, 1], [0, 2], [7, 4], [0, 1], [0, 2], [0, 1]];
    expect(await readJxl(bufferReader(header(...size(300, 200), ...everything)))).toEqual({ type: "image/jxl", width: 300, height: 200, orientation: 6, maxPixels: lossless, isMoving: true });
    expect(await problemOf(header(...size(300, 200), ...everything).subarray(0, 20))).toBe("damaged");
  });
});
