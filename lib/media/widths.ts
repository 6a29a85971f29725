import { MAX_PHOTO_SIDE } from "./limits";

/**
 * The widths to make of a picture: every one smaller than it, and the first that holds it whole, at its own width. So a
 * picture of 500 has "320" and a "640" that is 500 wide, and nothing is enlarged.
 */
export function widthsFor(width: number, all: readonly number[]): number[] {
  const first = all.findIndex((one) => one >= width);
  return first === -1 ? [...all] : all.slice(0, first + 1);
}

/** The smallest width that can be asked for. */
export const MIN_WIDTH = 16;
/** WebP ends at 16,383 a side; nothing taller is shown anyway. */
export const MAX_HEIGHT = 16_000;
/** AVIF's encoder takes 27 bytes of memory a pixel. */
const MAX_AVIF_PIXELS = 4_000_000;
/** Above this, a picture is written as it is decoded, and as JPEG only: others are held whole, and take ten times as long. */
export const LARGE_PIXELS = 25_000_000;

/** The tallest that a format is written: JPEG ends at 65,535, and what is brought there, too. */
export const tallest = (ext: "jpg" | "webp" | "avif") => (ext === "jpg" ? MAX_PHOTO_SIDE : MAX_HEIGHT);

/** Name of the file of a width that was asked for; others are called "320" and the like. */
export const widthName = (width: number) => `w${width}`;

const isAsked = ({ name }: { name: string }) => /^w\d+$/.test(name);

/** Whether the lighter formats have been made; what was asked for by width does not count. */
export function isRefined(variants: readonly { name: string; ext: string }[]): boolean {
  return variants.some((variant) => variant.ext !== "jpg" && !isAsked(variant));
}

/** Whether a photo can be given at this width: never enlarged, and within the format's bounds. */
export function isMakeable(photo: { width: number; height: number }, width: number, ext: "jpg" | "webp" | "avif"): boolean {
  if (!Number.isInteger(width) || width < MIN_WIDTH || width > photo.width) return false;
  const height = (photo.height * width) / photo.width;
  if (height > tallest(ext)) return false;
  return !(ext === "webp" && (width > MAX_HEIGHT || width * height > LARGE_PIXELS)) && !(ext === "avif" && width * height > MAX_AVIF_PIXELS);
}
