import { written } from "./encode";
import type { Made } from "./made";
import { type Source, upright } from "./pixels";
import { widthsFor } from "./widths";

const WEBP = { quality: 70, effort: 2, loop: 0 };
/** Frames times pixels that an animation may have; beyond it the first frame stands for the whole. */
const MAX_PIXELS = 60_000_000;

/** Whether it is shown moving. */
export function isAnimated({ frames, turned }: Source): boolean {
  return frames > 1 && frames * turned.width * turned.height <= MAX_PIXELS;
}

/** Every size moving, as WebP; the JPEGs of publication are its first frame. */
export async function deriveAnimation(dir: string, source: Source): Promise<Made[]> {
  const variants: Made[] = [];
  for (const width of widthsFor(source.width, [320, 640, 1080, 1440])) {
    const variant = await written(dir, String(width), "webp", upright(source, width, { pages: -1 }).webp(WEBP));
    variants.push({ ...variant, similarity: null });
  }
  return variants;
}
