import type { Variant } from "@/db/schema/media";
import type { VideoFiles } from "@/db/schema/media-edit";
import { jsonb } from "./copy";
import { mix } from "./random";

/** What a row says of a photo, encoded once: `n` chooses the shape. The files themselves do not exist. */
export type Picture = { width: number; height: number; bytes: number; variants: Buffer };

const SHAPES = [[4000, 3000], [3000, 4000], [4000, 4000], [4000, 2250], [3000, 3750], [4500, 3000]] as const;

export const PICTURES: readonly Picture[] = SHAPES.flatMap(([width, height]) => [1, 1.6, 2.3].map((detail) => ({ width, height, bytes: Math.round(width * height * 0.25 * detail), variants: jsonb(variants(width, height, detail)) })));
export const CLIP: Picture & { video: Buffer } = { width: 1080, height: 1920, bytes: 18_000_000, variants: jsonb(variants(1080, 1920, 1)), video: jsonb(video()) };

/** Enough for a page to look as it does, and no more: these rows decide how much disk a world takes. */
function variants(width: number, height: number, detail: number): Variant[] {
  return ([["150", "jpg"], ["320", "jpg"], ["640", "jpg"], ["1080", "jpg"], ["640", "avif"]] as const).map(([name, ext]) => {
    const itsHeight = name === "150" ? 150 : Math.round((height * Number(name)) / width);
    return { name, ext, width: Number(name), height: itsHeight, bytes: Math.round(Number(name) * itsHeight * detail * (ext === "avif" ? 0.06 : 0.12)) };
  });
}

function video(): VideoFiles {
  return { renditions: [{ name: "720", width: 720, height: 1280, bandwidth: 2_800_000, codecs: "avc1.64001f,mp4a.40.2", bytes: 9_000_000 }], mp4: { width: 720, height: 1280, bytes: 9_000_000 }, preview: null };
}

/** Some thumbhashes, of the length that most have. */
export const THUMBHASHES: readonly Buffer[] = Array.from({ length: 64 }, (_, n) => Buffer.from(Buffer.from(Uint8Array.from({ length: 21 }, (_, i) => mix(n * 31 + i))).toString("base64")));
