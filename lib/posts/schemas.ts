import { z } from "zod";
import { MAX_ALT, MAX_CAPTION, MAX_POST_ITEMS, MIN_POST_ITEMS } from "@/lib/media/limits";
import { cropSchema, mediaEditSchema } from "@/lib/media/schemas";
import { MAX_CIRCLES } from "@/lib/graph/limits";
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

const audienceSchema = z.enum(["everyone", "followers", "circles"], "must be everyone, followers or circles");
const circleIdsSchema = z.array(idSchema).max(MAX_CIRCLES, `At most ${MAX_CIRCLES} circles.`).describe("With audience circles: one's own, at least one");

/** Clients that send null mean nothing. */
const orEmpty = <S extends z.ZodType<string>>(text: S) => text.nullish().transform((given) => given ?? "");

const settings = {
  caption: orEmpty(captionSchema),
  location: locationSchema.optional(),
  audience: audienceSchema.default("everyone"),
  circle_ids: circleIdsSchema.optional(),
  comments_enabled: z.boolean().default(true),
  like_count_hidden: z.boolean().default(false),
  is_sensitive: z.boolean().default(false).describe("Covered until a reader asks for it"),
  reposts_enabled: z.boolean().default(true).describe("Others may repost it, where its author lets them"),
};

/** People that may stand on one photo. */
export const MAX_PEOPLE = 20;
const share = z.number().min(0).max(1);
const pointedPerson = z.object({ username: z.string().max(60).transform((name) => name.trim().replace(/^@/, "")).refine((name) => name !== "", "is missing"), x: share.describe("From the left, 0 to 1"), y: share.describe("From the top, 0 to 1") });
export type PointedPerson = z.output<typeof pointedPerson>;
const peopleSchema = z
  .array(pointedPerson)
  .max(MAX_PEOPLE, `At most ${MAX_PEOPLE} people can be tagged on a photo.`)
  .refine((people) => new Set(people.map((one) => one.username.toLowerCase())).size === people.length, "The same person is there twice.");

const itemSchema = z
  .object({ id: idSchema, alt: orEmpty(altSchema), crop: cropSchema.nullable().optional().describe("Of the upright picture"), edit: mediaEditSchema.nullable().optional(), tags: peopleSchema.optional().describe("Who stands on the photo, and where"), show_camera: z.boolean().optional().describe("Readers see camera, lens and exposure"), keep_place: z.boolean().optional().describe("The place of taking is kept, for the author alone") })
  .refine((item) => !(item.crop && item.edit), { path: ["crop"], message: "is part of edit when there is one" });

const noneTwice = (items: { id: string }[]) => new Set(items.map((item) => item.id)).size === items.length;

/** People that may make a post together with its author. */
export const MAX_COLLABORATORS = 5;
const collaboratorsSchema = z
  .array(z.string().max(60).transform((name) => name.trim().replace(/^@/, "")).refine((name) => name !== "", "is missing"))
  .max(MAX_COLLABORATORS, `At most ${MAX_COLLABORATORS} people can be invited.`)
  .refine((names) => new Set(names.map((name) => name.toLowerCase())).size === names.length, "The same person is there twice.")
  .describe("Usernames of those who are invited to be its authors, too");

/** When a post is to appear; the service judges whether that is ahead. */
const timeAhead = z.iso.datetime({ offset: true, error: "must be a time as ISO 8601 with its zone" });

/** `POST /api/posts` as JSON. */
export const createPostSchema = z.object({
  media: z
    .array(itemSchema)
    .min(MIN_POST_ITEMS, "Choose at least one photo.")
    .max(MAX_POST_ITEMS, `A post holds at most ${MAX_POST_ITEMS} photos and videos.`)
    .refine(noneTwice, "The same photo is there twice."),
  ...settings,
  scheduled_for: timeAhead.nullish().describe("When it is to appear; left out, at once"),
  collaborators: collaboratorsSchema.optional(),
  draft_id: idSchema.nullish().describe("The draft that it was; it goes with the post’s coming"),
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
  circle_ids: circleIdsSchema.optional(),
  comments_enabled: flag.default(true),
  like_count_hidden: flag.default(false),
  is_sensitive: flag.default(false),
  reposts_enabled: flag.default(true),
  show_camera: flag.default(false),
  keep_place: flag.default(false),
  alt: z.array(altSchema).max(MAX_POST_ITEMS).default([]),
});

/** The items that an edited post is to hold, in order. One of `replaces` is a new upload that takes the place of an item. */
const heldSchema = z.object({ ...itemSchema.shape, alt: altSchema.optional(), tags: peopleSchema.optional().describe("Who stands on the photo, and where; left out, they stay, also on a photo that takes the place of another"), replaces: idSchema.optional().describe("An item of the post, whose place this upload takes once it is ready") });
export type HeldItem = z.output<typeof heldSchema>;

/** `PATCH /api/posts/:id`. `alt` is that of a single photo, or one text for each, by media id. */
export const editPostSchema = z
  .object({
    caption: captionSchema,
    location: locationSchema,
    alt: z.union([altSchema, z.record(idSchema, altSchema)], "must be a text, or texts by media id"),
    media: z
      .array(heldSchema)
      .min(MIN_POST_ITEMS, "A post needs a photo. Delete the post instead.")
      .max(MAX_POST_ITEMS, `A post holds at most ${MAX_POST_ITEMS} photos.`)
      .refine(noneTwice, "The same photo is there twice.")
      .describe("What the post is to hold, in order, the cover first; what is left out is removed"),
    audience: audienceSchema,
    circle_ids: circleIdsSchema,
    comments_enabled: z.boolean(),
    like_count_hidden: z.boolean(),
    is_sensitive: z.boolean(),
    reposts_enabled: z.boolean(),
    is_archived: z.boolean(),
    collaborators: collaboratorsSchema,
    scheduled_for: timeAhead.describe("Of a post that is scheduled: another time"),
    if_updated_at: z.iso.datetime({ offset: true }).describe("`updated_at` of the post that was edited: when it was changed since, nothing happens and the answer is 409 with what is there now"),
  })
  .partial();
export type PostEdit = z.output<typeof editPostSchema>;

export const sortedPageSchema = pageSchema.extend({ sort: z.enum(["recent", "top"], "must be recent or top").default("recent") });
export const tagParam = z.object({ tag: z.string().min(1).max(400) });

export const editPostActionSchema = editPostSchema.extend({ post_id: idSchema });
/** What the composer holds, for whichever device goes on with it; only `media` is read by the server. */
const draftContentSchema = z
  .looseObject({ media: z.array(z.looseObject({ id: idSchema })).max(MAX_POST_ITEMS).refine(noneTwice, "The same photo is there twice."), caption: z.string().max(MAX_CAPTION * 4).default("") })
  .refine((content) => JSON.stringify(content).length <= 100_000, "is too large");
export type DraftContent = z.output<typeof draftContentSchema>;

/** `POST /api/drafts`, and `PUT /api/drafts/:id` with the revision that was changed. */
export const newDraftSchema = z.object({ content: draftContentSchema });
export const draftSchema = newDraftSchema.extend({ revision: z.number().int().min(1).max(2_000_000_000) });

/** `POST /api/posts/:id/tag`, by the tagged person. `is_proposed`: whoever declined makes it a question again. */
export const acceptTagSchema = z.object({ is_on_profile: z.boolean().default(true), is_proposed: z.boolean().default(false) });

/** `POST /api/posts/:id/collaboration`, by the invited person. `is_invited`: whoever declined makes it a question again. */
export const acceptCollaborationSchema = z.object({ is_invited: z.boolean().default(false) });

/** `PUT /api/me/pins`. */
export const pinsSchema = z.object({
  post_ids: z.array(idSchema).max(3, "At most three posts can be pinned.").refine((ids) => new Set(ids).size === ids.length, "The same post is there twice."),
});

export const postActionSchema = z.object({ post_id: idSchema });

const pixels = z.coerce.number().int().min(1, "must be a number of pixels").max(10_000, "must be a number of pixels").optional();

/** `GET /api/oembed`: `url` of a post's page. JSON is the only format. */
export const oEmbedSchema = z.object({ url: z.string().max(2_000), maxwidth: pixels, maxheight: pixels, format: z.literal("json", "must be json").default("json") });

/** `GET /api/posts/:id/versions`. */
export const versionsSchema = z.object({ uncovered: z.enum(["sensitive", "word"], "must be sensitive or word").optional().describe("Which cover the viewer took off; `word` takes off both") });
