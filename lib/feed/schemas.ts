import { z } from "zod";
import { idSchema, isId } from "@/lib/platform/ids";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import { RANKER_NAMES } from "./rankers/registry";

/** `?since=`: the newest post the reader has before his eyes. */
export const newerSchema = z.object({ since: idSchema });

/** A ranking and a place in it; inside `r<id>-<place>`. */
export type RankingCursor = { ranking: string; place: number };

export const toRankingCursor = ({ ranking, place }: RankingCursor) => `r${ranking}-${place}`;

/** Null when it is none. */
export function readRankingCursor(text: string): RankingCursor | null {
  const parts = /^r(\d{1,19})-(\d{1,5})$/.exec(text);
  return parts && isId(parts[1]!) ? { ranking: parts[1]!, place: Number(parts[2]) } : null;
}

/** `?limit=&cursor=&ranker=` of the ranked feed. Without `ranker` the server's setting decides. */
export const rankedPageSchema = pageSchema.extend({
  cursor: z.string().max(100).optional().transform((value, context) => {
    if (!value) return null;
    const text = Buffer.from(value, "base64url").toString();
    const cursor = text.startsWith("k") ? readRankingCursor(text.slice(1)) : null;
    if (cursor === null) context.addIssue({ code: "custom", message: "is not a cursor of this list" });
    return cursor;
  }),
  ranker: z.enum(RANKER_NAMES, `must be one of ${RANKER_NAMES.join(", ")}`).optional(),
});

const slider = z.number("must be 0 to 1").min(0, "must be 0 to 1").max(1, "must be 0 to 1");

/** Body of PATCH /api/feed/preferences: what is left out stays. */
export const preferencesPatchSchema = z.object({
  order: z.enum(["following", "for_you"], "must be following or for_you").optional(),
  discovery: slider.optional(),
  best: slider.optional(),
  video: slider.optional(),
});
export type PreferencesPatch = z.infer<typeof preferencesPatchSchema>;

/** Most posts in one report of what was seen. */
export const SEEN_MAX = 100;

export const seenSchema = z.object({ post_ids: z.array(idSchema).min(1).max(SEEN_MAX, `At most ${SEEN_MAX} posts.`) });
