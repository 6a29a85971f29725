import { rm } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { Removed } from "@/db/schema/media-edit";
import { written } from "./encode";
import { countFrames } from "./frames";
import type { Made } from "./made";
import { MAX_MOVING_PIXELS, type Source, upright } from "./pixels";
import { RawFile } from "./raw-file";
import { widthsFor } from "./widths";

const WEBP = { quality: 70, effort: 2, loop: 0 };
/** Frames times pixels that are written of one size. */
const MAX_WRITTEN = 100_000_000;
/** The same of a cropped one before it is cropped: libvips holds all of its frames at once, in 4 to 6 bytes a pixel. */
const MAX_HELD = 200_000_000;
/** Every so many-th frame may be shown alone, for as long as those left out; fewer do not look like movement any more. */
const STEPS = [1, 2, 3];
/** How long a frame without a time of its own is shown, ms, as browsers have it. */
const USUAL_DELAY = 100;

type Plan = { step: number; widths: number[] };

/** How it is shown moving, within bounds: better small than in jerks, better in jerks than smaller than a phone. null: a still. */
export function planOf(source: Source): Plan | null {
  const { frames, turned, width, height } = source;
  if (frames < 2 || frames * turned.width * turned.height > MAX_MOVING_PIXELS) return null;
  const all = sizesOf(source);
  const fits = (to: number, step: number) => {
    const scale = Math.min(1, to / width) ** 2;
    return Math.ceil(frames / step) * scale * width * height <= MAX_WRITTEN && (!source.crop || frames * scale * turned.width * turned.height <= MAX_HELD);
  };
  const least = [all[1] ?? all[0]!, all[0]!].find((to) => STEPS.some((step) => fits(to, step)));
  const step = STEPS.find((one) => least !== undefined && fits(least, one) && Math.ceil(frames / one) > 1);
  return step === undefined ? null : { step, widths: all.filter((to) => fits(to, step)) };
}

const sizesOf = ({ width }: Source) => widthsFor(width, [320, 640, 1080, 1440]);

/** What of its movement is not served. `path` is the file that was brought: an edited one stands still already. */
export async function lostMovement(source: Source, path: string): Promise<Removed[]> {
  const plan = planOf(source);
  if (!plan) return source.frames > 1 || (await countFrames(path)) > 1 ? ["animation"] : [];
  const isSmaller = plan.widths.length < sizesOf(source).length;
  return [...(plan.step > 1 ? (["frames"] as const) : []), ...(isSmaller ? (["large_movement"] as const) : [])];
}

/** The sizes of the plan moving, as WebP; the JPEGs of publication are its first frame. */
export async function deriveAnimation(dir: string, source: Source, { step, widths }: Plan): Promise<Made[]> {
  const variants: Made[] = [];
  for (const width of widths) {
    const moving = upright(source, width, { pages: -1 });
    const image = step === 1 ? moving.webp(WEBP) : await thinned(moving, source, step, join(dir, "frames.v"));
    variants.push({ ...(await written(dir, String(width), "webp", image)), similarity: null });
  }
  return variants;
}

/** Every `step`-th frame. libvips has no way to leave some out: all go to a file first, at the size that is wanted. */
async function thinned(moving: Sharp, source: Source, step: number, path: string): Promise<Sharp> {
  const pixels = await RawFile.of(moving, path);
  try {
    const { width, channels } = pixels;
    const height = pixels.height / source.frames;
    const kept = Array.from({ length: Math.ceil(source.frames / step) }, (_, i) => i * step);
    const frames = Buffer.concat(kept.map((frame) => pixels.read({ left: 0, top: frame * height, width, height }).data));
    const delays = (await sharp(source.path, { limitInputPixels: false, pages: -1 }).metadata()).delay ?? [];
    const delay = kept.map((frame) => Array.from({ length: Math.min(step, source.frames - frame) }, (_, i) => delays[frame + i] ?? USUAL_DELAY).reduce((sum, one) => sum + one, 0));
    return sharp(frames, { raw: { width, height: height * kept.length, channels, pageHeight: height }, limitInputPixels: false }).webp({ ...WEBP, delay });
  } finally {
    pixels.close();
    await rm(path);
  }
}
