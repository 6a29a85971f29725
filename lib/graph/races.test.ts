import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { registry } from "@/lib/jobs";
import type { AppError } from "@/lib/platform/errors";
import { makeCircle, makeFollow, makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";
import { acceptRequest, addToCircle, block, follow, unblock, unfollow } from "./service";

const TURNS = 1_000;
const AT_ONCE = 8;

/** Not there (any more) is an answer; anything else is a fault. */
const allowed = (work: Promise<unknown>) => work.then(() => null, (error: AppError) => (error.status === 404 ? null : Promise.reject(error)));

/** What must hold at any moment, of everybody in the database. */
async function breaches() {
  const rows = await db().execute<{ said: string }>(sql`
    select 'counters of ' || u.id as said from users u
      where u.follower_count <> (select count(*) from follows where followee_id = u.id and state = 'active') or u.following_count <> (select count(*) from follows where follower_id = u.id and state = 'active')
    union all
    select f.follower_id || ' follows ' || f.followee_id || ' across a block' from follows f
      join blocks b on (b.blocker_id, b.blocked_id) in ((f.follower_id, f.followee_id), (f.followee_id, f.follower_id))
    union all
    select m.user_id || ' in a circle across a block' from circle_members m join circles c on c.id = m.circle_id
      join blocks b on (b.blocker_id, b.blocked_id) in ((m.user_id, c.owner_id), (c.owner_id, m.user_id))
    union all
    select 'members of ' || c.id from circles c where c.member_count <> (select count(*) from circle_members m where m.circle_id = c.id)`);
  return rows.map((row) => row.said);
}

/** Runs the turns, some pairs of people side by side, each pair one turn after another. */
async function race(turn: (pair: number, i: number) => Promise<void>) {
  await Promise.all(Array.from({ length: AT_ONCE }, async (_, pair) => {
    for (let i = 0; i < TURNS / AT_ONCE; i++) await turn(pair, i);
  }));
}

const pairsOf = async (isPrivate = false) => Promise.all(Array.from({ length: AT_ONCE }, async () => ({ a: await makeUser({ isPrivate }), b: await makeUser() })));

beforeAll(() => {
  process.env.LIMIT_FOLLOWS_PER_DAY = "1000000";
});

describe("a thousand times at the same moment", () => {
  it("following and blocking leave no follow across a block, and no counter wrong", { timeout: 120_000 }, async () => {
    const pairs = await pairsOf();
    const ends = { blocked: 0 };
    await race(async (pair, i) => {
      const { a, b } = pairs[pair]!;
      const [first, second] = i % 2 === 0 ? [() => follow(b, a.id), () => block(a, b.id)] : [() => block(a, b.id), () => follow(b, a.id)];
      await Promise.all([allowed(first()), allowed(second())]);
      const [row] = await db().execute<{ blocks: number; follows: number }>(sql`
        select (select count(*)::int from blocks where blocker_id = ${a.id}::bigint and blocked_id = ${b.id}::bigint) as blocks,
          (select count(*)::int from follows where follower_id = ${b.id}::bigint and followee_id = ${a.id}::bigint) as follows`);
      expect(row).toEqual({ blocks: 1, follows: 0 });
      ends.blocked++;
      await unblock(a, b.id);
    });
    expect(ends.blocked).toBe(TURNS);
    expect(await breaches()).toEqual([]);
  });

  it("accepting and withdrawing a request end in one of the two, never between", { timeout: 120_000 }, async () => {
    const pairs = await pairsOf(true);
    // Whether it was accepted before it was withdrawn is seen from what was announced.
    await installJobs(registry.filter(({ name }) => name === "notifications.accepted"));
    const ends = { nothing: 0 };
    await race(async (pair, i) => {
      const { a, b } = pairs[pair]!;
      await follow(b, a.id);
      const [first, second] = i % 2 === 0 ? [() => acceptRequest(a, b.id), () => unfollow(b, a.id)] : [() => unfollow(b, a.id), () => acceptRequest(a, b.id)];
      await Promise.all([allowed(first()), allowed(second())]);
      const rows = await db().execute<{ state: string }>(sql`select state from follows where follower_id = ${b.id}::bigint and followee_id = ${a.id}::bigint`);
      // Withdrawn before or after it was accepted: either way b wanted out, and is.
      expect(rows.map((row) => row.state)).toEqual([]);
      ends.nothing++;
    });
    expect(ends.nothing).toBe(TURNS);
    const accepted = (await db().execute(sql`select 1 from pgboss.job where name = 'notifications.accepted'`)).length;
    // Each wins now and then, or there was no race.
    expect(Math.min(accepted, TURNS - accepted)).toBeGreaterThan(10);
    expect(await breaches()).toEqual([]);
  });

  it("letting somebody into a circle and blocking leave nobody in it across a block", { timeout: 120_000 }, async () => {
    const pairs = await Promise.all((await pairsOf()).map(async (pair) => ({ ...pair, circle: await makeCircle(pair.a) })));
    for (const { a, b } of pairs) await makeFollow(b, a);
    await race(async (pair, i) => {
      const { a, b, circle } = pairs[pair]!;
      const [first, second] = i % 2 === 0 ? [() => addToCircle(a, circle, b.id), () => block(b, a.id)] : [() => block(b, a.id), () => addToCircle(a, circle, b.id)];
      await Promise.all([allowed(first()), allowed(second())]);
      expect(await db().execute(sql`select 1 from circle_members where circle_id = ${circle}::bigint`)).toHaveLength(0);
      await unblock(b, a.id);
    });
    expect(await breaches()).toEqual([]);
  });
});
