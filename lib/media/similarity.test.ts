import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { texture } from "@/lib/testing/corpus";
import { detailedPhoto } from "@/lib/testing/pictures";
import { lumaOf, similarity } from "./similarity";

async function read(bytes: Buffer, channels: 3 | 4 = 3) {
  const image = sharp(bytes).toColourspace("srgb");
  const { data, info } = await (channels === 3 ? image.removeAlpha() : image.ensureAlpha()).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels };
}

/** Formula 13 as it stands in the paper, window by window. */
function slowly(a: Uint8Array, b: Uint8Array, width: number, height: number): number {
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let [total, windows] = [0, 0];
  for (let top = 0; top + 8 <= height; top += 4) {
    for (let left = 0; left + 8 <= width; left += 4) {
      const at = Array.from({ length: 64 }, (_, i) => (top + (i >> 3)) * width + left + (i & 7));
      const mean = (of: Uint8Array) => at.reduce((sum, i) => sum + of[i]!, 0) / 64;
      const [ma, mb] = [mean(a), mean(b)];
      const moment = (p: Uint8Array, mp: number, q: Uint8Array, mq: number) => at.reduce((sum, i) => sum + (p[i]! - mp) * (q[i]! - mq), 0) / 64;
      total += ((2 * ma * mb + c1) * (2 * moment(a, ma, b, mb) + c2)) / ((ma * ma + mb * mb + c1) * (moment(a, ma, a, ma) + moment(b, mb, b, mb) + c2));
      windows++;
    }
  }
  return total / windows;
}

describe("similarity", () => {
  test("is the formula's", async () => {
    const bytes = await texture(93, 61);
    const [a, b] = await Promise.all([read(bytes), read(await sharp(bytes).jpeg({ quality: 40 }).toBuffer())]);
    const [la, lb] = [lumaOf(a), lumaOf(b)];
    expect(similarity(la, lb)).toBeCloseTo(slowly(la.data, lb.data, 93, 61), 9);
    expect(similarity(la, lb)).toBeLessThan(0.99);
  });

  test("is 1 with itself, also for the smallest pictures, and falls with quality", async () => {
    for (const [width, height] of [[1, 1], [3, 50], [7, 7], [8, 8], [200, 100]] as const) {
      const luma = lumaOf(await read(await texture(width, height)));
      expect(similarity(luma, luma)).toBeCloseTo(1, 12);
    }
    const bytes = await detailedPhoto(400, 300);
    const whole = lumaOf(await read(bytes));
    const at = async (quality: number) => similarity(whole, lumaOf(await read(await sharp(bytes).jpeg({ quality }).toBuffer())));
    const [bad, fair, good] = [await at(10), await at(50), await at(90)];
    expect(bad < fair && fair < good && good < 1).toBe(true);
  });

  test("what is see-through counts as white", async () => {
    const clear = await sharp({ create: { width: 16, height: 16, channels: 4, background: { r: 10, g: 20, b: 30, alpha: 0 } } }).png().toBuffer();
    expect(new Set(lumaOf(await read(clear, 4)).data)).toEqual(new Set([255]));
  });
});
