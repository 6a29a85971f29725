import "server-only";
import type { Page, Slice } from "@/lib/platform/pagination/pagination";
import { withRedis } from "@/lib/platform/redis/redis";
import { type Reader, sourceFor } from "@/lib/platform/viewer/writes";
import type { Source } from "@/db/prepared";
import { hydratePassing, hydratePosts, prepareSkeletons } from "@/lib/posts/hydrate";
import type { PostView } from "@/lib/posts/types";
import { fillSoon } from "./fill";
import { countByOthers, hasNewerPulled, type Judged, pickBelonging, readFromPostgres, TOP, verify } from "./skeleton";
import { type FeedReading, readFeed, type StoredFeed } from "./store";


/** Read beyond what is wanted, so that a few posts that went do not cost a second round. */
const SPARE = 4;
/** More than this many newer posts are not counted. */
const NEWER_COUNTED = 21;

/**
 * The home feed: posts of the followed and own ones, newest first (DESIGN 6). Ids from Redis or, where Redis has none,
 * from Postgres: the same posts in the same order. An own post is there at once, whatever its state. `ids` are those of the page and
 * some that follow; up to `ahead` of them, counted from the cursor, when that is asked for.
 */
export async function getHomeFeed(viewer: Reader, page: Page & { offset?: number; ahead?: number }): Promise<Slice<PostView> & { ids: string[] }> {
  const offset = page.offset ?? 0;
  const source = sourceFor(viewer);
  const { ids, judged } = await listFeed(viewer.id, page.cursor ?? TOP, Math.max(offset + page.limit + 1, page.ahead ?? 0), source);
  const wanted = ids.slice(offset, offset + page.limit);
  // What a replica says of a post may be old; the primary has just judged the rest.
  const items = await (source === "primary" ? hydratePassing(viewer, wanted, judged) : hydratePosts(viewer, wanted));
  return { items, ids, nextCursor: ids.length > offset + page.limit ? (wanted.at(-1) ?? null) : null };
}

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
  const found: Judged = { ids: [], judged: [] };
  let from: string | null = cursor;
  for (let round = 0; from !== null && found.ids.length < count; round++) {
    // Where much is left out (a feed full of deleted posts), each round reads further.
    const part: Part = await readPart(viewerId, from, (count - found.ids.length + SPARE) * 2 ** Math.min(round, 4), source);
    found.ids.push(...part.ids);
    found.judged.push(...part.judged);
    from = part.next;
  }
  return { ids: found.ids.slice(0, count), judged: found.judged };
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
  const { ids, judged, last, end } = await readFromPostgres(viewerId, cursor, count, source);
  return { ids, judged, next: end ? null : last };
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
  const { ids, judged, bottom, version } = await verify(viewerId, stored.ids, above, cursor, count, source);
  if (version !== stored.version) return source === "replica" ? readStored(viewerId, stored, cursor, count, "primary") : null;
  const next = bottom === "0" ? null : bottom;
  if (source === "primary") return { ids, judged, next };
  const known = new Set(ids);
  const lacking = stored.ids.filter((id) => !known.has(id) && BigInt(id) >= BigInt(bottom));
  return { ids: lacking.length === 0 ? ids : newestFirst([...ids, ...(await pickBelonging(viewerId, lacking))]), judged, next };
}

const newestFirst = (ids: string[]) => ids.sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1));
