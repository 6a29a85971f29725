import { randomBytes } from "node:crypto";
import type { Variant } from "@/db/schema/media";

/** Part of a path that nobody guesses. Lower case, because some file systems don't tell `a` from `A`. */
export const randomToken = (bytes = 12) => randomBytes(bytes).toString("hex");

export const ORIGINALS = "originals/";
export const VARIANTS = "media/";

/** Where a derived file lies. */
export function variantKey(mediaId: string, version: string, variant: Pick<Variant, "name" | "ext">): string {
  return `${VARIANTS}${mediaId}/${version}/${variant.name}.${variant.ext}`;
}

/** The media id that a key belongs to; `null` for keys of another kind. */
export function mediaIdOfKey(key: string): string | null {
  return /^(?:originals|media)\/(\d{1,19})\//.exec(key)?.[1] ?? null;
}
