import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { makeJpeg } from "@/e2e/fixtures/photos";
import { detailedPhoto, quarters } from "@/lib/testing/pictures";
import { hashDistance, perceptualHash } from "./perceptual-hash";
import { lumaOf } from "./similarity";

async function hashOf(bytes: Buffer): Promise<bigint> {
  const { data, info } = await sharp(bytes).toColourspace("srgb").resize(320).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return perceptualHash(lumaOf({ data, width: info.width, height: info.height, channels: 3 }));
}

describe("the perceptual hash", () => {
  test.each<[string, number, (image: Sharp) => Sharp]>([
    ["JPEG at low quality", 4, (s) => s.jpeg({ quality: 20 })],
    ["WebP", 4, (s) => s.webp({ quality: 40 })],
    ["AVIF", 4, (s) => s.avif({ quality: 30, effort: 0 })],
    ["a tenth of the size", 6, (s) => s.resize(80).png()],
    ["grey", 4, (s) => s.greyscale().png()],
    ["brighter", 6, (s) => s.modulate({ brightness: 1.15 }).png()],
    ["a little blurred", 4, (s) => s.blur(1.5).png()],
  ])("hardly changes: %s", async (_name, most, change) => {
    const photo = await detailedPhoto(800, 600);
    expect(hashDistance(await hashOf(photo), await hashOf(await change(sharp(photo)).toBuffer()))).toBeLessThanOrEqual(most);
  });

  test("tells other pictures apart", async () => {
    const photos = [await detailedPhoto(800, 600), await quarters(800, 600).png().toBuffer(), ...(await Promise.all([3, 17, 56, 94].map((seed) => makeJpeg(seed, 800, 600))))];
    photos.push(await sharp(photos[0]).rotate(90).toBuffer(), await sharp(photos[0]).flop().toBuffer());
    const hashes = await Promise.all(photos.map(hashOf));
    for (const [i, a] of hashes.entries()) for (const b of hashes.slice(i + 1)) expect(hashDistance(a, b)).toBeGreaterThan(14);
  });

  test("distance counts bits, of signed numbers too", () => {
    expect([hashDistance(0n, 0n), hashDistance(0b1011n, 0n), hashDistance(-1n, 0n), hashDistance(-1n, (1n << 64n) - 1n), hashDistance(-(1n << 63n), 1n)]).toEqual([0, 3, 64, 0, 2]);
  });
});
