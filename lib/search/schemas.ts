import { z } from "zod";
import { pageSchema } from "@/lib/platform/pagination/pagination";

/** `GET /api/search`. Without `type` the best of each kind. */
export const searchSchema = pageSchema.extend({
  q: z.string().max(500, "must have at most 500 characters").default(""),
  type: z.enum(["users", "tags", "places"], "must be users, tags or places").optional(),
});
