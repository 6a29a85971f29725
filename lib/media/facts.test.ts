import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { jxlWithSecrets, withSecrets } from "@/lib/testing/corpus";
import { quarters } from "@/lib/testing/pictures";
import { cameraFacts } from "./camera";
import { cameraText } from "./camera-text";
import { readExif } from "./exif";
import { readFacts } from "./facts";
import { readJpegQuality } from "./jpeg-quality";

async function fileOf(bytes: Buffer): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "heliograph-facts-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const path = join(dir, "file");
  await writeFile(path, bytes);
  return path;
}

type ExifTree = Parameters<Sharp["withExif"]>[0];
const exifOf = async (tree: ExifTree) => readExif((await sharp(await quarters(8, 8).jpeg().withExif(tree).toBuffer()).metadata()).exif!)!;

describe("what the camera wrote", () => {
  test.each(["jpeg", "png", "webp"] as const)("is read from %s, and all else is named as removed", async (format) => {
    const facts = await readFacts(await fileOf(await withSecrets(quarters(80, 60)).toFormat(format).toBuffer()));
    expect(facts.camera).toEqual({
      camera: "Secret Camera Works SN-4711", lens: "Secret Camera Lens 23mm", exposure_seconds: 1 / 250, f_number: 2, iso: 400, focal_length: 23,
      taken_at: "2024-05-01T12:30:00.000Z", place: { latitude: 51.5, longitude: -0.116667 },
    });
    expect(facts.removed).toEqual(["location", "serial_number", "names", "camera", "time", "comments", "xmp"]);
    expect(facts.quality).toBe(format === "jpeg" ? 80 : null);
  });

  test("is read from HEIC and JPEG XL", async () => {
    const fixture = (name: string) => readFile(join(import.meta.dirname, "fixtures", name));
    for (const bytes of [await fixture("secrets.heic"), await jxlWithSecrets(await fixture("plain.jxl"))]) {
      const facts = await readFacts(await fileOf(bytes));
      expect(facts.camera).toMatchObject({ camera: "Secret Camera Works SN-4711", exposure_seconds: 1 / 250, f_number: 2, place: { latitude: 51.5, longitude: -0.116667 } });
      expect(facts.removed).toEqual(expect.arrayContaining(["location", "serial_number", "names", "xmp"]));
    }
  });

  test.each([
    [{ Make: "FUJIFILM", Model: "X-T5" }, "FUJIFILM X-T5"],
    [{ Make: "NIKON CORPORATION", Model: "NIKON Z 8" }, "NIKON Z 8"],
    [{ Make: "Canon", Model: "Canon EOS R6" }, "Canon EOS R6"],
    [{ Make: "OLYMPUS IMAGING CORP.", Model: "E-M1" }, "OLYMPUS E-M1"],
    [{ Make: "Apple", Model: "iPhone 15 Pro" }, "Apple iPhone 15 Pro"],
    [{ Make: "      ", Model: "X\u0007-1" }, "X-1"],
  ])("%j is %s", async (names, expected) => {
    expect(cameraFacts(await exifOf({ IFD0: names })).camera).toBe(expected);
  });

  test("nonsense is nothing", async () => {
    const facts = cameraFacts(await exifOf({ IFD2: { ExposureTime: "0/0", FNumber: "0/1", FocalLength: "1/0", DateTimeOriginal: "0000:00:00 00:00:00" }, IFD3: { GPSLatitude: "51/1 0/1 0/1" } }));
    expect(Object.values(facts).every((fact) => fact === null)).toBe(true);
    expect(cameraFacts(await exifOf({ IFD2: { DateTimeOriginal: "2024:05:01 12:30:00", OffsetTimeOriginal: "+02:00" } })).taken_at).toBe("2024-05-01T10:30:00.000Z");
  });

  test("whatever the block claims, reading ends soon and small", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (rest, little) => {
        const exif = readExif(Buffer.concat([Buffer.from(little ? "II*\0" : "MM\0*", "latin1"), Buffer.from(little ? [8, 0, 0, 0] : [0, 0, 0, 8]), Buffer.from(rest)]));
        if (exif) cameraFacts(exif);
      }),
      { numRuns: 3_000 },
    );
    expect([readExif(Buffer.alloc(0)), readExif(Buffer.from("Exif\0\0")), readExif(Buffer.alloc(64))]).toEqual([null, null, null]);
    // Thousands of entries, each of which claims thousands of numbers in the same place.
    const bomb = Buffer.alloc(65_536, 0);
    bomb.write("II*\0", 0, "latin1");
    bomb.writeUInt32LE(8, 4);
    bomb.writeUInt16LE(5_400, 8);
    for (let i = 0; i < 5_400; i++) [i, 1, 60_000, 0].forEach((value, part) => (part < 2 ? bomb.writeUInt16LE(value, 10 + i * 12 + part * 2) : bomb.writeUInt32LE(value, 10 + i * 12 + part * 4 - 4)));
    const began = performance.now();
    expect(readExif(bomb)!.image.size).toBeLessThanOrEqual(200);
    expect(performance.now() - began).toBeLessThan(50);
  });

  test("a file that is none has no facts", async () => {
    expect(await readFacts(await fileOf(Buffer.from("hello")))).toEqual({ bytes: 5, quality: null, camera: null, removed: [] });
  });
});

test.each([50, 75, 88, 95])("a JPEG saved at %i is recognised", async (quality) => {
  const found = await readJpegQuality(await fileOf(await quarters(64, 64).jpeg({ quality, mozjpeg: false }).toBuffer()));
  expect(Math.abs(found! - quality)).toBeLessThanOrEqual(1);
});

test("the camera's line", () => {
  const facts = { name: "FUJIFILM X-T5", lens: "XF23mmF2 R WR", exposure_seconds: 0.004, f_number: 2, iso: 400, focal_length: 23 };
  expect(cameraText(facts)).toBe("FUJIFILM X-T5 · 23 mm · f/2 · 1/250 s · ISO 400");
  const none = { name: null, lens: null, exposure_seconds: null, f_number: null, iso: null, focal_length: null };
  expect(cameraText({ ...none, exposure_seconds: 2.5, f_number: 5.6 })).toBe("f/5.6 · 2.5 s");
  expect(cameraText({ ...none, exposure_seconds: 1 / 3 })).toBe("0.3 s");
  expect(cameraText(none)).toBe("");
});
