import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { lumaOfFile, useBringing } from "@/lib/testing/bringing";
import { animation, orientedJpeg, p3Picture, STORED, texture } from "@/lib/testing/corpus";
import { avifChroma, expectNear, highBytes, meanQuarters, SOFT, softQuarters } from "@/lib/testing/measured-colours";
import { detailedPhoto, quarters, readQuarters } from "@/lib/testing/pictures";
import { probeFile } from "./probe";
import { similarity } from "./similarity";

const { shown } = useBringing({ decoders: 750, growth: 100 });

const UPRIGHT = ["red", "green", "blue", "yellow"];

describe("shown right", { timeout: 60_000 }, () => {
  test.each(Object.keys(STORED).map(Number))("EXIF orientation %i", async (orientation) => {
    const { width, height, files } = await shown(await orientedJpeg(orientation));
    expect([width, height]).toEqual([400, 300]);
    for (const [name, file] of Object.entries(files)) expect([name, ...(await readQuarters(file))]).toEqual([name, ...UPRIGHT]);
  });

  test.each([
    ["grey", 0.9, () => sharp(quarterGreys()).jpeg()],
    ["grey with alpha", 0.9, () => sharp(quarterGreys()).ensureAlpha(1).toColourspace("b-w").png()],
    ["16 bits", 0.9, () => quarters(400, 300).toColourspace("rgb16").png()],
    ["16 bits grey", 0.9, () => sharp(quarterGreys()).toColourspace("grey16").png()],
    // Pure colours lie outside what ink can do.
    ["CMYK", 0.6, () => quarters(400, 300).toColourspace("cmyk").jpeg({ quality: 95 })],
    ["palette", 0.9, () => quarters(400, 300).png({ palette: true })],
    ["one bit", 0.9, () => sharp(quarterGreys()).threshold(128).png({ colours: 2, palette: true })],
  ])("%s", async (name, least, make) => {
    const bytes = await make().toBuffer();
    const { files } = await shown(bytes);
    const expected = await lumaOfFile(name === "CMYK" ? await quarters(400, 300).png().toBuffer() : bytes);
    for (const [file, data] of Object.entries(files).filter(([file]) => !file.startsWith("150"))) expect([file, similarity(expected, await lumaOfFile(data))]).toEqual([file, expect.closeTo(1, least > 0.8 ? 1 : 0)]);
    for (const data of Object.values(files)) expect((await sharp(data).metadata()).space).toBe("srgb");
  });

  // As Little CMS converts them, which knows the inks by a profile: the file's, or one that stands for all.
  test.each([
    ["CMYK", async () => quarters(400, 300).toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer()],
    ["CMYK with its profile", async () => quarters(400, 300).toColourspace("cmyk").withIccProfile("cmyk").jpeg({ quality: 95 }).toBuffer()],
    ["CMYK of soft colours", async () => (await softQuarters(8)).toColourspace("cmyk").withIccProfile("cmyk").jpeg({ quality: 95 }).toBuffer()],
    ["16 bits", async () => (await softQuarters(16)).png().toBuffer()],
    ["16 bits with a profile", async () => (await softQuarters(16)).withIccProfile("srgb").png().toBuffer()],
  ])("the colours of %s, quarter by quarter", async (name, make) => {
    const bytes = await make();
    const { space } = await sharp(bytes).metadata();
    expect(space).toBe(name.startsWith("CMYK") ? "cmyk" : "rgb16");
    const wanted = space === "cmyk" ? await meanQuarters(await sharp(bytes).toColourspace("srgb").png().toBuffer()) : await meanQuarters(await highBytes(bytes));
    if (name === "16 bits") expect(wanted).toEqual(SOFT);
    if (name === "CMYK of soft colours") expectNear(wanted, SOFT, 25);
    for (const [file, data] of Object.entries((await shown(bytes, { also: true })).files).filter(([file]) => !/150|avatar/.test(file))) expectNear(await meanQuarters(data), wanted, 4, file);
  });

  test("grey with alpha: what can't be seen through, half and wholly", async () => {
    const alphas = [255, 0, 128, 255];
    const data = Buffer.from(Array.from({ length: 400 * 300 }, (_, i) => [100, alphas[(i < 60_000 ? 0 : 2) + (i % 400 < 200 ? 0 : 1)]!]).flat());
    const bytes = await sharp(data, { raw: { width: 400, height: 300, channels: 2 } }).toColourspace("b-w").png().toBuffer();
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 2, hasAlpha: true });
    const half = 100 * (128 / 255) + 127;
    for (const [name, file] of Object.entries((await shown(bytes, { also: true })).files).filter(([file]) => !/150|avatar/.test(file))) {
      if (name.endsWith(".jpg")) expectNear(await meanQuarters(file), [100, 255, half, 100].map((grey) => [grey, grey, grey]), 3, name);
      else expectNear(await meanQuarters(await sharp(file).extractChannel("alpha").png().toBuffer()), alphas.map((alpha) => [alpha, alpha, alpha]), 3, name);
    }
  });

  test("sharp colours in lettering are kept whole, an ordinary photo's need no more than half", async () => {
    const words = Array.from({ length: 14 }, (_, line) => `<text x="10" y="${40 + line * 42}" font-size="36" font-family="sans-serif" fill="${line % 2 ? "#f00" : "#0c0"}">Sharp letters in red and green</text>`);
    const lettering = sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="#00a"/>${words.join("")}</svg>`)).flatten().png();
    for (const [wanted, bytes] of [["4:4:4", await lettering.toBuffer()], ["4:2:0", await detailedPhoto(800, 600)]] as const) {
      const files = Object.entries((await shown(bytes)).files);
      expect(files.map(([name]) => name)).toEqual(expect.arrayContaining(["640.jpg", "640.avif", "original.jpg"]));
      for (const [name, file] of files.filter(([name]) => /jpg|avif/.test(name))) expect([name, name.endsWith("jpg") ? (await sharp(file).metadata()).chromaSubsampling : avifChroma(file)]).toEqual([name, wanted]);
    }
  });

  test("Display P3 stays it where the picture needs it, in every format", async () => {
    const { files } = await shown(await (await p3Picture(true)).jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer());
    for (const [name, file] of Object.entries(files)) {
      const meta = await sharp(file).metadata();
      expect([name, meta.hasProfile, (meta.icc?.length ?? 0) < 1_000]).toEqual([name, true, true]);
      // The numbers stand for the same colours as before: pure ones of P3.
      const { data, info } = await sharp(file, { ignoreIcc: true }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      const at = (Math.floor(info.height / 4) * info.width + Math.floor(info.width / 4)) * 3;
      expect([name, data[at]! > 245, data[at + 1]! < 12, data[at + 2]! < 12]).toEqual([name, true, true, true]);
    }
  });

  test("a picture in Display P3 that needs only sRGB becomes that, without a profile and looking the same", async () => {
    const bytes = await (await p3Picture(false)).png().toBuffer();
    const { files } = await shown(bytes);
    const expected = await sharp(bytes).raw().toBuffer();
    for (const [name, file] of Object.entries(files)) {
      expect([name, (await sharp(file).metadata()).hasProfile]).toEqual([name, false]);
      const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      const at = (Math.floor(info.height / 4) * info.width + Math.floor(info.width / 4)) * 3;
      const original = (75 * 400 + 100) * 3;
      for (let i = 0; i < 3; i++) expect(Math.abs(data[at + i]! - expected[original + i]!)).toBeLessThanOrEqual(4);
    }
  });

  test.each(["gif", "webp"] as const)("an animated %s moves in WebP of every size and stands still in JPEG", async (ext) => {
    const { files } = await shown(await animation(ext));
    const pages = await Promise.all(Object.entries(files).map(async ([name, file]) => [name, (await sharp(file, { pages: -1 }).metadata()).pages ?? 1]));
    expect(Object.fromEntries(pages)).toEqual({ "150.jpg": 1, "320.jpg": 1, "320.webp": 4 });
  });

  test("names don't count: what a file is its bytes say", async () => {
    const files = { "image/png": await texture(), "image/gif": await sharp(await texture()).gif().toBuffer(), "image/avif": await sharp(await texture()).avif({ effort: 0 }).toBuffer() };
    for (const [type, bytes] of Object.entries(files)) {
      const path = join(tmpdir(), `heliograph-corpus-${process.pid}.jpg`);
      await writeFile(path, bytes);
      expect((await probeFile(path)).type).toBe(type);
      await rm(path);
    }
  });
});

function quarterGreys(): Buffer {
  return Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#222"/><rect width="200" height="150" fill="#eee"/><rect x="200" y="150" width="200" height="150" fill="#999"/></svg>');
}
