import { z } from "zod";
import { lineSchema } from "@/lib/accounts/text";
import { idSchema, isId } from "@/lib/platform/ids";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import { MAX_CIRCLE_NAME } from "./limits";

export const blockSchema = z.object({ and_new_accounts: z.boolean().default(true).describe("Accounts that they make from now on are blocked, too") });
/** What declining a request answered with. */
export const restoreRequestSchema = z.object({ undo: z.string().min(1).max(500) });
export const muteSchema = z.object({ posts: z.boolean().default(true), stories: z.boolean().default(true) });

export const circleSchema = z.object({ name: lineSchema(MAX_CIRCLE_NAME).refine((name) => name !== "", "Give it a name.") });
/** `?user_id=`: also in which of them this person is. */
export const circlesQuerySchema = z.object({ user_id: idSchema.optional() });
export const memberParam = z.object({ id: idSchema, user_id: z.string().refine((text) => isId(text) || /^@[A-Za-z0-9._]{1,30}$/.test(text), "is not a person") });

/** `?limit=&cursor=&q=` of who is in a circle. */
export const circlePageSchema = pageSchema.extend({ q: z.string().max(100, "At most 100 characters.").default("") });

/** `?limit=&cursor=` of lists of people that show mutuals first, whose cursor knows more than an id (mutuals.ts). */
export const knownFirstPageSchema = pageSchema.extend({
  cursor: z.string().max(100).optional().transform((value, context) => {
    if (!value) return null;
    const text = Buffer.from(value, "base64url").toString();
    const parts = text.match(/^k([mo])(\d+)-(\d+)$/);
    if (parts && isId(parts[2]!) && isId(parts[3]!)) return text.slice(1);
    context.addIssue({ code: "custom", message: "is not a cursor of this list" });
    return null;
  }),
});

/** The same with `&q=`. */
export const peoplePageSchema = knownFirstPageSchema.extend({ q: z.string().max(100, "At most 100 characters.").default("") });
