import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { detailedPhoto } from "@/lib/testing/pictures";
import type { Pixels } from "./pixels";
import { chooseLook, TARGET, trialOf } from "./quality";
import { lumaOf, similarity } from "./similarity";

let photo: Pixels;
beforeAll(async () => void (photo = await pixelsOf(await detailedPhoto(1280, 960))));

async function pixelsOf(file: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(file).resize(640).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3, gamut: "srgb" };
}

describe("the quality of what is served", () => {
  test.each(["jpg", "webp", "avif"] as const)("of %s is no higher for a JPEG that was saved poorly", async (ext) => {
    const usual = await chooseLook(ext, trialOf([photo], null));
    expect(await chooseLook(ext, trialOf([photo], 95))).toEqual(usual);
    expect((await chooseLook(ext, trialOf([photo], 45))).quality).toBeLessThanOrEqual(usual.quality);
    expect((await chooseLook(ext, trialOf([photo], 1))).quality).toBeGreaterThan(0);
  });

  test("of a JPEG is never above that of the one it came from", async () => {
    expect((await chooseLook("jpg", trialOf([photo], 45))).quality).toBeLessThanOrEqual(45);
  });

  test.each(["webp", "avif"] as const)("of %s keeps a poorly saved JPEG as it was, too", async (ext) => {
    const poor = await pixelsOf(await sharp(photo.data, { raw: photo }).jpeg({ quality: 45 }).toBuffer());
    const { quality } = await chooseLook(ext, trialOf([poor], 45));
    const kept = await pixelsOf(await sharp(poor.data, { raw: poor })[ext]({ quality, effort: 2 }).toBuffer());
    expect(similarity(lumaOf(poor), lumaOf(kept))).toBeGreaterThan(TARGET - 0.015);
  });

  test("is found by looking: a smooth picture gets less than a detailed one", async () => {
    const smooth = await pixelsOf(await sharp(await detailedPhoto(1280, 960)).blur(12).png().toBuffer());
    const [much, little] = [await chooseLook("jpg", trialOf([photo], null)), await chooseLook("jpg", trialOf([smooth], null))];
    expect(little.quality).toBeLessThanOrEqual(much.quality);
    const kept = await pixelsOf(await sharp(smooth.data, { raw: smooth }).jpeg({ quality: little.quality, mozjpeg: true }).toBuffer());
    expect(similarity(lumaOf(smooth), lumaOf(kept))).toBeGreaterThan(TARGET - 0.01);
  });
});
