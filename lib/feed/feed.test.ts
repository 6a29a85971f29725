import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, db, readClient } from "@/db/client";
import { closeRedis, redis } from "@/lib/platform/redis/redis";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";
import { checkFeeds } from "./check";
import { fanOut, takeBack } from "./fan-out";
import { fill } from "./fill";
import { jobs } from "./jobs";
import { countNewer, getHomeFeed, listFeedIds } from "./queries";
import { readForStore, TOP } from "./skeleton";
import { FEED_LENGTH, fillFeed, pushToFeeds, readFeed, removeFromFeeds } from "./store";

const url = process.env.REDIS_URL;
process.env.FEED_PULL_THRESHOLD = "10";
const holder = globalThis as { heliographRedis?: unknown };
/** As on a machine that has none. */
async function withoutRedis<T>(work: () => Promise<T>): Promise<T> {
  const kept = holder.heliographRedis;
  holder.heliographRedis = null;
  return work().finally(() => (holder.heliographRedis = kept));
}
async function pages(viewer: Viewer, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null, turn = 0; turn < 500; turn++) {
    const slice = await getHomeFeed(viewer, { limit, cursor });
    ids.push(...slice.items.map((post) => post.id));
    cursor = slice.nextCursor;
    if (cursor === null) return ids;
  }
  throw new Error("the feed has no end");
}

/** What the feed must be, by the simplest query there is. */
async function truth(viewer: Viewer): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select p.id from posts p where p.deleted_at is null and p.archived_at is null and (p.author_id = ${viewer.id}::bigint
      or (p.status = 'published' and p.audience <> 'circles' and p.author_id in (select followee_id from follows where follower_id = ${viewer.id}::bigint and state = 'active')
        and p.author_id not in (select muted_id from mutes where muter_id = ${viewer.id}::bigint)
        and p.author_id not in (select blocked_id from blocks where blocker_id = ${viewer.id}::bigint union select blocker_id from blocks where blocked_id = ${viewer.id}::bigint)))
    order by p.id desc`);
  return rows.map((row) => row.id);
}

describe.skipIf(!url)("the home feed", () => {
  beforeAll(() => installJobs(jobs));
  beforeEach(() => redis()!.flushdb());
  afterAll(async () => {
    closeRedis();
    await closeDatabase();
  });

  it("is the same with Redis, after a flush, and from Postgres alone, whatever happened", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => makeUser()));
    const start = Date.now() - 400 * 86_400_000;
    const pair = fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 })).filter(([a, b]) => a !== b);
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant("post" as const), who: fc.nat({ max: 5 }), at: fc.integer({ min: 0, max: 399 }), late: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("follow" as const, "unfollow" as const, "mute" as const, "unmute" as const, "block" as const), pair }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("delete" as const, "archive" as const), nth: fc.nat({ max: 50 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("read" as const), who: fc.nat({ max: 5 }), limit: fc.integer({ min: 1, max: 9 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("flush" as const) }) },
      // Over the threshold and back again.
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("crowd" as const), who: fc.nat({ max: 5 }), at: fc.constantFrom(0, 7, 9, 10, 400) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        await db().execute(sql`truncate posts, follows, mutes, blocks, feed_authors cascade`);
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

  type Step = { kind: string; who?: number; at?: number; late?: boolean; pair?: [number, number]; nth?: number; limit?: number };
  async function take(s: Step, people: Viewer[], posted: { id: string; author: Viewer }[], start: number) {
    const [a, b] = (s.pair ?? [0, 0]).map((i) => people[i]!) as [Viewer, Viewer];
    if (s.kind === "post") {
      const author = people[s.who!]!;
      const id = await makePost(author, s.late ? {} : { at: new Date(start + s.at! * 86_400_000) });
      posted.push({ id, author });
      await fanOut(id);
    }
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
  const unfollow = (a: Viewer, b: Viewer) => db().execute(sql`
    with f as (delete from follows where follower_id = ${a.id}::bigint and followee_id = ${b.id}::bigint returning 1)
    update users set following_count = following_count - (select count(*) from f) where id = ${a.id}::bigint`);

  it("goes on from Postgres below what Redis keeps, without a seam", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    await db().execute(sql`insert into posts (id, author_id, status, content_type, media_count, published_at)
      select id_at(now() - n * interval '3 hours', n), ${author.id}::bigint, 'published', 'photo', 0, now() from generate_series(1, 1200) n`);
    const expected = await truth(reader);
    expect(await fill(reader.id, null)).toBe(true);
    const stored = await readFeed(redis()!, reader.id, null, 2_000);
    expect(stored).toMatchObject({ floor: expected[FEED_LENGTH - 1] });
    expect(await pages(reader, 90)).toEqual(expected);
    // A newer post pushes the oldest out, and the floor up with it.
    const fresh = await makePost(author);
    await fanOut(fresh);
    expect(await readFeed(redis()!, reader.id, null, 2_000)).toMatchObject({ floor: expected[FEED_LENGTH - 2], ids: [fresh, ...expected.slice(0, FEED_LENGTH - 1)] });
    expect(await pages(reader, 100)).toEqual([fresh, ...expected]);
    // It is indeed Redis that is read.
    await removeFromFeeds(redis()!, [reader.id], expected[1]!);
    expect(await listFeedIds(reader.id, TOP, 3)).toEqual([fresh, expected[0], expected[2]]);
  });

  it("keeps ids apart that a double cannot", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const at = new Date();
    await db().execute(sql`insert into posts (id, author_id, status, content_type, media_count, published_at)
      select id_at(${at.toISOString()}::timestamptz, n), ${author.id}::bigint, 'published', 'photo', 0, now() from generate_series(1, 100) n`);
    const expected = await truth(reader);
    expect(new Set(expected.map(Number)).size).toBeLessThan(expected.length);
    await fill(reader.id, null);
    for (const limit of [1, 7]) expect(await pages(reader, limit)).toEqual(expected);
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

  describe("while it is being built", () => {
    it("gets the posts published meanwhile", async () => {
      const [reader, author] = [await makeUser(), await makeUser()];
      await makeFollow(reader, author);
      const before = await makePost(author);
      let meanwhile = "";
      const stands = await fillFeed(redis()!, reader.id, null, async () => {
        const read = await readForStore(reader.id, FEED_LENGTH);
        meanwhile = await makePost(author);
        await fanOut(meanwhile);
        return read;
      });
      expect(stands).toBe(true);
      expect(await readFeed(redis()!, reader.id, null, 10)).toMatchObject({ ids: [meanwhile, before] });
    });

    it("is not taken for whole, and comes to nothing when flushed or dropped", async () => {
      const [reader, author] = [await makeUser(), await makeUser()];
      await makeFollow(reader, author);
      const post = await makePost(author);
      const stands = await fillFeed(redis()!, reader.id, null, async () => {
        const read = await readForStore(reader.id, FEED_LENGTH);
        await pushToFeeds(redis()!, [reader.id], await makePost(author));
        expect(await readFeed(redis()!, reader.id, null, 10)).toBe("building");
        expect(await fill(reader.id, null)).toBe(false);
        await redis()!.flushdb();
        return read;
      });
      expect(stands).toBe(false);
      expect(await readFeed(redis()!, reader.id, null, 10)).toBe("missing");
      expect(await pages(reader, 20)).toContain(post);
    });
  });

  it("is not begun by a push: a flushed feed does not come back with the newest posts only", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const old = await makePost(author);
    await fill(reader.id, null);
    await redis()!.flushdb();
    const fresh = await makePost(author);
    await fanOut(fresh);
    expect(await readFeed(redis()!, reader.id, null, 10)).toBe("missing");
    expect(await pages(reader, 20)).toEqual([fresh, old]);
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

  it("is checked against Postgres", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const posts = [await makePost(author), await makePost(author), await makePost(author)];
    await fill(reader.id, null);
    expect(await checkFeeds([reader.id], 0)).toEqual({ checked: 1, faults: [] });
    await removeFromFeeds(redis()!, [reader.id], posts[1]!);
    expect(await checkFeeds([reader.id], 0)).toEqual({ checked: 1, faults: [{ userId: reader.id, missing: [posts[1]], extra: [] }] });
    expect(await checkFeeds([reader.id], 60_000)).toEqual({ checked: 1, faults: [] });
    expect((await checkFeeds(10)).checked).toBeGreaterThan(0);
  });
});
