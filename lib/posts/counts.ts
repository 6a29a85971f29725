import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { atTheEnd } from "@/lib/platform/process/endings";
import { announcement } from "@/lib/platform/jobs/queue";
import { wakeWorkers } from "@/lib/platform/jobs/wake";
import { log } from "@/lib/platform/log";
import { isOutage } from "@/lib/platform/http/error-response";

/** Counters of a post that many change at once. */
export type Counter = "likes" | "comments" | "saves" | "shares" | "reposts" | "views";

/** The number shown lags by this much, and by the time that folding takes. */
const LAG_MS = 700;
const AGAIN_MS = 2_000;
/** Rows folded by one transaction. */
const AT_ONCE = 10_000;
/** People named in one job (64 kB at most; an id takes 21 bytes). */
const NAMED_AT_ONCE = 500;
/** Any number of our own. */
const LOCK = 7_242_002;

// One timer for the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographFolding?: { timer: NodeJS.Timeout | null; last: Promise<unknown> } };
const state = (holder.heliographFolding ??= { timer: null, last: Promise.resolve() });

const COLUMN = { likes: sql.raw("like_count"), comments: sql.raw("comment_count"), saves: sql.raw("save_count"), shares: sql.raw("share_count"), reposts: sql.raw("repost_count"), views: sql.raw("view_count") } as const;

/** Rows looked at for a number that is shown at once; where more are pending than that, it lags like any other. */
const LOOKED_AT = 500;

/** What has changed and is not folded yet, to be added to the counter for whoever has just changed it. */
export const pendingOf = (counter: Counter, postId: string): SQL => sql`(select coalesce(sum(d.n), 0)::int from (
  select ${sql.raw(counter)} as n from count_deltas where post_id = ${postId}::bigint limit ${sql.raw(String(LOOKED_AT))}) d)`;

/**
 * SQL: three parts of a `with` that move a counter of one post by `by` when `changed` holds: at once (`counted`, a row), or, when the post's row
 * is in other hands, by a row of `count_deltas` (`deferred`): nobody waits in line for a post that everybody likes. `likerIds`: see the table.
 * Whoever runs it calls `foldSoon` when `deferred` has a row.
 */
export function counting(counter: Counter, postId: string, by: SQL, changed: SQL, likerIds: SQL = sql`'{}'::bigint[]`): SQL {
  // The insert into likes or saves holds a key share lock on the post's row, which this weaker lock does not exclude.
  return sql`
    free as (select p.id from posts p where p.id = ${postId}::bigint and ${changed} for no key update skip locked),
    counted as (update posts set ${COLUMN[counter]} = ${COLUMN[counter]} + ${by} where id = ${postId}::bigint and exists (select 1 from free) returning ${COLUMN[counter]} as count),
    deferred as (insert into count_deltas (post_id, ${sql.raw(counter)}, liker_ids) select ${postId}::bigint, ${by}, ${likerIds} where ${changed} and not exists (select 1 from counted) returning 1)`;
}

/** Moves a counter in a transaction; what finds the post's row in other hands is folded a second later. */
export async function moveCounter(tx: Transaction, postId: string, counter: Counter, by: number): Promise<void> {
  const [row] = await tx.execute<{ deferred: boolean }>(sql`
    with ${counting(counter, postId, sql`${by}::int`, sql`true`)} select exists (select 1 from deferred) as deferred`);
  if (row!.deferred) foldSoon();
}

/** Has what was deferred folded within a second. Costs nothing while it is awaited already. */
export function foldSoon(ms = LAG_MS): void {
  state.timer ??= setTimeout(() => void tick(), ms).unref();
}

async function tick(): Promise<void> {
  state.timer = null;
  try {
    // Another process is at it; it may have begun before our rows were there.
    if (!(await foldCounts())) foldSoon();
  } catch (error) {
    log()[isOutage(error) ? "debug" : "warn"]({ err: error }, "counters were not folded; trying again");
    foldSoon(AGAIN_MS);
  }
}

atTheEnd(async () => {
  if (!state.timer) return;
  clearTimeout(state.timer);
  state.timer = null;
  await foldCounts();
});

const fold = sql`
  with gone as (
    delete from count_deltas where id in (select id from count_deltas order by id limit ${AT_ONCE})
    returning post_id, likes, comments, saves, shares, reposts, views, liker_ids),
  sums as (select post_id, sum(likes)::int as likes, sum(comments)::int as comments, sum(saves)::int as saves, sum(shares)::int as shares, sum(reposts)::int as reposts, sum(views)::int as views from gone group by post_id),
  counted as (
    update posts p set like_count = p.like_count + s.likes, comment_count = p.comment_count + s.comments, save_count = p.save_count + s.saves,
      share_count = p.share_count + s.shares, repost_count = p.repost_count + s.reposts, view_count = p.view_count + s.views
    from sums s where p.id = s.post_id returning 1),
  movers as (
    select post_id, user_id, row_number() over (partition by post_id order by user_id) as place
    from (select distinct post_id, unnest(liker_ids) as user_id from gone) m),
  told as (${announcement("post.likes_changed", sql`
    select json_build_object('postId', post_id::text, 'userIds', json_agg(user_id::text)) as data from movers group by post_id, (place - 1) / ${NAMED_AT_ONCE}`)})
  select (select count(*)::int from gone) as folded, exists (select 1 from told) as told`;

/**
 * Adds to the counters what was deferred, and tells who hears of likes. One process at a time does; false when another one is at it. Each row is
 * taken away by the transaction that adds it, so it counts once whatever fails.
 */
export function foldCounts(): Promise<boolean> {
  const folding = state.last.then(foldNow, foldNow);
  state.last = folding.catch(() => {});
  return folding;
}

async function foldNow(): Promise<boolean> {
  for (;;) {
    const done = await db().transaction(async (tx) => {
      // Ever so few posts among millions: one index look-up for each, whatever the planner thinks of a list it cannot see.
      const [lock] = await tx.execute<{ mine: boolean }>(sql`
        select pg_try_advisory_xact_lock(${LOCK}) as mine, set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`);
      if (!lock!.mine) return null;
      const [row] = await tx.execute<{ folded: number; told: boolean }>(fold);
      return row!;
    });
    if (!done) return false;
    if (done.told) wakeWorkers();
    if (done.folded < AT_ONCE) return true;
  }
}
