import { z } from "zod";
import { isId } from "@/lib/platform/ids";

/** Posts that one stream may be about. */
export const MAX_TOPICS = 100;

/** `?topics=post:ID,…`; `last_event_id` for clients that cannot send the header; `once` for those to whom nothing is passed on before the answer ends: they ask again and again. */
export const streamSchema = z.object({
  topics: z.string().max(3_000).default("").transform((text, ctx) => {
    const topics = [...new Set(text.split(",").filter((topic) => topic !== ""))];
    const ids = topics.map((topic) => (topic.startsWith("post:") ? topic.slice(5) : ""));
    if (!ids.every(isId)) ctx.addIssue({ code: "custom", message: "must be topics such as post:123, separated by commas" });
    if (ids.length > MAX_TOPICS) ctx.addIssue({ code: "custom", message: `must be ${MAX_TOPICS} topics at most` });
    return ids;
  }).describe("Posts to hear of, such as post:123,post:456"),
  last_event_id: z.string().max(100).optional().describe("For clients that cannot send the header"),
  once: z.enum(["true", "false"]).default("false").transform((value) => value === "true").describe("The answer ends when all that was missed is told"),
});
