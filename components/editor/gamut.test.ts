import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { gamutOf } from "./gamut";

const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: "#c62" } });
const blob = async (image: Sharp, type = "image/jpeg") => new Blob([new Uint8Array(await image.toBuffer())], { type });

describe("in which colours a photo is edited", () => {
  test.each([
    ["Display P3 in a JPEG", () => blob(picture().withIccProfile("p3").jpeg()), "display-p3"],
    ["Display P3 in a PNG", () => blob(picture().withIccProfile("p3").png()), "display-p3"],
    ["Display P3 in a WebP", () => blob(picture().withIccProfile("p3").webp()), "display-p3"],
    ["sRGB with its profile", () => blob(picture().withIccProfile("srgb").jpeg()), "srgb"],
    ["no profile", () => blob(picture().jpeg()), "srgb"],
    ["CMYK", () => blob(picture().toColourspace("cmyk").withIccProfile("cmyk").jpeg()), "srgb"],
    ["nothing at all", async () => new Blob([]), "srgb"],
    ["a PNG that is cut off", async () => (await blob(picture().withIccProfile("p3").png())).slice(0, 90), "srgb"],
  ] as const)("%s", async (_name, file, wanted) => {
    expect(await gamutOf(await file())).toBe(wanted);
  });
});
