import { z } from "zod";
import { MAX_ALT, MAX_CAPTION, MAX_POST_ITEMS, MIN_POST_ITEMS } from "@/lib/media/limits";
import { cropSchema, mediaEditSchema } from "@/lib/media/schemas";
import { idSchema } from "@/lib/platform/ids";
import { pageSchema } from "@/lib/platform/pagination/pagination";

/** Inputs of posts, shared by form, action and REST. Lengths are counted in characters as people see them in code points. */
const lengthOf = (text: string) => [...text].length;
const tidy = (text: string) => text.replace(/\r\n?/g, "\n").trim();

const captionSchema = z.string().max(MAX_CAPTION * 4).transform(tidy).refine((text) => lengthOf(text) <= MAX_CAPTION, `must have at most ${MAX_CAPTION} characters`);
const altSchema = z.string().max(MAX_ALT * 4).transform(tidy).refine((text) => lengthOf(text) <= MAX_ALT, `must have at most ${MAX_ALT} characters`);

export const MAX_PLACE_NAME = 100;
const placeName = z.string().max(1_000).transform((text) => text.replace(/\s+/gu, " ").trim()).refine((text) => lengthOf(text) <= MAX_PLACE_NAME, `must have at most ${MAX_PLACE_NAME} characters`);
const coordinate = (limit: number) => z.number().min(-limit).max(limit).nullable().optional();

/** A place as text, or with coordinates (degrees) when its author wants to publish them; empty means none. */
const namedPlace = placeName.transform((name) => ({ name, latitude: null, longitude: null }));
const locationSchema = z
  .union([namedPlace, z.object({ name: placeName, latitude: coordinate(90), longitude: coordinate(180) })], "must be the name of a place, or an object with its name")
  .nullable()
  .transform((place) => (place === null || place.name === "" ? null : { name: place.name, ...pointOf(place) }));

function pointOf({ latitude, longitude }: { latitude?: number | null; longitude?: number | null }) {
  return latitude == null || longitude == null ? { latitude: null, longitude: null } : { latitude, longitude };
}

/** Close friends come later. */
const audienceSchema = z.enum(["everyone", "followers"], "must be everyone or followers");

/** Clients that send null mean nothing. */
const orEmpty = <S extends z.ZodType<string>>(text: S) => text.nullish().transform((given) => given ?? "");

const settings = {
  caption: orEmpty(captionSchema),
  location: locationSchema.optional(),
  audience: audienceSchema.default("everyone"),
  comments_enabled: z.boolean().default(true),
  like_count_hidden: z.boolean().default(false),
};

const itemSchema = z
  .object({ id: idSchema, alt: orEmpty(altSchema), crop: cropSchema.nullable().optional().describe("Of the upright picture"), edit: mediaEditSchema.nullable().optional(), show_camera: z.boolean().optional().describe("Readers see camera, lens and exposure"), keep_place: z.boolean().optional().describe("The place of taking is kept, for the author alone") })
  .refine((item) => !(item.crop && item.edit), { path: ["crop"], message: "is part of edit when there is one" });

/** `POST /api/posts` as JSON. */
export const createPostSchema = z.object({
  media: z
    .array(itemSchema)
    .min(MIN_POST_ITEMS, "Choose at least one photo.")
    .max(MAX_POST_ITEMS, `A post holds at most ${MAX_POST_ITEMS} photos and videos.`)
    .refine((items) => new Set(items.map((item) => item.id)).size === items.length, "The same photo is there twice."),
  ...settings,
});
export type NewPost = z.output<typeof createPostSchema>;

const flag = z.enum(["true", "false", "1", "0", "on", "off"], "must be true or false").transform((text) => ["true", "1", "on"].includes(text)).pipe(z.boolean());

/** Clients that send a place as in JSON write the object into the field; everything else is its name. */
function objectIn(text: string): unknown {
  if (!text.trimStart().startsWith("{")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The words of a multipart `POST /api/posts`; its photos are parts named `image`, `alt` is repeated in their order, the rest holds for all of them. */
export const postFieldsSchema = z.object({
  caption: captionSchema.default(""),
  location: z.string().max(2_000).transform(objectIn).pipe(locationSchema).optional(),
  audience: audienceSchema.default("everyone"),
  comments_enabled: flag.default(true),
  like_count_hidden: flag.default(false),
  show_camera: flag.default(false),
  keep_place: flag.default(false),
  alt: z.array(altSchema).max(MAX_POST_ITEMS).default([]),
});

/** `PATCH /api/posts/:id`. `alt` is that of a single photo, or one text for each, by media id. */
export const editPostSchema = z
  .object({
    caption: captionSchema,
    location: locationSchema,
    alt: z.union([altSchema, z.record(idSchema, altSchema)], "must be a text, or texts by media id"),
    audience: audienceSchema,
    comments_enabled: z.boolean(),
    like_count_hidden: z.boolean(),
    is_archived: z.boolean(),
  })
  .partial();
export type PostEdit = z.output<typeof editPostSchema>;

export const sortedPageSchema = pageSchema.extend({ sort: z.enum(["recent", "top"], "must be recent or top").default("recent") });
export const tagParam = z.object({ tag: z.string().min(1).max(400) });

export const editPostActionSchema = editPostSchema.extend({ post_id: idSchema });
export const postActionSchema = z.object({ post_id: idSchema });
