import { z } from "zod";
import type { Crop } from "@/db/schema/media-edit";
import { FILTERS } from "./filters";
import { MAX_STRAIGHTEN } from "./geometry";
import { MIN_CROP } from "./shapes";
import { fromEditView } from "./view";

const share = z.number().min(0).max(1);

/** The part of a photo that is kept, each value a share of the picture's width or height. */
export const cropSchema = z
  .object({ x: share, y: share, width: share.positive("must be more than 0"), height: share.positive("must be more than 0") })
  .refine((crop) => crop.x + crop.width <= 1.001 && crop.y + crop.height <= 1.001, "reaches beyond the picture");

/** Half a pixel of rounding in a client is no reason to refuse. */
const editCrop = cropSchema
  .refine((crop) => crop.width >= MIN_CROP * 0.99 && crop.height >= MIN_CROP * 0.99, `must be at least ${MIN_CROP} wide and high`)
  .transform(({ x, y, width, height }): Crop => ({ x: Math.min(x, 1 - Math.min(width, 1)), y: Math.min(y, 1 - Math.min(height, 1)), width, height }))
  .nullable();

const both = z.number().min(-1).max(1).default(0);
const onlyMore = share.default(0);

const geometrySchema = z.strictObject({
  quarter_turns: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)], "must be 0, 1, 2 or 3").default(0).describe("Clockwise"),
  is_mirrored: z.boolean().default(false).describe("Left and right, after the turns"),
  straighten: z.number().min(-MAX_STRAIGHTEN).max(MAX_STRAIGHTEN).default(0).describe("Degrees clockwise; enlarged just so far that no corner is empty"),
  crop: editCrop.default(null).describe("Of the turned and straightened picture"),
});

const adjustSchema = z.strictObject({
  brightness: both, contrast: both, warmth: both, saturation: both, highlights: both, shadows: both,
  fade: onlyMore, vignette: onlyMore, sharpen: onlyMore, grain: onlyMore,
});

const filterSchema = z.strictObject({ name: z.enum(FILTERS, "is not a filter of ours"), strength: share.default(1) });

const photoEdit = z.strictObject({
  kind: z.literal("image"),
  geometry: geometrySchema.prefault({}),
  filter: filterSchema.nullable().default(null),
  adjust: adjustSchema.prefault({}),
});

const seconds = z.number().min(0).max(24 * 3600);

const videoEdit = z.strictObject({
  kind: z.literal("video"),
  trim: z.strictObject({ start: seconds, end: seconds }).refine(({ start, end }) => end > start, "must end after it starts").nullable().default(null).describe("Seconds of the video that was brought"),
  cover: seconds.nullable().default(null).describe("Seconds from its beginning"),
  is_muted: z.boolean().default(false),
  crop: editCrop.default(null),
});

/** An edit in the API's shape, everything that is left out being as brought. */
export const editViewSchema = z.discriminatedUnion("kind", [photoEdit, videoEdit]);

/** `media[].edit` of a new post and body of `PUT /api/media/:id/edit`, in our own shape. */
export const mediaEditSchema = editViewSchema.transform(fromEditView);
