import { z } from "zod";
import { idSchema } from "@/lib/platform/ids";
import { pageSchema } from "@/lib/platform/pagination/pagination";

/** Characters a comment may have (FEATURES D2). */
export const MAX_COMMENT_LENGTH = 2200;

export const commentContent = z
  .string("Write something first.")
  .transform((text) => text.replace(/\r\n?/g, "\n").trim())
  .refine((text) => /[^\s\p{Cf}]/u.test(text), "Write something first.")
  .refine((text) => [...text].length <= MAX_COMMENT_LENGTH, "A comment can have at most 2,200 characters.");

export const addCommentSchema = z.object({ content: commentContent, parent_id: idSchema.nullish() });
export const listCommentsSchema = pageSchema.extend({ parent_id: idSchema.optional() });
export const addCommentActionSchema = addCommentSchema.extend({ post_id: idSchema, key: z.string().min(8).max(200) });
export const commentIdSchema = z.object({ comment_id: idSchema });
export const setCommentLikeSchema = z.object({ comment_id: idSchema, liked: z.boolean() });
