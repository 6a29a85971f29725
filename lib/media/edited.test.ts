import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adjustments, Geometry, MediaEdit } from "@/db/schema/media-edit";
import { quarters, readQuarters } from "@/lib/testing/pictures";
import { deriveEssential, deriveRest, deriveSource, deriveWidth } from "./derive";
import { develop } from "./edit/develop";
import { FILTERS } from "./edit/filters";
import { NO_GEOMETRY } from "./edit/geometry";
import { NO_ADJUSTMENTS } from "./edit/photo-edit";
import { tagged } from "./tagged";

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), "heliograph-edited-"))));
afterEach(() => rm(dir, { recursive: true }));

type Change = { geometry?: Partial<Geometry>; adjust?: Partial<Adjustments>; filter?: { name: string; strength: number } | null };
const editOf = ({ geometry, adjust, filter = null }: Change): MediaEdit => ({ kind: "image", geometry: { ...NO_GEOMETRY, ...geometry }, adjust: { ...NO_ADJUSTMENTS, ...adjust }, filter });
async function inputOf(bytes: Buffer | Sharp, change: Change) {
  const path = join(dir, "input");
  await writeFile(path, Buffer.isBuffer(bytes) ? bytes : await bytes.toBuffer());
  return { path, dir, crop: null, edit: editOf(change) };
}
async function everything(bytes: Buffer | Sharp, change: Change) {
  const input = await inputOf(bytes, change);
  const made = await deriveEssential(input);
  return { ...made, variants: [...made.variants, ...(await deriveRest(input)).variants] };
}
const wide = () => quarters(1600, 1200).jpeg({ quality: 95, chromaSubsampling: "4:4:4" });

describe("geometry", () => {
  test.each([
    [{ quarterTurns: 1 }, ["blue", "red", "yellow", "green"], [1200, 1600]],
    [{ quarterTurns: 2 }, ["yellow", "blue", "green", "red"], [1600, 1200]],
    [{ quarterTurns: 3 }, ["green", "yellow", "red", "blue"], [1200, 1600]],
    [{ isMirrored: true }, ["green", "red", "yellow", "blue"], [1600, 1200]],
    [{ quarterTurns: 1, isMirrored: true }, ["red", "blue", "green", "yellow"], [1200, 1600]],
    [{ quarterTurns: 1, crop: { x: 0, y: 0, width: 1, height: 0.5 } }, ["blue", "red", "blue", "red"], [1200, 800]],
    [{ straighten: 4 }, ["red", "green", "blue", "yellow"], [1467, 1100]],
    [{ straighten: -4, quarterTurns: 2, crop: { x: 0.5, y: 0.5, width: 0.5, height: 0.5 } }, ["red", "red", "red", "red"], [734, 550]],
  ] as const)("%j", async (geometry, wanted, [width, height]) => {
    const made = await everything(wide(), { geometry: geometry as Partial<Geometry> });
    expect([made.width, made.height]).toEqual([width, height]);
    for (const variant of made.variants.filter(({ name }) => name !== "150")) expect([variant.name, variant.ext, ...(await readQuarters(join(dir, `${variant.name}.${variant.ext}`)))]).toEqual([variant.name, variant.ext, ...wanted]);
    const original = made.variants.find(({ name }) => name === "original")!;
    expect([original.width, original.height]).toEqual([width, height]);
  });

  test("what the camera turned is upright first", async () => {
    const turned = await sharp(await wide().toBuffer()).rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await deriveEssential(await inputOf(turned, { geometry: { isMirrored: true } }))).toMatchObject({ width: 1600, height: 1200 });
    expect(await readQuarters(join(dir, "640.jpg"))).toEqual(["green", "red", "yellow", "blue"]);
  });

  test("a width of its own", async () => {
    const made = await deriveWidth({ ...(await inputOf(wide(), { geometry: { quarterTurns: 1 } })), width: 500, ext: "webp" });
    expect([made.width, made.height]).toEqual([500, 667]);
  });

  test("no edge of the frame is empty when leaned", async () => {
    const white = sharp({ create: { width: 900, height: 500, channels: 3, background: "#fff" } }).png();
    await deriveEssential(await inputOf(white, { geometry: { straighten: 31 } }));
    expect((await sharp(join(dir, "640.jpg")).stats()).channels.map(({ min }) => min)).toEqual([255, 255, 255]);
  });
});

describe("colours", () => {
  test.each(FILTERS)("%s, as the formulas say", async (name) => {
    const change = { filter: { name, strength: 0.8 }, adjust: { contrast: 0.1, vignette: 0.4 } };
    const edit = editOf(change) as Extract<MediaEdit, { kind: "image" }>;
    const { data, info } = await quarters(320, 240).blur(30).raw().toBuffer({ resolveWithObject: true });
    const bytes = sharp(data, { raw: { width: 320, height: 240, channels: 3 } }).png();
    await deriveEssential(await inputOf(bytes, change));
    const wanted = { data: Uint8Array.from(data), width: info.width, height: info.height, channels: 3 as const };
    develop(wanted, edit);
    const served = await sharp(join(dir, "320.jpg")).raw().toBuffer();
    expect(served.reduce((sum, value, i) => sum + Math.abs(value - wanted.data[i]!), 0) / served.length).toBeLessThan(2);
  });

  test("a picture in Display P3 is edited in its own numbers and keeps its gamut", async () => {
    const { data } = await quarters(320, 240).blur(20).raw().toBuffer({ resolveWithObject: true });
    const pixels = { data: Uint8Array.from(data), width: 320, height: 240, channels: 3 as const };
    const change = { filter: { name: "amber", strength: 1 }, adjust: { contrast: 0.3 } };
    await deriveEssential(await inputOf(await tagged({ ...pixels, data, gamut: "p3" }), change));
    await deriveSource({ path: join(dir, "input"), dir, crop: null });
    develop(pixels, editOf(change) as Extract<MediaEdit, { kind: "image" }>);
    for (const [name, wanted] of [["320", pixels.data], ["source", data]] as const) {
      expect((await sharp(join(dir, `${name}.jpg`)).metadata()).icc).toBeDefined();
      const served = await sharp(join(dir, `${name}.jpg`), { ignoreIcc: true }).raw().toBuffer();
      expect(served.reduce((sum, value, i) => sum + Math.abs(value - wanted[i]!), 0) / served.length).toBeLessThan(2);
    }
  });

  test("see-through stays see-through", async () => {
    const glass = sharp({ create: { width: 400, height: 300, channels: 4, background: { r: 200, g: 40, b: 40, alpha: 0.5 } } }).png();
    await everything(glass, { adjust: { brightness: 0.5 }, geometry: { quarterTurns: 1 } });
    expect((await sharp(join(dir, "320.avif")).stats()).channels[3]!.mean).toBeCloseTo(128, -1);
  });

  test("an animation that is only cropped goes on moving", async () => {
    const frames = await Promise.all(["#f00", "#00f"].map((background) => sharp({ create: { width: 200, height: 100, channels: 3, background } }).png().toBuffer()));
    const gif = await sharp(frames, { join: { animated: true } }).gif({ delay: [100, 100] }).toBuffer();
    const made = await everything(gif, { geometry: { crop: { x: 0, y: 0, width: 0.5, height: 1 } } });
    expect(made).toMatchObject({ width: 100, height: 100 });
    expect(made.lost).toEqual([]);
    expect(made.variants.filter(({ ext }) => ext === "webp").map(({ name }) => name)).toEqual(["320"]);
    const served = await sharp(join(dir, "320.webp"), { pages: -1 }).metadata();
    expect([served.pages, served.delay, served.width, served.pageHeight]).toEqual([2, [100, 100], 100, 100]);
    const colours = await Promise.all([0, 1].map(async (page) => (await sharp(join(dir, "320.webp"), { page }).stats()).channels.map(({ mean }) => Math.round(mean / 255))));
    expect(colours.map((means) => means.slice(0, 3))).toEqual([[1, 0, 0], [0, 0, 1]]);
  });

  test("an animation that is turned or coloured stands still, and the receipt says so", async () => {
    const frames = await Promise.all(["#f00", "#00f"].map((background) => sharp({ create: { width: 200, height: 100, channels: 3, background } }).png().toBuffer()));
    const gif = await sharp(frames, { join: { animated: true } }).gif({ delay: [100, 100] }).toBuffer();
    for (const change of [{ geometry: { quarterTurns: 1 as const } }, { adjust: { brightness: 0.2 } }]) expect((await everything(gif, change)).lost).toEqual(["animation"]);
  });
});
