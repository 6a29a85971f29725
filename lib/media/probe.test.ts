import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sharp } from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { DiskStorage } from "@/lib/platform/storage/disk";
import { quarters } from "@/lib/testing/pictures";
import { bufferReader, windowedReader } from "./byte-reader";
import { MAX_PHOTO_BYTES } from "./limits";
import { probeObject, probePhoto } from "./probe";
import { MediaProblem } from "./problems";

const problemOf = (bytes: Buffer) => probePhoto(bufferReader(bytes)).then(() => "none", (error: unknown) => (error instanceof MediaProblem ? error.code : Promise.reject(error)));

/** A PNG that claims any size; nothing behind its header. */
function pngOf(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write("\x89PNG\r\n\x1a\n", 0, "latin1");
  bytes.writeUInt32BE(13, 8);
  bytes.write("IHDR", 12);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.set([8, 6, 0, 0, 0], 24);
  return bytes;
}

describe("what the bytes say", () => {
  test.each([
    ["image/jpeg", (s: Sharp) => s.jpeg()],
    ["image/jpeg", (s: Sharp) => s.jpeg({ progressive: true, mozjpeg: true })],
    ["image/png", (s: Sharp) => s.png()],
    ["image/webp", (s: Sharp) => s.webp()],
    ["image/webp", (s: Sharp) => s.webp({ lossless: true })],
    ["image/webp", (s: Sharp) => s.ensureAlpha(0.5).webp().withExif({ IFD0: { Make: "x" } })],
    ["image/avif", (s: Sharp) => s.avif({ effort: 0 })],
    ["image/gif", (s: Sharp) => s.gif()],
  ] as const)("%s with its size", async (type, encode) => {
    const bytes = await encode(quarters(322, 150)).toBuffer();
    expect(await probePhoto(bufferReader(bytes))).toEqual({ type, bytes: bytes.length, width: 322, height: 150 });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("orientation %i is part of the size", async (orientation) => {
    const bytes = await quarters(322, 150).jpeg().withMetadata({ orientation }).toBuffer();
    const [width, height] = orientation >= 5 ? [150, 322] : [322, 150];
    expect(await probePhoto(bufferReader(bytes))).toMatchObject({ width, height });
  });

  test("a frame header behind a megabyte of segments is found with few reads", async () => {
    const jpeg = await quarters(64, 32).jpeg().toBuffer();
    const filler = Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xfe]), Buffer.alloc(0xfffc)]);
    const bytes = Buffer.concat([jpeg.subarray(0, 2), ...Array.from({ length: 16 }, () => filler), jpeg.subarray(2)]);
    const reader = windowedReader(bytes.length, async (offset, length) => bytes.subarray(offset, offset + length));
    expect(await probePhoto(reader)).toMatchObject({ width: 64, height: 32 });
    expect(reader.fetched.bytes).toBeLessThan(120_000);
  });

  test("whatever it is called, text and drawings are no photos", async () => {
    expect(await problemOf(Buffer.from("<!doctype html><script>alert(1)</script>"))).toBe("not_a_photo");
    expect(await problemOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe("svg");
    expect(await problemOf(Buffer.from('\ufeff\n<?xml version="1.0"?>\n<!-- hi --><svg width="1"></svg>'))).toBe("svg");
    expect(await problemOf(Buffer.from("%PDF-1.7 ..."))).toBe("not_a_photo");
    expect(await problemOf(Buffer.from("GIF89a"))).toBe("not_a_photo");
    expect(await problemOf(Buffer.from("BM......................"))).toBe("unsupported_type");
    for (const raw of ["II*\0\x10\0\0\0CR\x02\0", "MM\0*\0\0\0\x08", "IIU\0", "FUJIFILMCCD-RAW 0201", "\0\0\0\x18ftypcrx \0\0\0\x01crx isom"]) expect(await problemOf(Buffer.from(raw.padEnd(40, "\0"), "latin1"))).toBe("unsupported_type");
    expect(await problemOf(Buffer.from("\0\0\0\x18ftypheic\0\0\0\0heicmif1", "latin1"))).toBe("damaged");
    expect(await problemOf(Buffer.from("\0\0\0\x18ftypisom\0\0\0\0mp42avc1", "latin1"))).toBe("video");
    expect(await problemOf(Buffer.alloc(0))).toBe("empty");
    expect(await problemOf(Buffer.alloc(1))).toBe("not_a_photo");
    expect(await problemOf(Buffer.alloc(5000))).toBe("not_a_photo");
  });

  test("every cut of a header is damaged or not a photo, never an error", async () => {
    for (const encode of [(s: Sharp) => s.jpeg(), (s: Sharp) => s.png(), (s: Sharp) => s.webp(), (s: Sharp) => s.avif({ effort: 0 }), (s: Sharp) => s.gif()]) {
      const bytes = await encode(quarters(40, 40)).toBuffer();
      for (let length = 1; length < Math.min(bytes.length, 700); length++) {
        expect(["none", "damaged", "not_a_photo", "video"]).toContain(await problemOf(bytes.subarray(0, length)));
      }
    }
  });

  test("noise behind a magic number is refused or sized, never an error", async () => {
    let seed = 7;
    const random = () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
    const magics = [[0xff, 0xd8, 0xff], [...Buffer.from("\x89PNG\r\n\x1a\n", "latin1")], [...Buffer.from("RIFF0000WEBPVP8X")], [...Buffer.from("\0\0\0\x18ftypavif", "latin1")]];
    for (let i = 0; i < 2000; i++) {
      const bytes = Buffer.from([...magics[i % 4]!, ...Array.from({ length: 300 }, random)]);
      expect(typeof (await problemOf(bytes))).toBe("string");
    }
  });
});

describe("bounds", () => {
  test("100 megapixels and no more", async () => {
    expect(await problemOf(pngOf(10_000, 10_000))).toBe("none");
    expect(await problemOf(pngOf(10_001, 10_000))).toBe("too_many_pixels");
    expect(await problemOf(pngOf(70_000, 10))).toBe("too_many_pixels");
    expect(await problemOf(pngOf(0, 10))).toBe("damaged");
    expect(await problemOf(pngOf(2 ** 32 - 1, 2 ** 32 - 1))).toBe("too_many_pixels");
  });

  test("30 MB and no more, without reading", async () => {
    const reader = { size: MAX_PHOTO_BYTES + 1, read: () => Promise.reject(new Error("was read")) };
    await expect(probePhoto(reader)).rejects.toMatchObject({ code: "too_many_bytes" });
  });
});

describe("an uploaded object", () => {
  let store: DiskStorage;
  beforeAll(async () => void (store = new DiskStorage({ dir: await mkdtemp(join(tmpdir(), "heliograph-probe-")), secret: "x".repeat(32) })));

  test("a 65,536² PNG of 20 MB costs milliseconds and kilobytes", async () => {
    const bytes = Buffer.concat([pngOf(65_536, 65_536), Buffer.alloc(20_000_000)]);
    await store.put("bomb", bytes, { contentType: "image/png" });
    let read = 0;
    const spy = new Proxy(store, {
      get: (target, name) => name === "get" ? async (key: string, range: { start: number; end: number }) => ((read += range.end - range.start + 1), target.get(key, range)) : typeof target[name as "get"] === "function" ? target[name as "get"].bind(target) : target[name as "get"],
    });
    const started = performance.now();
    await expect(probeObject(spy, "bomb", bytes.length)).rejects.toMatchObject({ code: "too_many_pixels" });
    expect(performance.now() - started).toBeLessThan(50);
    expect(read).toBeLessThanOrEqual(32 * 1024);
  });

  test("must be there and as long as announced", async () => {
    await store.put("photo", await quarters(20, 20).png().toBuffer(), { contentType: "image/png" });
    await expect(probeObject(store, "photo", 5)).rejects.toMatchObject({ code: "wrong_size" });
    await expect(probeObject(store, "nothing", 5)).rejects.toMatchObject({ code: "not_arrived" });
    await store.put("nil", Buffer.alloc(0), { contentType: "image/png" });
    await expect(probeObject(store, "nil", 5)).rejects.toMatchObject({ code: "empty" });
    const { size } = (await store.head("photo"))!;
    expect(await probeObject(store, "photo", size)).toMatchObject({ type: "image/png", width: 20, height: 20 });
  });
});
