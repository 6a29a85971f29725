import sharp from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { describe, expect, it } from "vitest";
import { placeholderColour, placeholderPicture } from "./placeholder";

/** The hash of a picture that is red on the left and blue on the right. */
function hash(width: number, height: number): string {
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) rgba.set(i % width < width / 2 ? [220, 20, 20, 255] : [20, 20, 220, 255], i * 4);
  return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString("base64");
}

describe("placeholders", () => {
  it("are small PNGs in the picture's shape and colours", async () => {
    const address = placeholderPicture(hash(90, 60))!;
    expect(address).toMatch(/^data:image\/png;base64,/);
    expect(address.length).toBeLessThan(900);
    const { data, info } = await sharp(Buffer.from(address.split(",")[1]!, "base64")).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.channels]).toEqual([12, 3]);
    // The hash knows the shape to within a ninth.
    expect(Math.abs(info.height - 8)).toBeLessThanOrEqual(1);
    const [left, right] = [data.subarray(0, 3), data.subarray((info.width - 1) * 3, info.width * 3)];
    expect(left[0]).toBeGreaterThan(left[2]!);
    expect(right[2]).toBeGreaterThan(right[0]!);
  });

  it("know the average colour", () => {
    expect(placeholderColour(hash(60, 60))).toMatch(/^rgb\(\d+ \d+ \d+\)$/);
  });

  it("are left out where there is no hash, and never fail on a strange one", () => {
    expect(placeholderPicture(null)).toBeNull();
    expect(placeholderColour("")).toBeNull();
    for (const strange of ["AA==", "not a hash at all", "////////////////////////////////////////"]) {
      expect(placeholderPicture(strange) ?? "data:image/png;base64,").toMatch(/^data:image\/png;base64,/);
      expect(placeholderColour(strange)).not.toMatch(/NaN/);
    }
  });
});
