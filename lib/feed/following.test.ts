import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { callApi } from "@/lib/testing/api";
import { makePost, makeUser } from "@/lib/testing/factories";
import { useRankedFeed } from "@/lib/testing/ranked-pages";
import { setSnooze } from "./feedback";
import { forgetPool } from "./pool";
import { getRankedFeed } from "./ranked";

useRankedFeed();

describe("Following", () => {
  it("holds only people one follows and oneself, whatever the graph", async () => {
    const people = await Promise.all(Array.from({ length: 7 }, (_, i) => makeUser({ isPrivate: i % 3 === 0 })));
    for (const person of people) for (let i = 0; i < 2; i++) await makePost(person, { audience: i ? "followers" : "everyone" });
    const edge = fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.constantFrom("active", "requested", "block", "mute", "snooze"));
    await fc.assert(fc.asyncProperty(fc.array(edge, { maxLength: 25 }), async (edges) => {
      await db().execute(sql`delete from follows`);
      await db().execute(sql`delete from blocks`);
      await db().execute(sql`delete from mutes`);
      await db().execute(sql`delete from feed_feedback`);
      for (const [from, to, kind] of edges) {
        const [a, b] = [people[from]!, people[to]!];
        if (a === b) continue;
        if (kind === "block") await db().execute(sql`insert into blocks (blocker_id, blocked_id) values (${a.id}::bigint, ${b.id}::bigint) on conflict do nothing`);
        else if (kind === "mute") await db().execute(sql`insert into mutes (muter_id, muted_id) values (${a.id}::bigint, ${b.id}::bigint) on conflict do nothing`);
        else if (kind === "snooze") await setSnooze(a, b.id, true).catch(() => {});
        else await db().execute(sql`insert into follows (follower_id, followee_id, state) values (${a.id}::bigint, ${b.id}::bigint, ${kind}) on conflict do nothing`);
      }
      await db().execute(sql`update users u set following_count = (select count(*) from follows where follower_id = u.id and state = 'active')`);
      forgetPool();
      for (const reader of people.slice(0, 4)) {
        const allowed = new Set([reader.id, ...(await db().execute<{ id: string }>(sql`select followee_id::text as id from follows where follower_id = ${reader.id}::bigint and state = 'active'`)).map((row) => row.id)]);
        const answer = await callApi("GET", "/api/feed?limit=100", { as: reader });
        const posts = answer.body.posts as { id: string; user_id: string; created_at: string }[];
        // Nothing but posts, and none that anybody put there.
        expect(Object.keys(answer.body).toSorted()).toEqual(["pagination", "posts"]);
        expect(posts.filter((post) => !allowed.has(post.user_id))).toEqual([]);
        expect(posts.map((post) => BigInt(post.id))).toEqual(posts.map((post) => BigInt(post.id)).toSorted((a, b) => (a < b ? 1 : -1)));
        // In "For you" everybody else is public, and said to be no followed one.
        for (const { post, reason } of (await getRankedFeed(reader, { limit: 100, cursor: null })).items) expect(["own", "followed"].includes(reason.source)).toBe(allowed.has(post.user_id));
      }
    }), { numRuns: 25, interruptAfterTimeLimit: 15_000 });
  });
});
