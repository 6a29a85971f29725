import { z } from "zod";
import { idSchema, postIdFrom } from "@/lib/platform/ids";

/** `:id` that is a numeric id. */
export const idParam = z.object({ id: idSchema });

/** `:id` of a post: numeric id or shortcode; comes out as the id. */
export const postParam = z.object({
  id: z.string().transform((text, ctx) => {
    const id = postIdFrom(text);
    if (id === null) ctx.addIssue({ code: "custom", message: "is not a post" });
    return id ?? "0";
  }),
});
