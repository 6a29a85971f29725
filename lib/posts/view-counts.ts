import "server-only";
import { prepared } from "@/db/prepared";
import { sql } from "drizzle-orm";
import { isOutage } from "@/lib/platform/http/error-response";
import { log } from "@/lib/platform/log";
import { atTheEnd } from "@/lib/platform/process/endings";
import { redis } from "@/lib/platform/redis/redis";
import { foldCounts, foldSoon } from "./counts";

const FLUSH_MS = 1_000;
/** Posts, and visitors of one post, remembered until the next flush; what comes beyond is not counted. */
const MOST = 20_000;
/** A visitor counts once a day. */
const DAY_SECONDS = 86_400;

type Collected = { views: Map<string, number>; visitors: Map<string, Set<string>>; timer: NodeJS.Timeout | null };
// Of the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographViews?: Collected };
const collected = (holder.heliographViews ??= { views: new Map(), visitors: new Map(), timer: null });

/** Counts one view of each of these posts, within about two seconds. Whether it is the first of this person the caller knows. */
export function countViews(postIds: readonly string[]): void {
  for (const id of postIds) if (collected.views.has(id) || collected.views.size < MOST) collected.views.set(id, (collected.views.get(id) ?? 0) + 1);
  if (postIds.length > 0) flushSoon();
}

/** Counts a visit by somebody known only by `visitor` (a hash), once a day. Needs Redis; without it such visits are not counted. */
export function countVisitor(postId: string, visitor: string): void {
  let visitors = collected.visitors.get(postId);
  if (!visitors) {
    if (collected.visitors.size >= MOST) return;
    collected.visitors.set(postId, (visitors = new Set<string>()));
  }
  if (visitors.size < MOST) visitors.add(visitor);
  flushSoon();
}

function flushSoon(): void {
  collected.timer ??= setTimeout(() => {
    collected.timer = null;
    void flushViews();
  }, FLUSH_MS).unref();
}

const defer = prepared<{ id: string }, "posts" | "views">("views deferred", (arg) => sql`
  insert into count_deltas (post_id, views) select * from unnest(${arg("posts")}::text::bigint[], ${arg("views")}::text::int[]) as v(post, views)`);

/** Hands what was collected to the database; kept for the next time when that is away. */
export async function flushViews(): Promise<void> {
  await addNewVisitors();
  const { views } = collected;
  if (views.size === 0) return;
  collected.views = new Map();
  try {
    await defer({ posts: `{${[...views.keys()].join(",")}}`, views: `{${[...views.values()].join(",")}}` });
    foldSoon(0);
  } catch (error) {
    log()[isOutage(error) ? "debug" : "warn"]({ err: error }, "views were not counted yet");
    for (const [id, n] of views) if (collected.views.size < MOST) collected.views.set(id, (collected.views.get(id) ?? 0) + n);
    flushSoon();
  }
}

/** Adds visitors to the day's count of distinct ones (HyperLogLog, 12 kB at most) and says by how many it grew. One key, so one slot. */
const ADD_VISITORS = `
local before = redis.call('PFCOUNT', KEYS[1])
for i = 2, #ARGV, 1000 do redis.call('PFADD', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV))) end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return redis.call('PFCOUNT', KEYS[1]) - before`;

async function addNewVisitors(): Promise<void> {
  const { visitors } = collected;
  if (visitors.size === 0) return;
  collected.visitors = new Map();
  const client = redis();
  if (!client) return;
  const day = new Date().toISOString().slice(0, 10);
  for (const [post, some] of visitors) {
    // A visit that Redis was not there for is not counted: it is a courtesy, not a ledger.
    const grew = await client.eval<string[], number>(ADD_VISITORS, [`visitors:${day}:${post}`], [String(DAY_SECONDS), ...some]).catch(() => 0);
    if (grew > 0) collected.views.set(post, (collected.views.get(post) ?? 0) + grew);
  }
}

atTheEnd(async () => {
  if (!collected.timer) return;
  clearTimeout(collected.timer);
  collected.timer = null;
  await flushViews();
  await foldCounts();
});
