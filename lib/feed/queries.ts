import "server-only";
import type { Page, Slice } from "@/lib/platform/pagination/pagination";
import { withRedis } from "@/lib/platform/redis/redis";
import { type Reader, sourceFor } from "@/lib/platform/viewer/writes";
import type { Source } from "@/db/prepared";
import { type RepostRow, withRepost } from "@/lib/interactions/repost-view";
import { hydratePassing, hydratePosts, prepareSkeletons } from "@/lib/posts/hydrate";
import type { PostView } from "@/lib/posts/types";
import { fillSoon } from "./fill";
import { listFeedReposts } from "./reposts";
import { countByOthers, hasNewerPulled, type Judged, pickBelonging, readFromPostgres, TOP, verify } from "./skeleton";
import { type FeedReading, readFeed, type StoredFeed } from "./store";

/** Read beyond what is wanted, so that a few posts that went do not cost a second round. */
const SPARE = 2;
/** More than this many newer posts are not counted. */
const NEWER_COUNTED = 21;

/**
 * The home feed: posts of the followed and own ones, and what the followed reposted, newest first. Ids from Redis or, where Redis has none,
 * from Postgres: the same posts in the same order. An own post is there at once, whatever its state. `ids` are those of the page and
 * some that follow, without reposts; up to `ahead` of them, counted from the cursor, when that is asked for.
 */
export async function getHomeFeed(viewer: Reader, page: Page & { offset?: number; ahead?: number }): Promise<Slice<PostView> & { ids: string[] }> {
  const offset = page.offset ?? 0;
  const [source, cursor, count] = [sourceFor(viewer), page.cursor ?? TOP, offset + page.limit + 1];
  const found = await listFeed(viewer.id, cursor, Math.max(count, page.ahead ?? 0), source);
  const { ids, judged } = found;
  // Reposts of the time that these posts span; most pages have none.
  const since = ids.length < count ? "0" : ids[count - 1]!;
  const likely = ids.slice(offset, offset + page.limit);
  const [hydrated, reposts] = await Promise.all([
    // What a replica says of a post may be old; the primary has just judged the rest.
    source === "primary" ? hydratePassing(viewer, likely, judged) : hydratePosts(viewer, likely),
    found.mayHaveReposts ? listFeedReposts(viewer.id, cursor, since, count) : [],
  ]);
  if (reposts.length === 0) return { items: hydrated, ids, nextCursor: ids.length > offset + page.limit ? (likely.at(-1) ?? null) : null };
  const entries = merge(ids.slice(0, count), reposts).slice(0, count);
  const wanted = entries.slice(offset, offset + page.limit);
  return { items: await show(viewer, wanted, hydrated), ids, nextCursor: entries.length > offset + page.limit ? (wanted.at(-1)?.place ?? null) : null };
}

/** `place`: the id of the post or of its repost, by which the feed is ordered. */
type Entry = { place: string; postId: string; repost?: RepostRow };

/** `known`: posts of these that are read already. */
async function show(viewer: Reader, entries: readonly Entry[], known: readonly PostView[]): Promise<PostView[]> {
  const posts = new Map(known.map((post) => [post.id, post]));
  for (const post of await hydratePosts(viewer, entries.flatMap(({ postId }) => (posts.has(postId) ? [] : [postId])))) posts.set(post.id, post);
  return entries.flatMap(({ postId, repost }) => {
    const post = posts.get(postId);
    return post ? [repost ? withRepost(post, repost) : post] : [];
  });
}

/** Both newest first. No post is in both: what the followers of its authors have anyway is not shown to them as a repost (reposts.ts). */
function merge(ids: readonly string[], reposts: readonly RepostRow[]): Entry[] {
  const entries: Entry[] = [...ids.map((id) => ({ place: id, postId: id })), ...reposts.map((repost) => ({ place: repost.id, postId: repost.post_id, repost }))];
  return entries.sort((a, b) => (isNewer(a.place, b.place) ? -1 : 1));
}

/** By which id a post has its place in the feed. */
export const placeOf = (post: Pick<PostView, "id" | "repost">): string => post.repost?.id ?? post.id;

/** How many posts by others are newer than `sinceId`, up to 21. Usually one look into Redis and one at those who are not pushed. */
export async function countNewer(viewer: Reader, sinceId: string): Promise<number> {
  const source = sourceFor(viewer);
  const newest = await withRedis<FeedReading | null>((redis) => readFeed(redis, viewer.id, null, 1), null);
  if (newest !== null && typeof newest === "object" && !isNewer(newest.ids[0] ?? "0", sinceId) && !(await hasNewerPulled(viewer.id, sinceId, source))) return 0;
  const ids = await listFeedIds(viewer.id, TOP, NEWER_COUNTED, source);
  return countByOthers(viewer.id, ids.filter((id) => isNewer(id, sinceId)));
}

const isNewer = (id: string, than: string) => BigInt(id) > BigInt(than);

/** The ids of up to `count` posts of the feed that are older than `cursor`. What a replica has not heard of yet may be missing, and what it should forget be there (hydrate.ts). */
export const listFeedIds = async (viewerId: string, cursor: string, count: number, source: Source = "primary"): Promise<string[]> => (await listFeed(viewerId, cursor, count, source)).ids;

async function listFeed(viewerId: string, cursor: string, count: number, source: Source): Promise<Judged> {
  const found: Judged = { ids: [], judged: [], mayHaveReposts: false };
  let from: string | null = cursor;
  for (let round = 0; from !== null && found.ids.length < count; round++) {
    // Where much is left out (a feed full of deleted posts), each round reads further.
    const part: Part = await readPart(viewerId, from, (count - found.ids.length + SPARE) * 2 ** Math.min(round, 4), source);
    found.ids.push(...part.ids);
    found.judged.push(...part.judged);
    found.mayHaveReposts ||= part.mayHaveReposts;
    from = part.next;
  }
  return { ...found, ids: found.ids.slice(0, count) };
}

/** Some posts of the feed, and the cursor from which to go on, null at its end. */
type Part = Judged & { next: string | null };

async function readPart(viewerId: string, cursor: string, count: number, source: Source): Promise<Part> {
  const stored = await withRedis<FeedReading | null>((redis) => readFeed(redis, viewerId, cursor === TOP ? null : cursor, count), null);
  if (stored === "missing") fillSoon(viewerId, null);
  if (stored !== null && typeof stored === "object" && covers(stored, cursor)) {
    const part = await readStored(viewerId, stored, cursor, count, source);
    if (part) return part;
    fillSoon(viewerId, stored.mark);
  }
  const { last, end, ...part } = await readFromPostgres(viewerId, cursor, count, source);
  return { ...part, next: end ? null : last };
}

/** Whether the stored feed has anything to say of posts older than the cursor. */
const covers = (stored: StoredFeed, cursor: string) => stored.floor === "0" || BigInt(cursor) > BigInt(stored.floor);

/**
 * The part that the stored feed gives, or null when the viewer follows others than it was made for. A replica that says so may only not have heard
 * of it yet, and one that does not know a post may get it in a moment: both are asked of the primary.
 */
async function readStored(viewerId: string, stored: StoredFeed, cursor: string, count: number, source: Source): Promise<Part | null> {
  const above = stored.ids.length === count ? stored.ids.at(-1)! : stored.floor;
  if (source === "primary") prepareSkeletons(stored.ids);
  const { bottom, version, ...part } = await verify(viewerId, stored.ids, above, cursor, count, { source, build: stored.build });
  if (version !== stored.version) return source === "replica" ? readStored(viewerId, stored, cursor, count, "primary") : null;
  const next = bottom === "0" ? null : bottom;
  if (source === "primary") return { ...part, next };
  const { ids } = part;
  const known = new Set(ids);
  const lacking = stored.ids.filter((id) => !known.has(id) && BigInt(id) >= BigInt(bottom));
  return { ...part, ids: lacking.length === 0 ? ids : newestFirst([...ids, ...(await pickBelonging(viewerId, lacking))]), next };
}

const newestFirst = (ids: string[]) => ids.sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1));
