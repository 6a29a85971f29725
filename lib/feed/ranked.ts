import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { env } from "@/lib/platform/env";
import type { Slice } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { hydratePosts } from "@/lib/posts/hydrate";
import { postsListed } from "@/lib/posts/listed-sql";
import { type Attachment, readAttachment } from "./affinity";
import { listCandidates } from "./candidates";
import { eligible, readFeatures } from "./features";
import { getPreferences } from "./preferences";
import { rank } from "./rankers/arrange";
import { RANKERS, type RankerName } from "./rankers/registry";
import type { Features, Reader, Scored } from "./rankers/types";
import { reasonOf, unpackFacts } from "./rankers/words";
import { keepRanking, type Ranking, recallRanking, toKept } from "./rankings";
import { type RankingCursor, readRankingCursor, toRankingCursor } from "./schemas";
import type { PreferencesView, RankedPost } from "./types";

type Asker = Pick<Viewer, "id">;
type Page = { limit: number; cursor: RankingCursor | null; ranker?: RankerName; /** Of people one does not follow only. */ suggestedOnly?: boolean };

/** How many places a ranking has. */
const PLACES = 400;
/** Read beyond what is wanted, so that a few posts that went do not cost a second round. */
const SPARE = 6;

/**
 * "For you": posts of the followed and, beside them, suggested ones, best first by the ranker. A visit without cursor ranks anew; its further
 * pages come from that ranking, and who may see what is asked again for each. Without Redis the same.
 */
export async function getRankedFeed(viewer: Asker, page: Page): Promise<Slice<RankedPost>> {
  const kept = page.cursor ? await recallRanking(viewer.id, page.cursor.ranking) : null;
  if (kept) return cut(viewer, kept, page);
  const { ranker, ranked } = await makeRanking(viewer, page);
  // The page is put together while its ranking is being kept for the next one. A ranking that is no longer kept goes on at its place in a new
  // one: a few may repeat or be missed, after hours.
  const [ranking, slice] = await Promise.all([keepRanking(viewer.id, ranker, ranked), cut(viewer, { id: "0", ...toKept(ranked) }, page)]);
  return { ...slice, nextCursor: slice.nextCursor === null ? null : toRankingCursor({ ranking: ranking.id, place: readRankingCursor(slice.nextCursor)!.place }) };
}

/** A page of a ranking: who may see what is asked now. Goes on where posts went, until it is full. */
async function cut(viewer: Asker, ranking: Omit<Ranking, "userId">, { limit, cursor }: Page): Promise<Slice<RankedPost>> {
  const found: number[] = [];
  let at = cursor?.place ?? 0;
  while (found.length <= limit && at < ranking.postIds.length) {
    const ids = ranking.postIds.slice(at, at + limit + SPARE);
    const shown = await pickEligible(viewer, ids);
    for (const [i, id] of ids.entries()) if (shown.has(id)) found.push(at + i);
    at += ids.length;
  }
  const next = found.length > limit ? toRankingCursor({ ranking: ranking.id, place: found[limit]! }) : null;
  return { items: await show(viewer, ranking, found.slice(0, limit)), nextCursor: next };
}

async function makeRanking(viewer: Asker, { ranker = env().FEED_RANKER, suggestedOnly = false }: Page): Promise<{ ranker: RankerName; ranked: Scored[] }> {
  const attaching = readAttachment(viewer.id);
  const [attachment, preferences, proposals] = await Promise.all([attaching, getPreferences(viewer), listCandidates(viewer.id, attaching, suggestedOnly)]);
  const features = await readFeatures(viewer.id, proposals, attachment);
  const posts = suggestedOnly ? features.filter(({ source }) => source !== "followed" && source !== "own") : features;
  return { ranker, ranked: rank(RANKERS[ranker], posts, readerOf(viewer.id, preferences, attachment, posts), PLACES) };
}

/** Imagined likes of the usual mixture, so that the first few decide little. */
const PRIOR_LIKES = 6;

export function readerOf(id: string, { discovery, best, video }: PreferencesView, { videoLikes, likes }: Pick<Attachment, "videoLikes" | "likes">, posts: readonly Features[], now = new Date()): Reader {
  const usual = Math.min(0.95, Math.max(0.05, posts.filter((post) => post.isVideo).length / Math.max(1, posts.length)));
  const share = (videoLikes + PRIOR_LIKES * usual) / (likes + PRIOR_LIKES);
  return { id, day: now.toISOString().slice(0, 10), discovery, best, video, lift: { video: share / usual, photo: (1 - share) / (1 - usual) } };
}

const readEligible = prepared<{ id: string }, "viewer" | "ids">("eligible for you", (arg) => sql`
  select p.id::text from ${postsListed(arg("ids"))} join users u on u.id = p.author_id where ${eligible(arg("viewer"))}`);

async function pickEligible(viewer: Asker, ids: readonly string[]): Promise<Set<string>> {
  return new Set((await readEligible({ viewer: viewer.id, ids: `{${ids.join(",")}}` })).map((row) => row.id));
}

async function show(viewer: Asker, ranking: Omit<Ranking, "userId">, places: readonly number[]): Promise<RankedPost[]> {
  const posts = new Map((await hydratePosts(viewer, places.map((place) => ranking.postIds[place]!))).map((post) => [post.id, post]));
  return places.flatMap((place) => {
    const post = posts.get(ranking.postIds[place]!);
    return post ? [{ post, score: ranking.scores[place]!, reason: reasonOf(unpackFacts(ranking.facts[place]!), post.user.username) }] : [];
  });
}
