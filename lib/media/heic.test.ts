import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readQuarters } from "@/lib/testing/pictures";
import { bufferReader } from "./byte-reader";
import { derive } from "./decoder";
import { deriveEssential, deriveRest } from "./derive";
import { readable } from "./readable";
import { newLibheif } from "./libheif";
import { probePhoto } from "./probe";
import { isProblemCode, MediaProblem } from "./problems";

// Made with heif-enc; the grids are put together from its tiles as phones do it.
const fixture = (name: string) => readFileSync(join(import.meta.dirname, "fixtures", `${name}.heic`));
const UPRIGHT = ["red", "green", "blue", "yellow"];

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), "heliograph-heic-"))));
afterEach(() => rm(dir, { recursive: true }));

function inputOf(bytes: Buffer) {
  const path = join(dir, "original");
  writeFileSync(path, bytes);
  return { path, dir, crop: null };
}
const problemOf = (work: Promise<unknown>) => work.then(() => "none", (error: unknown) => (error instanceof MediaProblem ? error.code : Promise.reject(error)));

/** A copy whose box `type` has other bytes from `offset` behind its name. */
function forge(bytes: Buffer, type: string, offset: number, values: number[], last = false): Buffer {
  const copy = Buffer.from(bytes);
  const at = last ? copy.lastIndexOf(type) : copy.indexOf(type);
  values.forEach((value, i) => copy.writeUInt32BE(value, at + 4 + offset + i * 4));
  return copy;
}

describe("the header", () => {
  test.each([["plain", 640, 480], ["alpha", 640, 480], ["p3", 320, 240], ["grid-mirrored", 640, 480], ["phone-grid-turned", 480, 640]])("%s is %i x %i", async (name, width, height) => {
    const bytes = fixture(name);
    expect(await probePhoto(bufferReader(bytes))).toEqual({ type: "image/heic", bytes: bytes.length, width, height });
  });

  test("HEIF without a HEVC brand is HEIF; a film in the same container is none", async () => {
    const bytes = fixture("plain");
    const brand = (...names: string[]) => {
      const copy = Buffer.from(bytes);
      for (let at = 8, i = 0; at < copy.readUInt32BE(0); at += 4) if (at !== 12) copy.write(names[Math.min(i++, names.length - 1)]!, at, "latin1");
      return probePhoto(bufferReader(copy)).then(({ type }) => type, (error: MediaProblem) => error.code);
    };
    expect([await brand("mif1"), await brand("msf1", "hevc"), await brand("heix", "mif1"), await brand("isom", "mp42")]).toEqual(["image/heif", "image/heic", "image/heic", "video"]);
  });

  test("bounds hold for every picture inside, not only the shown one", async () => {
    for (const last of [false, true]) {
      const forged = forge(fixture("phone-grid-turned"), "ispe", 4, [60_000, 60_000], last);
      expect(await problemOf(probePhoto(bufferReader(forged)))).toBe("too_many_pixels");
    }
    expect(await problemOf(probePhoto(bufferReader(forge(fixture("plain"), "ispe", 4, [0, 480]))))).toBe("damaged");
  });

  test("every cut and every wrong byte of it is judged, never an error", async () => {
    const bytes = fixture("phone-grid-turned");
    for (let length = 1; length < bytes.length; length += 3) expect(["none", "damaged", "not_a_photo", "video"]).toContain(await problemOf(probePhoto(bufferReader(bytes.subarray(0, length)))));
    for (let at = 0; at < 1_000; at++) {
      const copy = Buffer.from(bytes);
      copy[at] = copy[at]! ^ 0xff;
      expect(["none", "damaged", "not_a_photo", "video", "too_many_pixels"]).toContain(await problemOf(probePhoto(bufferReader(copy))));
    }
  });
});

describe("derived files", () => {
  test.each(["plain", "grid-mirrored", "phone-grid-turned"])("%s comes out upright, once, in its colours and with nothing about its maker", async (name) => {
    const input = inputOf(fixture(name));
    const essential = await deriveEssential(input);
    // As phones do it: upright by turning, and in Display P3, of which its pure colours need all.
    const portrait = name === "phone-grid-turned";
    expect(essential).toMatchObject({ width: portrait ? 480 : 640, height: portrait ? 640 : 480 });
    const variants = [...essential.variants, ...(await deriveRest(input)).variants];
    expect(variants.map((variant) => `${variant.name}.${variant.ext}`).sort()).toEqual([...["150", "320", "640"].flatMap((name) => ["avif", "jpg", "webp"].map((ext) => `${name}.${ext}`)), "original.jpg", "original.webp"]);
    for (const variant of variants) {
      const bytes = await readFile(join(dir, `${variant.name}.${variant.ext}`));
      expect([variant.name, variant.ext, ...(await readQuarters(bytes))]).toEqual([variant.name, variant.ext, ...UPRIGHT]);
      const { hasProfile, exif, orientation } = await sharp(bytes).metadata();
      expect({ hasProfile, exif, orientation, leaks: bytes.includes("Secret Camera") }).toEqual({ hasProfile: portrait, exif: undefined, orientation: undefined, leaks: false });
    }
    expect(fixture("phone-grid-turned").includes("Secret Camera")).toBe(true);
  });

  test("see-through parts are white in JPEG and stay so in AVIF", async () => {
    const input = inputOf(fixture("alpha"));
    await deriveEssential(input);
    expect(await readQuarters(join(dir, "640.jpg"))).toEqual(["red", "green", "white", "white"]);
    await deriveRest(input);
    expect((await sharp(join(dir, "640.avif")).stats()).channels[3]).toMatchObject({ min: 0, max: 255 });
  });

  test("Display P3 is brought to sRGB, by its profile", async () => {
    await deriveEssential(inputOf(fixture("p3")));
    const [r, g, b] = await sharp(join(dir, "320.jpg")).raw().toBuffer();
    for (const [is, was] of [[r, 100], [g, 160], [b, 90]]) expect(Math.abs(is! - was!)).toBeLessThanOrEqual(4);
  });

  test("a crop is of the upright picture", async () => {
    const made = await deriveEssential({ ...inputOf(fixture("phone-grid-turned")), crop: { x: 0.5, y: 0, width: 0.5, height: 1 } });
    expect(made).toMatchObject({ width: 240, height: 640 });
    expect(await readQuarters(join(dir, "320.jpg"))).toEqual(["green", "green", "yellow", "yellow"]);
  });
});

describe("harm", () => {
  test.each(["plain", "phone-grid-turned", "alpha"])("%s cut anywhere is refused", async (name) => {
    const bytes = fixture(name);
    for (const part of [0.2, 0.5, 0.8, 0.95]) expect(["damaged", "not_a_photo"]).toContain(await problemOf(deriveEssential(inputOf(bytes.subarray(0, Math.floor(bytes.length * part))))));
  });

  test("lies about the size end before memory is taken", { timeout: 20_000 }, async () => {
    const grid = forge(fixture("phone-grid-turned"), "idat", 4, [0xea60_ea60]);
    // A picture of 144 megapixels whose header says 64 x 64.
    const small = fixture("bomb-144-megapixels");
    expect(await probePhoto(bufferReader(small))).toMatchObject({ width: 64, height: 64 });
    const before = process.memoryUsage().rss;
    for (const bytes of [grid, small]) expect(["too_many_pixels", "damaged"]).toContain(await problemOf(readable(inputOf(bytes).path, dir)));
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  test("no picture gets more than a gigabyte", async () => {
    const lib = await newLibheif();
    expect(lib.call("malloc", 500_000_000)).toBeGreaterThan(0);
    expect(lib.call("malloc", 600_000_000)).toBe(0);
  });

  test("whatever byte is wrong, the file is at fault or the picture odd, and the decoder goes on", { timeout: 60_000 }, async () => {
    const bytes = fixture("phone-grid-turned");
    for (let at = 16; at < bytes.length; at += 61) {
      const copy = Buffer.from(bytes);
      copy[at] = copy[at]! ^ 0x5a;
      const end = await problemOf(derive("essential", inputOf(copy)));
      expect([at, end === "none" || isProblemCode(end)]).toEqual([at, true]);
    }
    expect(await derive("essential", inputOf(bytes))).toMatchObject({ width: 480, height: 640 });
  });
});
