import sharp, { type Sharp } from "sharp";
import type { Crop } from "@/db/schema/media";
import { toSrgb, usesWideGamut } from "./gamut";
import { readProfile } from "./icc";
import { MAX_PHOTO_PIXELS } from "./limits";
import { readable } from "./readable";
import { tagged } from "./tagged";
import { MAX_HEIGHT } from "./widths";

/** The colours that numbers stand for: sRGB, or Display P3 for pictures that have more. */
export type Gamut = "srgb" | "p3";

/** Decoded pixels, 8 bits a channel, upright, cropped; 3 or 4 channels. */
export type Pixels = { data: Buffer; width: number; height: number; channels: 3 | 4; gamut: Gamut };

/**
 * What the file says once libvips has read its header; the size is that of the upright, cropped picture. `full` is that
 * of the finished picture: larger when an edit was rendered at less. `brought` is what it was before any edit.
 */
export type Source = {
  path: string;
  width: number;
  height: number;
  full: Size;
  crop: Region | null;
  turned: Size;
  brought: Size & { colour: string };
  frames: number;
  hasAlpha: boolean;
  colour: SourceColour;
};

/** `name` as its profile calls itself. `mayBeWide`: it may have colours outside sRGB, which only its pixels can tell. */
type SourceColour = { name: string; mayBeWide: boolean; isDeep: boolean };
type Size = { width: number; height: number };
type Region = { left: number; top: number; width: number; height: number };

/** Frames times pixels of an animation: 8 seconds of one core for each size that is made of it. */
export const MAX_MOVING_PIXELS = 400_000_000;

/** Opens with every guard: bounded pixels, no half-decoded pictures. `pages` is 1 for the first frame, -1 for all. */
export function open(path: string, pages = 1, ignoreIcc = false): Sharp {
  return sharp(path, { limitInputPixels: pages === 1 ? MAX_PHOTO_PIXELS : MAX_MOVING_PIXELS, sequentialRead: true, failOn: "error", pages, ignoreIcc });
}

/** Reads the header of the picture at `given`; what libvips can't read is first brought into `dir` in another form. */
export async function readSource(given: string, crop: Crop | null, dir: string): Promise<Source> {
  const path = await readable(given, dir);
  const meta = await open(path).metadata();
  const turned = { width: meta.autoOrient.width, height: meta.autoOrient.height };
  const region = crop && toRegion(crop, turned);
  const frames = await countFrames(path, meta.format);
  const size = { width: region?.width ?? turned.width, height: region?.height ?? turned.height };
  const colour = colourOf(meta);
  return { path, turned, crop: region, ...size, full: size, frames, hasAlpha: meta.hasAlpha, colour, brought: { ...turned, colour: colour.name } };
}

function colourOf({ icc, space, depth }: { icc?: Buffer; space: string; depth: string }): SourceColour {
  const profile = icc ? readProfile(icc) : null;
  const isRgb = profile?.space === "rgb" && (space === "srgb" || space === "rgb16");
  const plain = { cmyk: "CMYK", "b-w": "grey", grey16: "grey" }[space] ?? "sRGB";
  return { name: profile?.name || plain, mayBeWide: isRgb && profile.isWide, isDeep: isRgb && depth === "ushort" };
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
 * The upright, cropped picture in the colours of `gamut`, at most `maxWidth` wide and never enlarged, straight from the
 * file. A crop is cut out after scaling, because only so can a JPEG be decoded at a fraction of its size.
 */
export function upright(source: Source, maxWidth: number, { pages = 1, gamut = "srgb", maxHeight = MAX_HEIGHT }: { pages?: number; gamut?: Gamut; maxHeight?: number } = {}): Sharp {
  const scale = Math.min(1, maxWidth / source.width, maxHeight / source.height);
  let image = openIn(source, gamut, pages);
  if (scale < 1) image = image.resize(scaled(source.turned.width, scale), scaled(source.turned.height, scale), { fit: "fill" });
  return source.crop ? image.extract(scaledRegion(source, scale)) : image;
}

/** The whole upright picture in the colours of `gamut`. Left to itself sharp brings 8 bits to sRGB before anything else, and takes 16 bits for Display P3 afterwards. */
function openIn(source: Source, gamut: Gamut, pages = 1): Sharp {
  const isTransformedLast = gamut === "p3" || source.colour.isDeep;
  const image = open(source.path, pages, isTransformedLast).autoOrient().toColourspace("srgb");
  return isTransformedLast ? image.withIccProfile(gamut) : image;
}

function scaledRegion(source: Source, scale: number): Region {
  const { left, top, width, height } = source.crop!;
  const all = { width: scaled(source.turned.width, scale), height: scaled(source.turned.height, scale) };
  const region = { left: Math.min(Math.round(left * scale), all.width - 1), top: Math.min(Math.round(top * scale), all.height - 1) };
  return { ...region, width: Math.min(scaled(width, scale), all.width - region.left), height: Math.min(scaled(height, scale), all.height - region.top) };
}

const scaled = (length: number, scale: number) => Math.max(1, Math.round(length * scale));

/** The picture's pixels: in Display P3 only if it has colours that sRGB lacks. */
export async function decode(source: Source, maxWidth: number, known: Gamut | null = null): Promise<Pixels> {
  const gamut = known ?? (source.colour.mayBeWide ? "p3" : "srgb");
  const pixels = await toPixels(upright(source, maxWidth, { gamut }), gamut);
  return known === null && gamut === "p3" && !usesWideGamut(pixels) ? toSrgb(pixels) : pixels;
}

/** In which colours a picture is edited: in the editor as here, its profile alone tells. */
export const editedGamut = (source: Source): Gamut => (source.colour.mayBeWide ? "p3" : "srgb");

/** Part of the whole upright picture scaled to `all`, to be edited. */
export function part(source: Source, all: Size, box: Region): Sharp {
  const image = openIn(source, editedGamut(source));
  const isWhole = all.width === source.turned.width && all.height === source.turned.height;
  return (isWhole ? image : image.resize(all.width, all.height, { fit: "fill" })).extract(box);
}

/** `pixels` scaled down to `width`; the same when they are not wider. */
export async function shrink(pixels: Pixels, width: number): Promise<Pixels> {
  return width >= pixels.width ? pixels : toPixels(from(pixels).resize(width, null, { withoutEnlargement: true }), pixels.gamut);
}

/** The middle square, `side` wide or as wide as there is. */
export async function square(pixels: Pixels, side: number): Promise<Pixels> {
  const size = Math.min(side, pixels.width, pixels.height);
  return toPixels(from(pixels).resize(size, size, { fit: "cover" }), pixels.gamut);
}

/** For more work on the pixels. What is to be encoded comes from `toEncode`. */
export function from({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

/** To be encoded: bears a profile where the colours are not sRGB's. */
export async function toEncode(pixels: Pixels): Promise<Sharp> {
  return pixels.gamut === "srgb" ? from(pixels) : sharp(await tagged(pixels)).keepIccProfile();
}

async function toPixels(image: Sharp, gamut: Gamut): Promise<Pixels> {
  const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels as 3 | 4, gamut };
}
