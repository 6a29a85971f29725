import type { Adjustments, Crop, PhotoEdit } from "@/db/schema/media-edit";
import { isGeometryNeutral, NO_GEOMETRY } from "./geometry";

export const NO_ADJUSTMENTS: Adjustments = { brightness: 0, contrast: 0, warmth: 0, saturation: 0, highlights: 0, shadows: 0, fade: 0, vignette: 0, sharpen: 0, grain: 0 };

export const NO_EDIT: PhotoEdit = { geometry: NO_GEOMETRY, filter: null, adjust: NO_ADJUSTMENTS };

export type AdjustmentName = keyof Adjustments;
export const ADJUSTMENTS = Object.keys(NO_ADJUSTMENTS) as AdjustmentName[];

/** Those that only add; the others go both ways. */
const ONE_WAY: ReadonlySet<AdjustmentName> = new Set(["fade", "vignette", "sharpen", "grain"]);
export const lowest = (name: AdjustmentName) => (ONE_WAY.has(name) ? 0 : -1);

/** Done to each colour by itself, and so part of the table. */
const COLOUR = ["brightness", "contrast", "warmth", "saturation", "highlights", "shadows", "fade"] as const;

export type ColourEdit = Pick<PhotoEdit, "filter" | "adjust">;

export const changesColour = ({ filter, adjust }: ColourEdit) => (filter !== null && filter.strength > 0) || COLOUR.some((name) => adjust[name] !== 0);
export const hasEffects = ({ vignette, sharpen, grain }: Adjustments) => vignette !== 0 || sharpen !== 0 || grain !== 0;

/** Whether the picture comes out as it was brought. */
export const isNeutral = (edit: PhotoEdit) => isGeometryNeutral(edit.geometry) && !changesColour(edit) && !hasEffects(edit.adjust);

/** The crop, when that is all there is to it: then no pixel need be touched, and an animation goes on moving. */
export function justCrop({ geometry, filter, adjust }: PhotoEdit): Crop | null {
  const isMore = !isGeometryNeutral({ ...geometry, crop: null }) || changesColour({ filter, adjust }) || hasEffects(adjust);
  return isMore ? null : geometry.crop;
}
