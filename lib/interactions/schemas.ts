import { z } from "zod";
import { lengthOf, lineSchema } from "@/lib/accounts/text";
import { idSchema } from "@/lib/platform/ids";
import { postParam } from "@/lib/platform/http/params";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import { readEmoji } from "./emoji";

const emojiSchema = z.string().max(400).transform((text, context) => {
  const emoji = readEmoji(decoded(text));
  if (emoji === null) context.addIssue({ code: "custom", message: "must be a single emoji" });
  return emoji ?? "";
});

/** No emoji has a per cent sign, so a text that has one was encoded once more than it was decoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `:id` of a post and `:emoji`. */
export const reactionParam = postParam.extend({ emoji: emojiSchema });

export const MAX_NOTE = 300;
const noteSchema = z.string().max(MAX_NOTE * 4).transform((text) => text.replace(/\r\n?/g, "\n").trim()).refine((text) => lengthOf(text) <= MAX_NOTE, `must have at most ${MAX_NOTE} characters`);

/** `PUT /api/posts/:id/repost`. */
export const repostSchema = z.object({ note: noteSchema.nullish().transform((note) => note ?? "") });

export const MAX_COLLECTION_NAME = 50;
const nameSchema = lineSchema(MAX_COLLECTION_NAME).refine((name) => name !== "", "Give it a name.");

/** `POST /api/collections`; with `post_id` the post is its first. */
export const newCollectionSchema = z.object({ name: nameSchema, post_id: idSchema.nullish() });

/** `PATCH /api/collections/:id`. `cover_post_id` null: the newest. */
export const collectionPatchSchema = z.object({ name: nameSchema, cover_post_id: idSchema.nullable() }).partial();

/** `GET /api/collections`: with `post_id` each says whether it holds the post. */
export const collectionsPageSchema = pageSchema.extend({ post_id: idSchema.optional(), role: z.enum(["member", "invited"], "must be member or invited").default("member") });

/** Body of saving and unsaving: without a collection all of them. */
export const saveSchema = z.object({ collection_id: idSchema.nullish() });

export const collectionPostParam = z.object({ id: idSchema, post_id: postParam.shape.id });
export const collectionMemberParam = z.object({ id: idSchema, user_id: idSchema });

/** `from`: the collection that it leaves at the same time. */
export const addToCollectionSchema = z.object({ from: idSchema.nullish() });
