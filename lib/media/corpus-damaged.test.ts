import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { fixture, lumaOfFile, useBringing } from "@/lib/testing/bringing";
import { animation, deflatedZeros, forgedGif, forgedJpeg, forgedPng, texture } from "@/lib/testing/corpus";
import { similarity } from "./similarity";

const { bring, shown } = useBringing({ decoders: 750, growth: 100 });

describe("cut at every tenth", { timeout: 60_000 }, () => {
  const formats = {
    jpeg: async () => sharp(await texture()).jpeg({ quality: 90 }).toBuffer(),
    "progressive jpeg": async () => sharp(await texture()).jpeg({ quality: 90, progressive: true }).toBuffer(),
    png: texture,
    webp: async () => sharp(await texture()).webp().toBuffer(),
    avif: async () => sharp(await texture()).avif({ effort: 0 }).toBuffer(),
    gif: async () => sharp(await texture()).gif().toBuffer(),
    "animated gif": async () => animation("gif", 3),
    "animated webp": async () => animation("webp", 3),
    heic: async () => fixture("plain.heic"),
    jxl: async () => fixture("plain.jxl"),
  };
  test.each(Object.entries(formats))("%s", async (_name, make) => {
    const bytes = await make();
    const whole = await lumaOfFile((await shown(bytes, { refine: false })).files["320.jpg"]!);
    for (let tenth = 1; tenth < 10; tenth++) {
      const outcome = await bring(bytes.subarray(0, Math.floor((bytes.length * tenth) / 10)));
      if ("problem" in outcome) expect([tenth, ["damaged", "not_a_photo", "video"]]).toEqual([tenth, expect.arrayContaining([outcome.problem])]);
      // Whole in what is shown: nothing grey or torn where the file ended.
      else for (const [name, file] of Object.entries(outcome.files).filter(([name]) => !name.startsWith("150"))) expect([tenth, name, similarity(whole, await lumaOfFile(file)) > 0.8]).toEqual([tenth, name, true]);
    }
  });
});

describe("refused, or shown without harm", { timeout: 60_000 }, () => {
  const zeros = deflatedZeros(50_000_000);
  test.each([
    ["PNG of 65535 x 65535", "too_many_pixels", async () => forgedPng(65_535, 65_535, zeros)],
    ["PNG of 2 billion x 1", "too_many_pixels", async () => forgedPng(2_000_000_000, 1, zeros)],
    ["PNG of 101 megapixels", "too_many_pixels", async () => forgedPng(10_100, 10_000, zeros)],
    ["GIF with an enormous canvas", "too_many_pixels", async () => forgedGif(65_535, 65_535, 3)],
    ["JPEG that claims 65535 x 65535", "too_many_pixels", async () => forgedJpeg(await sharp(await texture()).jpeg().toBuffer(), 65_535, 65_535)],
    ["PNG whose pixels end early", "damaged", async () => forgedPng(8_000, 8_000, deflatedZeros(1_000_000))],
    ["HEIC of 144 megapixels", "too_many_pixels", async () => fixture("bomb-144-megapixels.heic")],
    ["nothing", "empty", async () => Buffer.alloc(0)],
    ["one byte", "not_a_photo", async () => Buffer.from([0xff])],
    ["zeros", "not_a_photo", async () => Buffer.alloc(100_000)],
    ["HTML that calls itself a photo", "not_a_photo", async () => Buffer.from("<html><script>alert(1)</script>")],
    ["ZIP", "not_a_photo", async () => Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(200)])],
    ["gzip", "not_a_photo", async () => gzipSync(await texture())],
    ["PDF", "not_a_photo", async () => Buffer.from("%PDF-1.7\n%\xe2\xe3\n1 0 obj<</Type/Catalog>>endobj", "latin1")],
    ["SVG", "svg", async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>')],
    ["JPEG XL that claims 2^30 x 2^30", "too_many_pixels", async () => Buffer.from([0xff, 0x0a, 0xfe, 0xff, 0xff, 0xff, 0xc7, 0xff, 0xff, 0xff, 0xff, 0x03, 0, 0, 0, 0])],
  ])("%s: %s", async (_name, problem, make) => {
    expect(await bring(await make())).toEqual({ problem });
  });

  test("a hundred megapixels of zeros in 100 kB come out within bounds of time and memory", async () => {
    const { width, height } = await shown(forgedPng(10_000, 10_000, deflatedZeros(300_010_000)), { refine: false });
    expect([width, height]).toEqual([10_000, 10_000]);
  });

  test("a JPEG that claims more than it holds is grey where it ends", async () => {
    const { width, height } = await shown(forgedJpeg(await sharp(await texture()).jpeg().toBuffer(), 3_200, 2_400), { refine: false });
    expect([width, height]).toEqual([3_200, 2_400]);
  });

  test("chunks that inflate without end are not read", async () => {
    const text = Buffer.concat([Buffer.from("Comment\0\0"), deflatedZeros(200_000_000)]);
    const pixels = sharp(await texture(64, 64)).png({ compressionLevel: 9, adaptiveFiltering: false });
    const idat = (await pixels.toBuffer()).subarray(41, -16);
    const outcome = await bring(forgedPng(64, 64, idat.subarray(0, idat.length), [["zTXt", text], ["iCCP", Buffer.concat([Buffer.from("icc\0\0"), deflatedZeros(200_000_000)])]]));
    expect("problem" in outcome ? outcome.problem : "shown").toMatch(/^(shown|damaged)$/);
  });

  test("a thousand frames on a large canvas: the first stands for all", async () => {
    const { files } = await shown(forgedGif(4_000, 4_000, 1_000));
    expect(Object.keys(files).some((name) => name.endsWith(".jpg"))).toBe(true);
    for (const file of Object.values(files)) expect((await sharp(file, { pages: -1 }).metadata()).pages ?? 1).toBe(1);
  });

  test("polyglots are served as pictures alone", async () => {
    const jpeg = await sharp(await texture()).jpeg().toBuffer();
    const html = "<script>alert(document.domain)</script>";
    const comment = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, html.length + 2]), Buffer.from(html), jpeg.subarray(2)]);
    const zip = Buffer.concat([jpeg, Buffer.from("PK\x03\x04evil.jar"), Buffer.alloc(100), Buffer.from("PK\x05\x06")]);
    const png = Buffer.concat([await texture(), Buffer.from(html)]);
    const gif = Buffer.concat([await sharp(await texture()).gif().toBuffer(), Buffer.from(`/*${html}*/`)]);
    for (const bytes of [comment, zip, png, gif]) {
      const outcome = await shown(bytes);
      for (const file of Object.values(outcome.files)) for (const evil of ["<script", "evil.jar", "PK\x03\x04"]) expect(file.includes(evil)).toBe(false);
    }
  });
});

test("every fixture is either shown or refused with its reason", { timeout: 60_000 }, async () => {
  for (const name of readdirSync(join(import.meta.dirname, "fixtures"))) {
    const outcome = await bring(fixture(name), { refine: false });
    expect([name, "problem" in outcome ? outcome.problem : "shown"]).toEqual([name, name.startsWith("bomb") ? "too_many_pixels" : "shown"]);
  }
});
