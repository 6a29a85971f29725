import { z } from "zod";
import { idSchema, isId } from "@/lib/platform/ids";
import { pageSchema } from "@/lib/platform/pagination/pagination";

export const setFollowSchema = z.object({ user_id: idSchema, following: z.boolean() });
export const setBlockSchema = z.object({ user_id: idSchema, blocking: z.boolean() });
export const setMuteSchema = z.object({ user_id: idSchema, muting: z.boolean() });
export const answerRequestSchema = z.object({ user_id: idSchema, accept: z.boolean() });
export const removeFollowerSchema = z.object({ user_id: idSchema });

/** `?limit=&cursor=&q=` of lists of people, whose cursor knows more than an id (mutuals.ts). */
export const peoplePageSchema = pageSchema.extend({
  cursor: z.string().max(100).optional().transform((value, context) => {
    if (!value) return null;
    const text = Buffer.from(value, "base64url").toString();
    const parts = text.match(/^k([mo])(\d+)-(\d+)$/);
    if (parts && isId(parts[2]!) && isId(parts[3]!)) return text.slice(1);
    context.addIssue({ code: "custom", message: "is not a cursor of this list" });
    return null;
  }),
  q: z.string().max(100, "At most 100 characters.").default(""),
});
