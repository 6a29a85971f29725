import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { animation, deflatedZeros, forgedGif, forgedJpeg, forgedPng, jxlWithSecrets, orientedJpeg, p3Picture, SECRETS, STORED, texture, withSecrets } from "@/lib/testing/corpus";
import { quarters, readQuarters } from "@/lib/testing/pictures";
import { PeakMemory } from "@/lib/testing/peak-memory";
import { derive } from "./decoder";
import type { Made } from "./made";
import { probeFile } from "./probe";
import { MediaProblem } from "./problems";
import { lumaOf, similarity } from "./similarity";

const UPRIGHT = ["red", "green", "blue", "yellow"];
const fixture = (name: string) => readFileSync(join(import.meta.dirname, "fixtures", name));

const memory = new PeakMemory();
beforeAll(() => memory.start());
afterAll(() => memory.stop());

type Outcome = { problem: string } | { width: number; height: number; files: Record<string, Buffer>; made: Made[] };

/** What becomes of a file in both steps, through the process that decodes, as in the app. */
async function bring(bytes: Buffer, { refine = true }: { refine?: boolean } = {}): Promise<Outcome> {
  const dir = await mkdtemp(join(tmpdir(), "heliograph-corpus-"));
  try {
    const input = { path: join(dir, "original"), dir, crop: null };
    await writeFile(input.path, bytes);
    await probeFile(input.path);
    const { width, height, variants, known } = await derive("essential", input);
    const made = refine ? [...variants, ...(await derive("rest", { ...input, known }).then((rest) => rest.variants, (error) => onlyFirstStep(error)))] : variants;
    return { width, height, made, files: Object.fromEntries(made.map(({ name, ext }) => [`${name}.${ext}`, readFileSync(join(dir, `${name}.${ext}`))])) };
  } catch (error) {
    if (error instanceof MediaProblem) return { problem: error.code };
    throw error;
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** An animation may be whole in its first frame only. */
function onlyFirstStep(error: unknown): Made[] {
  if (error instanceof MediaProblem) return [];
  throw error;
}

async function shown(bytes: Buffer, options?: { refine?: boolean }) {
  const outcome = await bring(bytes, options);
  if ("problem" in outcome) throw new Error(`refused: ${outcome.problem}`);
  return outcome;
}

async function lumaOfFile(file: Buffer) {
  const { data, info } = await sharp(file).toColourspace("srgb").resize(160, 120, { fit: "fill" }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return lumaOf({ data, width: info.width, height: info.height, channels: 3 });
}

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

describe("nothing of its maker", { timeout: 60_000 }, () => {
  const formats = {
    jpeg: async () => withSecrets(quarters(400, 300)).jpeg().toBuffer(),
    png: async () => withSecrets(quarters(400, 300)).png().toBuffer(),
    webp: async () => withSecrets(quarters(400, 300)).webp().toBuffer(),
    avif: async () => withSecrets(quarters(400, 300)).avif({ effort: 0 }).toBuffer(),
    "wide jpeg": async () => withSecrets(await p3Picture(true)).jpeg().toBuffer(),
    heic: async () => fixture("secrets.heic"),
    jxl: async () => jxlWithSecrets(fixture("plain.jxl")),
  };
  test.each(Object.entries(formats))("%s", async (_name, make) => {
    const bytes = await make();
    expect(SECRETS.some((secret) => bytes.includes(secret))).toBe(true);
    const { files } = await shown(bytes);
    for (const [name, file] of Object.entries(files)) for (const secret of SECRETS) expect([name, secret, file.includes(secret)]).toEqual([name, secret, false]);
  });
});

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

test("memory stays within bounds all the while", () => {
  const { own, decoders } = memory.stop();
  process.stdout.write(`Peak memory over the corpus: ${own} MB this process, ${decoders} MB its decoders together.\n`);
  expect(decoders).toBeLessThan(600);
});
