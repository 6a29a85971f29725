import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { p3Picture } from "@/lib/testing/corpus";
import { detailedPhoto, quarters } from "@/lib/testing/pictures";
import { needsFullChroma } from "./chroma";
import { toSrgb, usesWideGamut } from "./gamut";
import { readProfile } from "./icc";
import { decode, type Pixels, readSource, toEncode } from "./pixels";
import { p3Profile } from "./tagged";

const pixelsOf = (colours: number[][], gamut: Pixels["gamut"] = "p3"): Pixels => ({ data: Buffer.from(colours.flat()), width: colours.length, height: 1, channels: 3, gamut });

async function sourceOf(bytes: Buffer) {
  const dir = await mkdtemp(join(tmpdir(), "heliograph-colour-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, "file"), bytes);
  return readSource(join(dir, "file"), null, dir);
}

describe("profiles", () => {
  test("say what they are", async () => {
    expect(readProfile(await p3Profile())).toMatchObject({ space: "rgb", isWide: true });
    const srgb = (await sharp(await quarters(4, 4).withIccProfile("srgb").png().toBuffer()).metadata()).icc!;
    expect(readProfile(srgb)).toMatchObject({ space: "rgb", isWide: false });
    expect([readProfile(Buffer.alloc(10)), readProfile(Buffer.alloc(500))]).toEqual([null, null]);
    for (let at = 0; at < srgb.length; at += 3) expect(() => readProfile(Buffer.concat([srgb.subarray(0, at), Buffer.from([255, 255, 255]), srgb.subarray(at + 3)]))).not.toThrow();
  });

  test("ours is small", async () => {
    expect((await p3Profile()).length).toBeLessThan(700);
  });
});

describe("gamut", () => {
  test("sRGB's colours come back as they were, by the reference's numbers", () => {
    // sRGB red, green and blue and a grey in Display P3, by CSS Color 4: color(display-p3 0.917488 0.200287 0.138561) and so on.
    const p3 = [[234, 51, 35], [117, 251, 76], [0, 0, 245], [128, 128, 128]];
    const back = toSrgb(pixelsOf(p3)).data;
    const expected = [255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128];
    expected.forEach((value, i) => expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(3));
    expect(usesWideGamut(pixelsOf(p3))).toBe(false);
  });

  test("what sRGB lacks is noticed, unless nobody sees it", () => {
    for (const colour of [[255, 0, 0], [0, 255, 0], [30, 200, 40], [255, 120, 0]]) expect([colour, usesWideGamut(pixelsOf([colour, [9, 9, 9]]))]).toEqual([colour, true]);
    expect(usesWideGamut({ data: Buffer.from([0, 255, 0, 0, 80, 80, 80, 255]), width: 2, height: 1, channels: 4, gamut: "p3" })).toBe(false);
  });

  test("a decoded picture is in P3 only if it needs to be, whatever its depth", async () => {
    for (const isWide of [true, false]) {
      for (const make of [(s: Sharp) => s.jpeg({ quality: 95 }), (s: Sharp) => s.png(), (s: Sharp) => s.webp({ lossless: true }), (s: Sharp) => s.toColourspace("rgb16").png()]) {
        const pixels = await decode(await sourceOf(await make(await p3Picture(isWide)).toBuffer()), 200);
        expect(pixels.gamut).toBe(isWide ? "p3" : "srgb");
        const encoded = await (await toEncode(pixels)).png().toBuffer();
        expect((await sharp(encoded).metadata()).hasProfile).toBe(isWide);
        // The profile is named, the numbers are not touched.
        const { data } = await sharp(encoded, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true });
        expect(data.equals(pixels.data)).toBe(true);
      }
    }
  });

  test("16 bits with an sRGB profile are sRGB", async () => {
    const bytes = await quarters(64, 64).toColourspace("rgb16").withIccProfile("srgb").png().toBuffer();
    const { data, gamut, channels } = await decode(await sourceOf(bytes), 64);
    expect([gamut, ...data.subarray(10 * channels, 10 * channels + 3)].map(Number)).toEqual([Number.NaN, 255, 0, 0]);
  });
});

describe("chroma", () => {
  const pixels = async (bytes: Buffer): Promise<Pixels> => {
    const { data, info } = await sharp(bytes).resize(640).removeAlpha().toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: 3, gamut: "srgb" };
  };
  test("lettering in colour needs all of it, a photograph does not", async () => {
    const words = Array.from({ length: 14 }, (_, i) => `<text x="10" y="${40 + i * 32}" font-size="26" fill="${i % 2 ? "#e00" : "#00c"}">Sharp letters in colour</text>`).join("");
    const poster = await sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#fff"/>${words}</svg>`)).png().toBuffer();
    expect(needsFullChroma(await pixels(poster))).toBe(true);
    expect(needsFullChroma(await pixels(await detailedPhoto(2000, 1500)))).toBe(false);
  });
});
