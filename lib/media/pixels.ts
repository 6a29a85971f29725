import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { Crop } from "@/db/schema/media";
import { readable } from "./heic";
import { MAX_PHOTO_PIXELS } from "./limits";
import { MAX_HEIGHT } from "./widths";

type Size = { width: number; height: number };

/** Decoded pixels, 8 bits a channel, sRGB, upright, cropped; 3 or 4 channels. */
export type Pixels = { data: Buffer; width: number; height: number; channels: 3 | 4 };

/**
 * What the file says once libvips has read its header; the size is that of the upright, cropped picture. `full` is that
 * of the finished picture: larger when an edit was rendered at less.
 */
export type Source = { path: string; width: number; height: number; full: Size; crop: Region | null; turned: Size; frames: number; hasAlpha: boolean };

type Region = { left: number; top: number; width: number; height: number };

/** Opens with every guard: bounded pixels, no half-decoded pictures. `pages` is 1 for the first frame, -1 for all. */
export function open(path: string, pages = 1): Sharp {
  return sharp(path, { limitInputPixels: MAX_PHOTO_PIXELS, sequentialRead: true, failOn: "error", pages });
}

/** Reads the header of the picture at `given`; what libvips can't read is first brought into `dir` in another form. */
export async function readSource(given: string, crop: Crop | null, dir: string): Promise<Source> {
  const path = await readable(given, join(dir, "readable.tif"));
  const meta = await open(path).metadata();
  const turned = { width: meta.autoOrient.width, height: meta.autoOrient.height };
  const region = crop && toRegion(crop, turned);
  const frames = await countFrames(path, meta.format);
  const size = { width: region?.width ?? turned.width, height: region?.height ?? turned.height };
  return { path, turned, crop: region, ...size, full: size, frames, hasAlpha: meta.hasAlpha };
}

async function countFrames(path: string, format: string): Promise<number> {
  if (format !== "gif" && format !== "webp") return 1;
  return (await sharp(path, { limitInputPixels: false, pages: -1 }).metadata()).pages ?? 1;
}

/** The crop in whole pixels, inside the picture and at least one pixel large. */
function toRegion(crop: Crop, { width, height }: { width: number; height: number }): Region | null {
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(Math.round(value), low), high);
  const left = clamp(crop.x * width, 0, width - 1);
  const top = clamp(crop.y * height, 0, height - 1);
  const region = { left, top, width: clamp(crop.width * width, 1, width - left), height: clamp(crop.height * height, 1, height - top) };
  return region.width === width && region.height === height ? null : region;
}

/**
 * The upright, cropped picture in sRGB, at most `maxWidth` wide and never enlarged. A crop is cut out after scaling,
 * because only so can a JPEG be decoded at a fraction of its size.
 */
export function upright(source: Source, maxWidth: number, pages = 1): Sharp {
  const scale = Math.min(1, maxWidth / source.width, MAX_HEIGHT / source.height);
  let image = open(source.path, pages).autoOrient();
  if (scale < 1) image = image.resize(scaled(source.turned.width, scale), scaled(source.turned.height, scale), { fit: "fill" });
  if (source.crop) image = image.extract(scaledRegion(source, scale));
  return image.toColourspace("srgb");
}

function scaledRegion(source: Source, scale: number): Region {
  const { left, top, width, height } = source.crop!;
  const all = { width: scaled(source.turned.width, scale), height: scaled(source.turned.height, scale) };
  const region = { left: Math.min(Math.round(left * scale), all.width - 1), top: Math.min(Math.round(top * scale), all.height - 1) };
  return { ...region, width: Math.min(scaled(width, scale), all.width - region.left), height: Math.min(scaled(height, scale), all.height - region.top) };
}

const scaled = (length: number, scale: number) => Math.max(1, Math.round(length * scale));

export async function decode(source: Source, maxWidth: number): Promise<Pixels> {
  return toPixels(upright(source, maxWidth));
}

/** Part of the whole upright picture scaled to `all`. */
export function decodePart(source: Source, all: Size, part: Region): Promise<Pixels> {
  const image = open(source.path).autoOrient();
  const isWhole = all.width === source.turned.width && all.height === source.turned.height;
  return toPixels((isWhole ? image : image.resize(all.width, all.height, { fit: "fill" })).extract(part).toColourspace("srgb"));
}

/** `pixels` scaled down to `width`; the same when they are not wider. */
export async function shrink(pixels: Pixels, width: number): Promise<Pixels> {
  return width >= pixels.width ? pixels : toPixels(from(pixels).resize(width, null, { withoutEnlargement: true }));
}

/** The middle square, `side` wide or as wide as there is. */
export async function square(pixels: Pixels, side: number): Promise<Pixels> {
  const size = Math.min(side, pixels.width, pixels.height);
  return toPixels(from(pixels).resize(size, size, { fit: "cover" }));
}

export function from({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels as 3 | 4 };
}
