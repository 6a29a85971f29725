import sharp from "sharp";
import { needsFullChroma } from "./chroma";
import { encodeQuickly, type Ext, type Look, USUAL } from "./encode";
import { type Pixels, toEncode } from "./pixels";
import { type Luma, lumaOf, similarity } from "./similarity";

/** The similarity that every picture shall keep, where the bounds below allow it (decisions/0018). */
export const TARGET = 0.97;
const CLOSE_ENOUGH = 0.005;

/** Bounds of what is chosen from, and where the search begins; `slope` is how ln(1 - similarity) falls with each step. */
const SEARCH: Record<Ext, { low: number; first: number; high: number; slope: number }> = {
  jpg: { low: 66, first: 78, high: 85, slope: 0.025 },
  webp: { low: 66, first: 80, high: 88, slope: 0.03 },
  avif: { low: 46, first: 57, high: 66, slope: 0.03 },
};
/** Whatever a JPEG was saved at: below this nothing is recognised any more. For JPEG alone: at the same place of their own scales the others would lose far more than it had lost. */
const LOWEST_JPEG = 20;
const MAX_TRIES = 2;

/** The size at which qualities are tried, and the height of the bands of it of which every third is looked at. */
const TRIAL_WIDTH = 640;
const BAND = 32;
const EVERY = 3;

/** A picture at the size at which it is judged. */
export type Trial = { pixels: Pixels; luma: Luma; isFullChroma: boolean; sourceQuality: number | null };

/** Of sizes, smallest first: the largest that is not larger than what is tried. */
export function trialOf(levels: Iterable<Pixels>, sourceQuality: number | null): Trial {
  const all = [...levels];
  const whole = all.findLast(({ width }) => width <= TRIAL_WIDTH) ?? all[0]!;
  const pixels = someBands(whole);
  return { pixels, luma: lumaOf(pixels), isFullChroma: needsFullChroma(whole), sourceQuality };
}

/** A third of the picture, from all over it. */
function someBands(pixels: Pixels): Pixels {
  const band = BAND * pixels.width * pixels.channels;
  const count = Math.floor(pixels.height / (EVERY * BAND));
  if (count < 2) return pixels;
  const data = Buffer.concat(Array.from({ length: count }, (_, i) => pixels.data.subarray(EVERY * i * band, (EVERY * i + 1) * band)));
  return { ...pixels, data, height: count * BAND };
}

/**
 * The lowest quality that keeps the picture similar enough, found by encoding a third of one size once or twice; never above
 * that of a JPEG it came from, since what is lost does not come back.
 */
export async function chooseLook(ext: Ext, trial: Trial): Promise<Look> {
  const { low: usualLow, first, high: usualHigh, slope } = SEARCH[ext];
  const high = Math.max(ext === "jpg" ? LOWEST_JPEG : usualLow, trial.sourceQuality === null ? usualHigh : Math.min(usualHigh, trial.sourceQuality - SEARCH.jpg.high + usualHigh));
  const low = Math.min(usualLow, high);
  const { isFullChroma } = trial;
  let quality = Math.min(first, high);
  for (let tries = 1; ; tries++) {
    const missing = Math.log((1 - (await tryOut(ext, trial, { quality, isFullChroma }))) / (1 - TARGET));
    const wanted = Math.round(quality + missing / slope);
    const next = Math.min(high, Math.max(low, wanted));
    const isClose = Math.abs(1 - Math.exp(missing)) * (1 - TARGET) <= CLOSE_ENOUGH;
    if (isClose) return { quality, isFullChroma };
    quality = next;
    // At a bound it stays there, however similar that is.
    if (next !== wanted || tries === MAX_TRIES) return { quality, isFullChroma };
  }
}

async function tryOut(ext: Ext, { pixels, luma }: Trial, look: Look): Promise<number> {
  return similarity(luma, await lumaOfFile(await encodeQuickly(await toEncode(pixels), ext, look).toBuffer()));
}

/** Where nothing is tried out: the usual quality. */
export const lookOf = (ext: Ext, pixels: Pixels): Look => ({ quality: USUAL[ext], isFullChroma: needsFullChroma(pixels) });

/** Similarity of a file to the pixels of which it was made. */
export async function similarityTo(luma: Luma, file: string | Buffer): Promise<number> {
  return Math.round(similarity(luma, await lumaOfFile(file)) * 10_000) / 10_000;
}

/** Profiles are left aside: numbers are compared with numbers. */
async function lumaOfFile(file: string | Buffer): Promise<Luma> {
  const { data, info } = await sharp(file, { ignoreIcc: true }).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  return lumaOf({ data, width: info.width, height: info.height, channels: info.channels as 3 | 4 });
}
