import { join } from "node:path";
import { stat } from "node:fs/promises";
import { rgbaToThumbHash } from "thumbhash";
import type { Crop, Variant } from "@/db/schema/media";
import type { MediaEdit } from "@/db/schema/media-edit";
import { widthName, widthsFor } from "./widths";
import { openSource } from "./edited";
import { decode, from, type Pixels, readSource, shrink, type Source, square, upright } from "./pixels";

/** Files are written to `dir` as `{name}.{ext}`. */
export type DeriveInput = { path: string; dir: string; crop: Crop | null; edit?: MediaEdit | null };
export type WidthInput = DeriveInput & { width: number; ext: Variant["ext"] };
export type Essential = { width: number; height: number; thumbhash: string; variants: Variant[] };

/**
 * Measured with SSIM on photographs (decisions/0009): AVIF 60 looks like mozjpeg 80 at about 60 % of its
 * bytes; AVIF effort 4 would take six times as long as 2 for 6 % less.
 */
const JPEG = { quality: 80, mozjpeg: true };
const AVIF = { quality: 60, effort: 2, chromaSubsampling: "4:2:0" };
const WEBP = { quality: 82 };
const WEBP_ORIGINAL = { quality: 78, effort: 1 };
const WEBP_MAX_SIDE = 16_383;
const WEBP_ANIMATED = { quality: 70, effort: 2, loop: 0 };

/** Longer side of what an author edits anew. */
const SOURCE_SIDE = 1_600;
/** Above this, a full-size file is encoded the quick way, and as JPEG only. */
const LARGE_PIXELS = 25_000_000;
/** Frames times pixels that an animation may have; beyond it the first frame stands for the whole. */
const MAX_ANIMATED_PIXELS = 60_000_000;

/** What publication waits for: the JPEGs that every client can show, from one decode, each from the next larger. */
export async function deriveEssential(input: DeriveInput): Promise<Essential> {
  const source = await openSource(input, 1080);
  const variants: Promise<Variant>[] = [];
  const levels = await cascade(source, [320, 640, 1080], 1080);
  for (const [name, pixels] of levels) variants.push(writeJpeg(input.dir, name, pixels));
  variants.push(writeJpeg(input.dir, "150", await square(squareSource(levels), 150)));
  const thumbhash = placeholder(levels.get("320")!);
  const written = await Promise.all(variants);
  return { ...source.full, thumbhash: await thumbhash, variants: written };
}

/** What makes it lighter and finer afterwards: AVIF of every size, 1440, and the whole picture compressed. */
export async function deriveRest(input: DeriveInput): Promise<Variant[]> {
  const source = await openSource(input);
  if (source.frames > 1 && source.frames * source.turned.width * source.turned.height <= MAX_ANIMATED_PIXELS) return deriveAnimation(input.dir, source);
  const levels = await cascade(source, [320, 640, 1080, 1440], 1440);
  const variants: Variant[] = [await writeAvif(input.dir, "150", await square(squareSource(levels), 150))];
  for (const [name, pixels] of levels) variants.push(await writeAvif(input.dir, name, pixels));
  const large = levels.get("1440");
  if (large) variants.push(await writeJpeg(input.dir, "1440", large));
  return [...variants, ...(await deriveOriginal(input, source))];
}

/** Squares for an avatar: 64, 150 and 320. WebP beside JPEG, because an avatar's address is one for all browsers. */
export async function deriveAvatar(input: DeriveInput): Promise<Essential> {
  const source = await openSource(input);
  const whole = await decode(source, source.width <= source.height ? 640 : Math.round((640 * source.width) / source.height));
  const sides = await Promise.all([64, 150, 320].map(async (side) => [String(side), await square(whole, side)] as const));
  const variants = await Promise.all(sides.flatMap(([name, pixels]) => [writeJpeg(input.dir, name, pixels), written(input.dir, name, "webp", from(pixels).webp(WEBP))]));
  return { width: source.width, height: source.height, thumbhash: await placeholder(sides[1]![1]), variants };
}

/** One file of a width that somebody asked for, straight from the uploaded picture. */
export async function deriveWidth({ dir, width, ext, ...input }: WidthInput): Promise<Variant> {
  const image = upright(await openSource({ ...input, dir }, width), width);
  const encoded = { jpg: () => image.flatten({ background: "#fff" }).jpeg(JPEG), webp: () => image.webp(WEBP), avif: () => image.avif(AVIF) }[ext]();
  return written(dir, widthName(width), ext, encoded);
}

/** The picture as it was brought, for editing it anew on a screen: nothing done to it, and fine enough not to be noticed. */
export async function deriveSource({ path, dir }: DeriveInput): Promise<Variant> {
  const source = await readSource(path, null, dir);
  const width = Math.min(source.width, SOURCE_SIDE, Math.max(1, Math.round((SOURCE_SIDE * source.width) / source.height)));
  return written(dir, "source", "jpg", upright(source, width).flatten({ background: "#fff" }).jpeg({ quality: 92, chromaSubsampling: "4:4:4" }));
}

/** One decode at `top`, then each width from the next larger one. Smallest first in the answer. */
async function cascade(source: Source, widths: number[], top: number): Promise<Map<string, Pixels>> {
  const made: [string, Pixels][] = [];
  let pixels = await decode(source, top);
  for (const width of widthsFor(source.width, widths).reverse()) {
    pixels = await shrink(pixels, width);
    made.unshift([String(width), pixels]);
  }
  return new Map(made);
}

/** The smallest level that still holds a 150 square, else the largest there is. */
function squareSource(levels: Map<string, Pixels>): Pixels {
  const all = [...levels.values()];
  return all.find((pixels) => Math.min(pixels.width, pixels.height) >= 150) ?? all.at(-1)!;
}

/** The whole picture, compressed; not larger than what was sent if a lower quality can help it. */
async function deriveOriginal({ dir, path }: DeriveInput, source: Source): Promise<Variant[]> {
  const isLarge = source.width * source.height > LARGE_PIXELS;
  const encode = (quality: number) => written(dir, "original", "jpg", upright(source, source.width).flatten({ background: "#fff" }).jpeg({ quality, mozjpeg: !isLarge, progressive: !isLarge }));
  let jpeg = await encode(85);
  // HEIC is smaller than any JPEG that looks as good.
  if (source.path === path && jpeg.bytes > (await stat(path)).size) jpeg = await encode(72);
  if (isLarge || Math.max(source.width, source.height) > WEBP_MAX_SIDE) return [jpeg];
  // Not AVIF: at this size its encoder takes a third of a gigabyte.
  return [jpeg, await written(dir, "original", "webp", upright(source, source.width).webp(WEBP_ORIGINAL))];
}

async function deriveAnimation(dir: string, source: Source): Promise<Variant[]> {
  const variants: Variant[] = [];
  for (const width of widthsFor(source.width, [320, 640, 1080])) {
    variants.push(await written(dir, String(width), "webp", upright(source, width, -1).webp(WEBP_ANIMATED)));
  }
  return variants;
}

/** See-through parts become white, as they look on paper; AVIF keeps them. */
function writeJpeg(dir: string, name: string, pixels: Pixels): Promise<Variant> {
  return written(dir, name, "jpg", from(pixels).flatten({ background: "#fff" }).jpeg(JPEG));
}

function writeAvif(dir: string, name: string, pixels: Pixels): Promise<Variant> {
  return written(dir, name, "avif", from(pixels).avif(AVIF));
}

async function written(dir: string, name: string, ext: Variant["ext"], image: ReturnType<typeof from>): Promise<Variant> {
  const path = join(dir, `${name}.${ext}`);
  const info = await image.toFile(path);
  return { name, ext, width: info.width, height: info.pageHeight ?? info.height, bytes: (await stat(path)).size };
}

/** ThumbHash of the picture, base64. */
async function placeholder(pixels: Pixels): Promise<string> {
  const { data, info } = await from(pixels).resize(100, 100, { fit: "inside", withoutEnlargement: true }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64");
}
