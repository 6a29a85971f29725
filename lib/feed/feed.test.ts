import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, db, readClient } from "@/db/client";
import { addToCircle, deleteCircle, removeFromCircle } from "@/lib/graph/service";
import { closeRedis, redis } from "@/lib/platform/redis/redis";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeBlock, makeCircle, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { pages, truth, unfollow, withoutRedis } from "@/lib/testing/feed-pages";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { fanOut, takeBack } from "./fan-out";
import { fill } from "./fill";
import { jobs } from "./jobs";
import { countNewer, getHomeFeed, listFeedIds } from "./queries";
import { TOP } from "./skeleton";
import { dropFeeds, readFeed } from "./store";

process.env.FEED_PULL_THRESHOLD = "10";

describe.skipIf(!process.env.REDIS_URL)("the home feed", () => {
  beforeAll(() => installJobs(jobs));
  beforeEach(() => redis()!.flushdb());
  afterAll(async () => {
    closeRedis();
    await closeDatabase();
  });

  it("is the same with Redis, after a flush, and from Postgres alone, whatever happened", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => makeUser()));
    for (const person of people) circles.set(person.id, await makeCircle(person));
    const start = Date.now() - 400 * 86_400_000;
    const pair = fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 })).filter(([a, b]) => a !== b);
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant("post" as const), who: fc.nat({ max: 5 }), at: fc.integer({ min: 0, max: 399 }), late: fc.boolean(), inCircle: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("join" as const, "join" as const, "leave" as const), pair }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("follow" as const, "unfollow" as const, "mute" as const, "unmute" as const, "block" as const), pair }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("delete" as const, "archive" as const), nth: fc.nat({ max: 50 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("read" as const), who: fc.nat({ max: 5 }), limit: fc.integer({ min: 1, max: 9 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("flush" as const) }) },
      // Over the threshold and back again.
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("crowd" as const), who: fc.nat({ max: 5 }), at: fc.constantFrom(0, 7, 9, 10, 400) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        await db().execute(sql`truncate posts, follows, mutes, blocks, feed_authors, circle_members cascade`);
        await db().execute(sql`update users set following_count = 0, follower_count = 0`);
        await redis()!.flushdb();
        const posted: { id: string; author: Viewer }[] = [];
        for (const s of steps) await take(s, people, posted, start);
        for (const person of people) {
          const expected = await truth(person);
          expect(await pages(person, 5)).toEqual(expected);
          await fill(person.id, null);
          expect(await pages(person, 3)).toEqual(expected);
          await redis()!.flushdb();
          expect(await pages(person, 7)).toEqual(expected);
          expect(await withoutRedis(() => pages(person, 4))).toEqual(expected);
          expect(await listFeedIds(person.id, TOP, 100)).toEqual(expected.slice(0, 100));
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it.each([{ others: 0, noise: 0 }, { others: 1_020, noise: 0 }, { others: 1_020, noise: 4_100 }])("is whole from Postgres where two of the followed make posts together, for somebody who follows $others others, among $noise posts of a stranger", async ({ others, noise }) => {
    const [reader, ada, ben, muted, stranger] = await Promise.all(Array.from({ length: 5 }, () => makeUser())) as [Viewer, Viewer, Viewer, Viewer, Viewer];
    for (const author of [ada, ben, muted]) await makeFollow(reader, author);
    const tag = `x${noise}`;
    await db().execute(sql`insert into mutes (muter_id, muted_id) values (${reader.id}::bigint, ${muted.id}::bigint)`);
    await db().execute(sql`
      with crowd as (insert into users (username, username_key, username_skeleton, email, email_key, password_hash)
        select 'crowd' || n || ${tag}, 'crowd' || n || ${tag}, 'crowd' || n || ${tag}, n || ${tag} || '@crowd.invalid', n || ${tag} || '@crowd.invalid', '!' from generate_series(1, ${others}::int) n returning id)
      insert into follows (follower_id, followee_id, state) select ${reader.id}::bigint, id, 'active' from crowd`);
    // Between the first page and the others: more than are gone through.
    await db().execute(sql`
      insert into posts (id, author_id, status, content_type, caption, media_count, published_at)
      select id_at(now() - interval '12 hours' - n * interval '0.1 seconds', n), ${stranger.id}::bigint, 'published', 'photo', '', 1, now() from generate_series(1, ${noise}::int) n`);
    const expected: string[] = [];
    for (let n = 0; n < 60; n++) {
      // The later half within some hours, the others over most of a year.
      const at = new Date(Date.now() - (n < 30 ? n * 3_600_000 : (n - 28) * 9 * 86_400_000));
      const author = [ada, ada, muted, stranger][n % 4]!;
      const post = await makePost(author, { at });
      const isJoint = n % 4 === 1 || n % 8 === 3;
      if (isJoint) await db().execute(sql`insert into collaborators (post_id, user_id, state) values (${post}::bigint, ${ben.id}::bigint, 'accepted')`);
      if (author === ada || (author === stranger && isJoint)) expected.push(post);
    }
    for (const limit of [4, 20]) expect(await withoutRedis(() => pages(reader, limit))).toEqual(expected);
  });

  /** Of each person one. */
  const circles = new Map<string, string>();
  type Step = { kind: string; who?: number; at?: number; late?: boolean; inCircle?: boolean; pair?: [number, number]; nth?: number; limit?: number };
  async function take(s: Step, people: Viewer[], posted: { id: string; author: Viewer }[], start: number) {
    const [a, b] = (s.pair ?? [0, 0]).map((i) => people[i]!) as [Viewer, Viewer];
    if (s.kind === "post") {
      const author = people[s.who!]!;
      const id = await makePost(author, { ...(s.late ? {} : { at: new Date(start + s.at! * 86_400_000) }), ...(s.inCircle ? { circles: [circles.get(author.id)!] } : {}) });
      posted.push({ id, author });
      await fanOut(id);
    }
    if (s.kind === "join") {
      await db().execute(sql`insert into circle_members (circle_id, user_id) values (${circles.get(a.id)!}::bigint, ${b.id}::bigint) on conflict do nothing`);
      await dropFeeds(redis()!, [b.id]);
    }
    if (s.kind === "leave") await db().execute(sql`delete from circle_members where circle_id = ${circles.get(a.id)!}::bigint and user_id = ${b.id}::bigint`);
    if (s.kind === "read") await readAndCompare(people[s.who!]!, s.limit!);
    if (s.kind === "flush") await redis()!.flushdb();
    if (s.kind === "crowd") await db().execute(sql`update users set follower_count = ${s.at!}::int where id = ${people[s.who!]!.id}::bigint`);
    if (s.kind === "follow") await db().execute(sql`
      with f as (insert into follows (follower_id, followee_id, state) select ${a.id}::bigint, ${b.id}::bigint, 'active'
        where not exists (select 1 from blocks where (blocker_id, blocked_id) in ((${a.id}::bigint, ${b.id}::bigint), (${b.id}::bigint, ${a.id}::bigint))) on conflict do nothing returning 1)
      update users set following_count = following_count + (select count(*) from f) where id = ${a.id}::bigint`);
    if (s.kind === "unfollow") await unfollow(a, b);
    if (s.kind === "mute") await db().execute(sql`insert into mutes (muter_id, muted_id) values (${a.id}::bigint, ${b.id}::bigint) on conflict do nothing`);
    if (s.kind === "unmute") await db().execute(sql`delete from mutes where muter_id = ${a.id}::bigint and muted_id = ${b.id}::bigint`);
    if (s.kind === "block") {
      await db().execute(sql`insert into blocks (blocker_id, blocked_id) values (${a.id}::bigint, ${b.id}::bigint) on conflict do nothing`);
      await unfollow(a, b);
      await unfollow(b, a);
    }
    const post = posted[s.nth ?? -1];
    if (post && s.kind === "archive") await db().execute(sql`update posts set archived_at = now() where id = ${post.id}::bigint`);
    if (post && s.kind === "delete") {
      await db().execute(sql`update posts set deleted_at = now() where id = ${post.id}::bigint`);
      await takeBack(post.id, post.author.id);
    }
  }
  async function readAndCompare(reader: Viewer, limit: number) {
    expect(await pages(reader, limit)).toEqual(await truth(reader));
  }

  it("has a circle's posts for who is in it and follows, from when they join until they leave", async () => {
    const [author, friend, follower, other] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    for (const one of [friend, follower]) await makeFollow(one, author);
    const circle = await makeCircle(author, [friend, other]);
    for (const one of [author, friend, follower, other]) expect(await fill(one.id, null)).toBe(true);
    const inner = await makePost(author, { circles: [circle] });
    await fanOut(inner);
    const stored = async (one: Viewer) => {
      const feed = await readFeed(redis()!, one.id, null, 10);
      return typeof feed === "object" && feed.ids.includes(inner);
    };
    // Nobody else's feed as much as names it.
    expect([await stored(author), await stored(friend), await stored(follower), await stored(other)]).toEqual([true, true, false, false]);
    expect([await pages(author, 5), await pages(friend, 5), await pages(follower, 5), await pages(other, 5)]).toEqual([[inner], [inner], [], []]);
    expect(await countNewer(follower, "1")).toBe(0);
    expect(await countNewer(friend, "1")).toBe(1);

    await addToCircle(author, circle, follower.id);
    await drainJobs(jobs);
    expect(await pages(follower, 5)).toEqual([inner]);
    await removeFromCircle(author, circle, friend.id);
    expect(await pages(friend, 5)).toEqual([]);
    expect(await countNewer(friend, "1")).toBe(0);
    await deleteCircle(author, circle);
    expect([await pages(follower, 5), await pages(author, 5)]).toEqual([[], [inner]]);
  });

  it("shows an own post at once, whatever its state, and to nobody else", async () => {
    const [author, follower] = [await makeUser(), await makeUser()];
    await makeFollow(follower, author);
    const old = await makePost(author, { at: new Date(Date.now() - 86_400_000) });
    for (const person of [author, follower]) await fill(person.id, null);
    const processing = await makePost(author, { status: "processing" });
    expect(await pages(author, 20)).toEqual([processing, old]);
    expect(await pages(follower, 20)).toEqual([old]);
    await redis()!.flushdb();
    expect(await pages(author, 20)).toEqual([processing, old]);
    expect(await countNewer(author, old)).toBe(0);
  });

  it("shows whom one follows from the moment one does", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    await fill(reader.id, null);
    expect(await pages(reader, 20)).toEqual([]);
    await makeFollow(reader, author);
    expect(await pages(reader, 20)).toEqual([post]);
    await unfollow(reader, author);
    expect(await pages(reader, 20)).toEqual([]);
  });

  it("lets nobody see what was pushed before a block, a mute, or going private without a follow", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const post = await makePost(author);
    await fill(reader.id, null);
    expect(await pages(reader, 20)).toEqual([post]);
    await makeBlock(author, reader);
    expect(await pages(reader, 20)).toEqual([]);
  });

  it("counts newer posts of others", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const first = await makePost(author);
    await fill(reader.id, null);
    expect(await countNewer(reader, first)).toBe(0);
    for (let i = 0; i < 3; i++) await fanOut(await makePost(author));
    await makePost(reader);
    expect(await countNewer(reader, first)).toBe(3);
    await redis()!.flushdb();
    expect(await countNewer(reader, first)).toBe(3);
  });

  it("takes the same few statements however many posts and people", async () => {
    const reader = await makeUser();
    const authors = await Promise.all(Array.from({ length: 30 }, () => makeUser()));
    const count = async () => {
      await pages(reader, 20);
      const before = statements;
      await getHomeFeed(reader, { limit: 20, cursor: null });
      return statements - before;
    };
    let statements = 0;
    const client = readClient();
    const unsafe = client.unsafe.bind(client);
    client.unsafe = ((...args: Parameters<typeof unsafe>) => {
      statements += 1;
      return unsafe(...args);
    }) as typeof unsafe;
    await makeFollow(reader, authors[0]!);
    await makePost(authors[0]!);
    await fill(reader.id, null);
    const few = await count();
    for (const author of authors.slice(1)) await makeFollow(reader, author);
    for (const author of authors) await makePost(author, { photos: 2 });
    await redis()!.flushdb();
    await fill(reader.id, null);
    const many = await count();
    client.unsafe = unsafe;
    expect(few).toBeGreaterThan(0);
    expect(many).toBeLessThanOrEqual(few);
    expect(many).toBeLessThanOrEqual(4);
  });
});
