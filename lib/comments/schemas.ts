import { z } from "zod";
import { idSchema, isId } from "@/lib/platform/ids";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import { decodeCommentCursor } from "./cursors";

/** Characters a comment may have. */
export const MAX_COMMENT_LENGTH = 2200;
/** How long its writer may change a comment, minutes. */
export const EDIT_MINUTES = 15;
/** How many comments of a post its author may pin. */
export const MAX_PINNED = 3;
/** How long whoever deleted a comment may bring it back, minutes. */
export const RESTORE_MINUTES = 10;

export const commentContent = z
  .string("Write something first.")
  .transform((text) => text.replace(/\r\n?/g, "\n").trim())
  .refine((text) => /[^\s\p{Cf}]/u.test(text), "Write something first.")
  .refine((text) => [...text].length <= MAX_COMMENT_LENGTH, "A comment can have at most 2,200 characters.");

export const addCommentSchema = z.object({ content: commentContent, parent_id: idSchema.nullish() });
export const editCommentSchema = z.object({ content: commentContent });

/** Comments that may be asked for by their ids at once. */
const MAX_ASKED = 50;

/** `?parent_id=` for the replies to one, which come oldest first; `?state=` for the post's author; `?ids=` for some only, replies too. */
export const listCommentsSchema = pageSchema
  .extend({
    parent_id: idSchema.optional(),
    sort: z.enum(["relevance", "newest"], "must be relevance or newest").default("newest"),
    state: z.enum(["pending", "hidden"], "must be pending or hidden").optional(),
    ids: z.string().max(2_000).optional().transform((value, context) => {
      if (value === undefined) return undefined;
      const ids = [...new Set(value.split(","))];
      if (ids.length > MAX_ASKED || !ids.every(isId)) context.addIssue({ code: "custom", message: `must be up to ${MAX_ASKED} ids of comments, separated by commas` });
      return ids;
    }),
    cursor: z.string().max(200).optional().transform((value, context) => {
      if (value === undefined || value === "") return null;
      const cursor = decodeCommentCursor(value);
      if (cursor === null) context.addIssue({ code: "custom", message: "is not a cursor of this list" });
      return cursor;
    }),
  })
  .refine(({ parent_id, sort, state, cursor }) => cursor === null || (cursor.kind === "relevance") === (sort === "relevance" && parent_id === undefined && state === undefined), {
    path: ["cursor"], message: "is not a cursor of this list",
  });

/** What waits on all of one's posts, or what was put away. */
export const listWaitingSchema = pageSchema.extend({ state: z.enum(["pending", "hidden"], "must be pending or hidden").default("pending") });

export const addCommentActionSchema = addCommentSchema.extend({ post_id: idSchema, key: z.string().min(8).max(200) });
export const commentIdSchema = z.object({ comment_id: idSchema });
export const editCommentActionSchema = editCommentSchema.extend({ comment_id: idSchema });
export const setCommentLikeSchema = z.object({ comment_id: idSchema, liked: z.boolean() });
