import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { longGif, movingPng } from "@/lib/testing/corpus";
import { detailedPhoto, GPS_EXIF, quarters, readQuarters } from "@/lib/testing/pictures";
import { deriveAvatar, deriveEssential, deriveRest } from "./derive";
import { widthsFor } from "./widths";

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), "heliograph-derive-"))));
afterEach(() => rm(dir, { recursive: true }));

async function inputOf(bytes: Buffer | Sharp, crop: Parameters<typeof deriveEssential>[0]["crop"] = null) {
  const path = join(dir, "input");
  await writeFile(path, Buffer.isBuffer(bytes) ? bytes : await bytes.toBuffer());
  return { path, dir, crop };
}
const file = (variant: { name: string; ext: string }) => join(dir, `${variant.name}.${variant.ext}`);
const sizes = (variants: { name: string; ext: string; width: number; height: number }[]) => variants.map((v) => `${v.name}.${v.ext} ${v.width}x${v.height}`).sort();

const redAt = async (variant: { name: string; ext: string }, page: number) => (await sharp(file(variant), { page }).stats()).channels[0]!.mean;

/** All variants of both steps. */
async function deriveAll(input: Awaited<ReturnType<typeof inputOf>>) {
  const essential = await deriveEssential(input);
  return { ...essential, variants: [...essential.variants, ...(await deriveRest(input)).variants] };
}

describe("sizes", () => {
  test("each width once, smaller ones from one decode, nothing enlarged", async () => {
    const all = await deriveAll(await inputOf(quarters(2000, 1000).jpeg()));
    expect(all).toMatchObject({ width: 2000, height: 1000 });
    expect(sizes(all.variants)).toEqual([
      ...[["1080", "1080x540"], ["1440", "1440x720"], ["150", "150x150"], ["320", "320x160"], ["640", "640x320"]].flatMap(([name, size]) => ["avif", "jpg", "webp"].map((ext) => `${name}.${ext} ${size}`)),
      "original.jpg 2000x1000", "original.webp 2000x1000",
    ]);
    for (const variant of all.variants) {
      const meta = await sharp(file(variant)).metadata();
      expect([variant.name, meta.width, meta.height]).toEqual([variant.name, variant.width, variant.height]);
      expect(variant.bytes).toBe(readFileSync(file(variant)).length);
    }
    expect(Buffer.from(all.thumbhash, "base64").length).toBeLessThan(30);
  });

  test("a small photo stays small", async () => {
    const all = await deriveAll(await inputOf(quarters(100, 80).png()));
    expect(sizes(all.variants)).toEqual(["150.avif 80x80", "150.jpg 80x80", "150.webp 80x80", "320.avif 100x80", "320.jpg 100x80", "320.webp 100x80", "original.jpg 100x80", "original.webp 100x80"]);
    const middling = await deriveEssential(await inputOf(quarters(500, 400).png()));
    expect(sizes(middling.variants)).toEqual(["150.jpg 150x150", "320.jpg 320x256", "640.jpg 500x400"]);
  });

  test("extreme shapes", async () => {
    expect(sizes((await deriveAll(await inputOf(quarters(1, 1).png()))).variants)).toContain("320.jpg 1x1");
    expect(sizes((await deriveEssential(await inputOf(quarters(3000, 20).png()))).variants)).toEqual(["1080.jpg 1080x7", "150.jpg 7x7", "320.jpg 320x2", "640.jpg 640x4"]);
    expect(sizes((await deriveEssential(await inputOf(quarters(20, 20_000).jpeg()))).variants)).toEqual(["150.jpg 16x16", "320.jpg 16x16000"]);
  });

  test.each([[100, [320]], [320, [320]], [321, [320, 640]], [1080, [320, 640, 1080]], [5000, [320, 640, 1080]]])("a width of %i has %j", (width, widths) => {
    expect(widthsFor(width, [320, 640, 1080])).toEqual(widths);
  });
});

describe("orientation and crop", () => {
  // EXIF: how the stored picture must be turned; what the viewer sees is always red, green / blue, yellow.
  const stored = { 1: (s: Sharp) => s, 2: (s: Sharp) => s.flop(), 3: (s: Sharp) => s.rotate(180), 4: (s: Sharp) => s.flip(), 5: async (s: Sharp) => sharp(await s.rotate(90).toBuffer()).flop(), 6: (s: Sharp) => s.rotate(270), 7: async (s: Sharp) => sharp(await s.rotate(270).toBuffer()).flop(), 8: (s: Sharp) => s.rotate(90) };

  test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)("EXIF %i comes out upright, whole and cropped", async (orientation) => {
    const upright = await quarters(1600, 1200).png().toBuffer();
    const turned = await (await stored[orientation](sharp(upright))).toBuffer();
    const bytes = await sharp(turned).jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();
    const all = await deriveAll(await inputOf(bytes));
    expect(all).toMatchObject({ width: 1600, height: 1200 });
    for (const variant of all.variants) expect([variant.name, variant.ext, ...(await readQuarters(file(variant)))]).toEqual([variant.name, variant.ext, "red", "green", "blue", "yellow"]);

    const crop = { x: 0.5, y: 0, width: 0.5, height: 1 };
    const cropped = await deriveAll(await inputOf(bytes, crop));
    expect(cropped).toMatchObject({ width: 800, height: 1200 });
    for (const variant of cropped.variants.filter((v) => v.name !== "150")) expect([variant.name, variant.ext, ...(await readQuarters(file(variant)))]).toEqual([variant.name, variant.ext, "green", "green", "yellow", "yellow"]);
  });

  test("a crop without scaling, and one past the edge", async () => {
    const bytes = await quarters(200, 200).png().toBuffer();
    expect(sizes((await deriveEssential(await inputOf(bytes, { x: 0, y: 0.5, width: 0.5, height: 0.5 }))).variants)).toContain("320.jpg 100x100");
    expect(await readQuarters(join(dir, "320.jpg"))).toEqual(["blue", "blue", "blue", "blue"]);
    expect(await deriveEssential(await inputOf(bytes, { x: 0.9, y: 0.9, width: 0.9, height: 0.9 }))).toMatchObject({ width: 20, height: 20 });
    expect(await deriveEssential(await inputOf(bytes, { x: 0, y: 0, width: 1, height: 1 }))).toMatchObject({ width: 200, height: 200 });
  });
});

describe("kinds of pictures", () => {
  test("see-through stays so in AVIF and is white in JPEG", async () => {
    const bytes = await sharp({ create: { width: 400, height: 400, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer();
    await deriveAll(await inputOf(bytes));
    expect(await readQuarters(join(dir, "640.jpg"))).toEqual(["white", "white", "white", "white"]);
    expect((await sharp(join(dir, "640.avif")).stats()).channels.at(-1)!.max).toBe(0);
    expect(await readQuarters(join(dir, "original.jpg"))).toEqual(["white", "white", "white", "white"]);
  });

  test.each([
    ["grey", (s: Sharp) => s.greyscale().jpeg()],
    ["grey with alpha", (s: Sharp) => s.greyscale().ensureAlpha(1).png()],
    ["palette", (s: Sharp) => s.png({ palette: true })],
    ["16 bits", (s: Sharp) => s.toColourspace("rgb16").png()],
    ["16 bits grey", (s: Sharp) => s.toColourspace("grey16").png()],
    ["CMYK", (s: Sharp) => s.toColourspace("cmyk").jpeg()],
    ["progressive", (s: Sharp) => s.jpeg({ progressive: true })],
    ["WebP", (s: Sharp) => s.webp()],
    ["AVIF", (s: Sharp) => s.avif({ effort: 0 })],
  ])("%s", async (_name, encode) => {
    const all = await deriveAll(await inputOf(encode(quarters(700, 500))));
    expect(all).toMatchObject({ width: 700, height: 500 });
    for (const variant of all.variants) {
      const meta = await sharp(file(variant)).metadata();
      expect({ name: variant.name, is: [meta.space, meta.depth, meta.hasProfile] }).toEqual({ name: variant.name, is: ["srgb", "uchar", false] });
      expect([3, 4]).toContain(meta.channels);
    }
  });

  test("colours of a wide profile are brought to sRGB", async () => {
    // Display P3's (255, 0, 0) lies outside sRGB; its sRGB green of (117, 251, 76) is the profile's (153, 245, 102)-ish.
    const p3 = await sharp({ create: { width: 64, height: 64, channels: 3, background: "rgb(100,160,90)" } }).withIccProfile("p3").png().toBuffer();
    const plain = await sharp({ create: { width: 64, height: 64, channels: 3, background: "rgb(100,160,90)" } }).png().toBuffer();
    await deriveEssential(await inputOf(p3));
    const converted = await sharp(join(dir, "320.jpg")).raw().toBuffer();
    await deriveEssential(await inputOf(plain));
    const same = await sharp(join(dir, "320.jpg")).raw().toBuffer();
    for (let i = 0; i < 3; i++) expect(Math.abs(converted[i]! - same[i]!)).toBeLessThanOrEqual(4);
  });

  test("an animation stays one in WebP, and its first frame is the JPEG", async () => {
    const frames = await Promise.all(["#f00", "#0f0", "#00f"].map((background) => sharp({ create: { width: 400, height: 300, channels: 3, background } }).png().toBuffer()));
    const gif = await sharp(frames, { join: { animated: true } }).gif({ delay: [100, 200, 300], loop: 0 }).toBuffer();
    const all = await deriveAll(await inputOf(gif));
    expect(all).toMatchObject({ width: 400, height: 300 });
    expect(sizes(all.variants)).toEqual(["150.jpg 150x150", "320.jpg 320x240", "320.webp 320x240", "640.jpg 400x300", "640.webp 400x300"]);
    const meta = await sharp(join(dir, "320.webp"), { pages: -1 }).metadata();
    expect([meta.pages, meta.delay]).toEqual([3, [100, 200, 300]]);
    expect(await readQuarters(join(dir, "320.jpg"))).toEqual(["red", "red", "red", "red"]);
    const cropped = await deriveRest(await inputOf(gif, { x: 0, y: 0, width: 0.5, height: 1 }));
    expect(sizes(cropped.variants)).toEqual(["320.webp 200x300"]);
  });

  test("a GIF of 1280 x 720 with 100 frames moves, whole in the sizes that fit", { timeout: 60_000 }, async () => {
    const input = await inputOf(await longGif(100));
    const all = await deriveEssential(input);
    expect(all.lost).toEqual([]);
    const { variants } = await deriveRest(input);
    expect(variants.map(({ name, width }) => [name, width])).toEqual([["320", 320], ["640", 640], ["1080", 1080], ["1440", 1280]]);
    for (const variant of variants) {
      const { pages, delay } = await sharp(file(variant), { pages: -1 }).metadata();
      expect([variant.name, pages, new Set(delay)]).toEqual([variant.name, 100, new Set([40])]);
    }
    expect(await redAt(variants.at(-1)!, 73)).toBeCloseTo((73 * 37) % 256, -1);
  });

  test("a longer one moves in fewer steps and smaller, as long as it did", { timeout: 60_000 }, async () => {
    const input = await inputOf(await longGif(201, 1200, 900, 50));
    expect((await deriveEssential(input)).lost).toEqual(["large_movement"]);
    const longer = await inputOf(await longGif(365, 1200, 900, 50));
    expect((await deriveEssential(longer)).lost).toEqual(["frames", "large_movement"]);
    const { variants } = await deriveRest(longer);
    expect(variants.map(({ name }) => name)).toEqual(["320", "640"]);
    for (const variant of variants) {
      const { pages, delay, pageHeight } = await sharp(file(variant), { pages: -1 }).metadata();
      expect([pages, delay!.reduce((sum, one) => sum + one, 0), delay![0], delay!.at(-1), pageHeight]).toEqual([183, 365 * 50, 100, 50, (variant.width * 3) / 4]);
      expect(await redAt(variant, 60)).toBeCloseTo((120 * 37) % 256, -1);
    }
    // A narrow part of it: all around that part would have to be held, too.
    expect((await deriveEssential({ ...longer, crop: { x: 0.1, y: 0.1, width: 0.3, height: 0.8 } })).lost).toEqual(["animation"]);
    expect((await deriveEssential(await inputOf(await longGif(400, 1200, 900, 50)))).lost).toEqual(["animation"]);
  });

  test("that the movement of an animated PNG, AVIF or JPEG XL is lost is said", async () => {
    const plain = await quarters(64, 48).png().toBuffer();
    expect((await deriveEssential(await inputOf(plain))).lost).toEqual([]);
    expect((await deriveEssential(await inputOf(movingPng(plain, 7)))).lost).toEqual(["animation"]);
    expect((await deriveEssential(await inputOf(readFileSync(join(import.meta.dirname, "fixtures/moving.jxl"))))).lost).toEqual(["animation"]);
    expect((await deriveEssential(await inputOf(readFileSync(join(import.meta.dirname, "fixtures/plain.jxl"))))).lost).toEqual([]);
    const still = await quarters(64, 48).avif({ effort: 0 }).toBuffer();
    expect((await deriveEssential(await inputOf(still))).lost).toEqual([]);
    // Its index behind the still that everybody can show, as encoders may put it.
    const table = Buffer.concat([Buffer.from([0, 0, 0, 28]), Buffer.from("moov"), Buffer.from([0, 0, 0, 20]), Buffer.from("stsz"), Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9])]);
    expect((await deriveEssential(await inputOf(Buffer.concat([still, table])))).lost).toEqual(["animation"]);
  });

  test("nothing of EXIF, XMP or profile is left in any variant", async () => {
    const bytes = await quarters(1500, 1000).jpeg().withExif(GPS_EXIF).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description dc:creator="Jane Hidden" xmlns:dc="http://purl.org/dc/elements/1.1/"/></rdf:RDF></x:xmpmeta>').toBuffer();
    expect(bytes.includes("Secret Camera Works") && bytes.includes("Jane Hidden")).toBe(true);
    for (const make of [deriveAll, deriveAvatar]) {
      for (const variant of (await make(await inputOf(bytes))).variants) {
        const meta = await sharp(file(variant)).metadata();
        const left = { exif: meta.exif, xmp: meta.xmp, iptc: meta.iptc, icc: meta.icc };
        expect({ name: variant.name, ...left }).toEqual({ name: variant.name, exif: undefined, xmp: undefined, iptc: undefined, icc: undefined });
        const raw = readFileSync(file(variant));
        expect(raw.includes("Secret Camera") || raw.includes("Jane Hidden") || raw.includes("Exif\0\0")).toBe(false);
      }
    }
  });
});

describe("damage", () => {
  test.each([0.3, 0.6, 0.95])("a JPEG cut at %f is refused", async (part) => {
    const bytes = await detailedPhoto(600, 400);
    await expect(deriveEssential(await inputOf(bytes.subarray(0, Math.floor(bytes.length * part))))).rejects.toThrow(/jpeg|premature|corrupt|invalid|unexpected|error/i);
  });
  test.each([["png", (s: Sharp) => s.png()], ["webp", (s: Sharp) => s.webp()], ["gif", (s: Sharp) => s.gif()], ["avif", (s: Sharp) => s.avif({ effort: 0 })]] as const)("a cut %s is refused", async (_name, encode) => {
    const bytes = await encode(sharp(await detailedPhoto(600, 400))).toBuffer();
    await expect(deriveEssential(await inputOf(bytes.subarray(0, bytes.length * 0.6)))).rejects.toThrow(/jpeg|premature|corrupt|invalid|unexpected|error/i);
  });
});

test("an avatar is square in three sizes", async () => {
  const all = await deriveAvatar(await inputOf(quarters(1000, 600).jpeg(), { x: 0.2, y: 0, width: 0.6, height: 1 }));
  expect(sizes(all.variants)).toEqual(["150.jpg 150x150", "150.webp 150x150", "320.jpg 320x320", "320.webp 320x320", "64.jpg 64x64", "64.webp 64x64"]);
  expect(await readQuarters(join(dir, "320.jpg"))).toEqual(["red", "green", "blue", "yellow"]);
});
