import { stat } from "node:fs/promises";
import { rgbaToThumbHash } from "thumbhash";
import type { Crop, Variant } from "@/db/schema/media";
import type { Looks, MediaEdit, Removed } from "@/db/schema/media-edit";
import { deriveAnimation, lostMovement, planOf } from "./derive-animation";
import { encode, encodeFlowing, type Ext, type Look, USUAL, write, written } from "./encode";
import { type FileFacts, readFacts } from "./facts";
import type { Made } from "./made";
import { perceptualHash } from "./perceptual-hash";
import { openSource } from "./edited";
import { decode, editedGamut, from, type Gamut, type Pixels, readSource, shrink, type Source, square, upright } from "./pixels";
import { chooseLook, lookOf, similarityTo, trialOf } from "./quality";
import { lumaOf } from "./similarity";
import { LARGE_PIXELS, tallest, widthName, widthsFor } from "./widths";

/** What was found out when the picture was first derived. */
export type Known = { gamut: Gamut; looks: Looks };
/** Files are written to `dir` as `{name}.{ext}`. */
export type DeriveInput = { path: string; dir: string; crop: Crop | null; edit?: MediaEdit | null; known?: Known | null };
export type WidthInput = DeriveInput & { width: number; ext: Ext };

/** `first`: similarity of the JPEGs of publication, by name. */
export type Rest = { variants: Made[]; looks: Looks; first: Record<string, number | null> };
export type Avatar = { width: number; height: number; thumbhash: string; variants: Made[] };
/** `hash` in 16 hexadecimal digits; `source` upright and uncropped, its colour as the profile calls itself; `lost`: what of its movement. */
export type Essential = Avatar & { known: Known; facts: FileFacts; hash: string; source: Source["brought"]; lost: Removed[] };

/** Longer side of what an author edits anew. */
const SOURCE_SIDE = 1_600;
const WEBP_MAX_SIDE = 16_383;

/** What publication waits for: the JPEGs that every client can show, from one decode, each from the next larger. */
export async function deriveEssential(input: DeriveInput): Promise<Essential> {
  const { dir } = input;
  const source = await openSource(input, 1080);
  const [levels, facts] = await Promise.all([cascade(source, [320, 640, 1080], 1080), readFacts(input.path)]);
  const small = levels.get("320")!;
  const [look, thumbhash] = await Promise.all([chooseLook("jpg", trialOf(levels.values(), facts.quality)), placeholder(small)]);
  const sizes: [string, Pixels][] = [...levels, ["150", await square(squareSource(levels), 150)]];
  const variants = await Promise.all(sizes.map(([name, pixels]) => write(dir, name, "jpg", pixels, look).then(unmeasured)));
  return {
    ...source.full, thumbhash, variants, facts,
    known: { gamut: small.gamut, looks: { jpg: look } },
    hash: BigInt.asUintN(64, perceptualHash(lumaOf(small))).toString(16).padStart(16, "0"),
    source: source.brought,
    lost: await lostMovement(source, input.path),
  };
}

/** What makes it lighter and finer afterwards: AVIF and WebP of every size, 1440, and the whole picture compressed. */
export async function deriveRest(input: DeriveInput): Promise<Rest> {
  const { path, dir, known } = input;
  const source = await openSource(input);
  const plan = planOf(source);
  if (plan) return { variants: await deriveAnimation(dir, source, plan), looks: {}, first: {} };
  const levels = await cascade(source, [320, 640, 1080, 1440], 1440, known?.gamut);
  const trial = trialOf(levels.values(), (await readFacts(path)).quality);
  const looks = { jpg: known?.looks.jpg ?? (await chooseLook("jpg", trial)), webp: await chooseLook("webp", trial), avif: await chooseLook("avif", trial) };
  const gamut = levels.get("320")!.gamut;
  // Both at once: each encoder works on one processor alone for most of its time.
  const [sizes, whole] = await inTurnIf(source.width * source.height > LARGE_PIXELS, () => lighterSizes(dir, levels, looks), () => deriveOriginal(source, gamut, looks, { dir, path }));
  const first = await measureEssential(dir, source, gamut, looks.jpg);
  return { variants: [...sizes, ...whole], looks, first };
}

/** Two works at once, or one after the other where memory would not do for both. */
async function inTurnIf<T>(isLarge: boolean, one: () => Promise<T>, other: () => Promise<T>): Promise<[T, T]> {
  return isLarge ? [await one(), await other()] : Promise.all([one(), other()]);
}

/** AVIF and WebP of every size, and the JPEG that publication did without. */
async function lighterSizes(dir: string, levels: Map<string, Pixels>, looks: Required<Looks>): Promise<Made[]> {
  const made: Made[] = [];
  const sizes: [string, Pixels][] = [["150", await square(squareSource(levels), 150)], ...levels];
  for (const ext of ["avif", "webp"] as const) {
    for (const [name, pixels] of sizes) made.push(await make(dir, name, ext, pixels, looks[ext]));
  }
  const large = levels.get("1440");
  return large ? [...made, await make(dir, "1440", "jpg", large, looks.jpg)] : made;
}

/** How similar the files of publication are, which had no time to wait for that: the same are made again. By name. */
async function measureEssential(dir: string, source: Source, gamut: Gamut, look: Look): Promise<Record<string, number | null>> {
  const levels = await cascade(source, [320, 640, 1080], 1080, gamut);
  const made = await Promise.all([...levels, ["150", await square(squareSource(levels), 150)] as const].map(([name, pixels]) => make(dir, name, "jpg", pixels, look)));
  return Object.fromEntries(made.map(({ name, similarity }) => [name, similarity]));
}

/** Squares for an avatar: 64, 150 and 320. WebP beside JPEG, because an avatar's address is one for all browsers. */
export async function deriveAvatar(input: DeriveInput): Promise<Avatar> {
  const { dir } = input;
  const source = await openSource(input);
  const whole = await decode(source, source.width <= source.height ? 640 : Math.round((640 * source.width) / source.height));
  const sides = await Promise.all([64, 150, 320].map(async (side) => [String(side), await square(whole, side)] as const));
  const variants = await Promise.all(sides.flatMap(([name, pixels]) => (["jpg", "webp"] as const).map((ext) => write(dir, name, ext, pixels, lookOf(ext, pixels)))));
  return { width: source.width, height: source.height, thumbhash: await placeholder(sides[1]![1]), variants: variants.map(unmeasured) };
}

/** One file of a width that somebody asked for, straight from the uploaded picture. */
export async function deriveWidth(input: WidthInput): Promise<Variant> {
  const { dir, known, width, ext } = input;
  const maxHeight = tallest(ext);
  const source = await openSource(input, width, maxHeight);
  const look = known?.looks[ext] ?? { quality: USUAL[ext], isFullChroma: known?.looks.jpg?.isFullChroma ?? false };
  // Of a row that does not say which colours it needs, a small copy tells.
  const gamut = known?.gamut ?? (source.colour.mayBeWide ? (await decode(source, 640)).gamut : "srgb");
  const image = upright(source, width, { gamut, maxHeight });
  const isLarge = ext === "jpg" && (width * width * source.height) / source.width > LARGE_PIXELS;
  return written(dir, widthName(width), ext, isLarge ? encodeFlowing(image, look) : encode(image, ext, look));
}

/** The picture as it was brought, for editing it anew on a screen: nothing done to it, and fine enough not to be noticed. */
export async function deriveSource({ path, dir }: DeriveInput): Promise<Variant> {
  const source = await readSource(path, null, dir);
  const width = Math.min(source.width, SOURCE_SIDE, Math.max(1, Math.round((SOURCE_SIDE * source.width) / source.height)));
  return written(dir, "source", "jpg", upright(source, width, { gamut: editedGamut(source) }).flatten({ background: "#fff" }).jpeg({ quality: 92, chromaSubsampling: "4:4:4" }));
}

/** One decode at `top`, then each width from the next larger one. Smallest first in the answer. */
async function cascade(source: Source, widths: number[], top: number, gamut?: Gamut): Promise<Map<string, Pixels>> {
  const made: [string, Pixels][] = [];
  let pixels = await decode(source, top, gamut);
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

const unmeasured = (variant: Variant): Made => ({ ...variant, similarity: null });

async function make(dir: string, name: string, ext: Ext, pixels: Pixels, look: Look): Promise<Made> {
  const variant = await write(dir, name, ext, pixels, look);
  return { ...variant, similarity: await similarityTo(lumaOf(pixels), `${dir}/${name}.${ext}`) };
}

/** The whole picture, compressed; not larger than what was sent if a lower quality can help it. */
async function deriveOriginal(source: Source, gamut: Gamut, looks: Required<Looks>, { dir, path }: Pick<DeriveInput, "dir" | "path">): Promise<Made[]> {
  const isLarge = source.width * source.height > LARGE_PIXELS;
  const whole = () => upright(source, source.width, { gamut, maxHeight: tallest("jpg") });
  const jpeg = (quality: number) => {
    const look = { ...looks.jpg, quality };
    return written(dir, "original", "jpg", isLarge ? encodeFlowing(whole(), look) : encode(whole(), "jpg", look));
  };
  let made = await jpeg(looks.jpg.quality);
  // HEIC is smaller than any JPEG that looks as good.
  if (source.path === path && made.bytes > (await stat(path)).size) made = await jpeg(Math.min(looks.jpg.quality, 72));
  const variants = [made];
  // Not AVIF: at this size its encoder takes a third of a gigabyte.
  if (!isLarge && Math.max(source.width, source.height) <= WEBP_MAX_SIDE) variants.push(await written(dir, "original", "webp", whole().webp({ quality: looks.webp.quality, effort: 1 })));
  return variants.map(unmeasured);
}

/** ThumbHash of the picture, base64. */
async function placeholder(pixels: Pixels): Promise<string> {
  const { data, info } = await from(pixels).resize(100, 100, { fit: "inside", withoutEnlargement: true }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64");
}
