import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, db } from "@/db/client";
import { closeRedis, redis } from "@/lib/platform/redis/redis";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { pages, truth } from "@/lib/testing/feed-pages";
import { installJobs } from "@/lib/testing/jobs";
import { checkFeeds } from "./check";
import { fanOut } from "./fan-out";
import { fill } from "./fill";
import { jobs } from "./jobs";
import { listFeedIds } from "./queries";
import { readForStore, TOP } from "./skeleton";
import { FEED_LENGTH, fillFeed, pushToFeeds, readFeed, removeFromFeeds } from "./store";

process.env.FEED_PULL_THRESHOLD = "10";

/** So many posts, so many hours apart. */
const publishedBefore = (author: { id: string }, count: number, hours = 1) => db().execute(sql`insert into posts (id, author_id, status, content_type, media_count, published_at)
  select id_at(now() - n * interval '1 hour' * ${hours}::int, n), ${author.id}::bigint, 'published', 'photo', 0, now() from generate_series(1, ${count}::int) n`);

describe.skipIf(!process.env.REDIS_URL)("what Redis keeps of the home feed", () => {
  beforeAll(() => installJobs(jobs));
  beforeEach(() => redis()!.flushdb());
  afterAll(async () => {
    closeRedis();
    await closeDatabase();
  });

  it("goes on from Postgres below what Redis keeps, without a seam", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    await publishedBefore(author, 1200, 3);
    const expected = await truth(reader);
    expect(await fill(reader.id, null)).toBe(true);
    const stored = await readFeed(redis()!, reader.id, null, 2_000);
    expect(stored).toMatchObject({ floor: expected[FEED_LENGTH - 1] });
    expect(await pages(reader, 90)).toEqual(expected);
    // Newer ones are added to it.
    const fresh: string[] = [];
    const publish = async () => {
      fresh.unshift(await makePost(author));
      await fanOut(fresh[0]!);
    };
    while (fresh.length < 32) await publish();
    expect(await readFeed(redis()!, reader.id, null, 2_000)).toMatchObject({ floor: expected[FEED_LENGTH - 1], ids: [...fresh, ...expected.slice(0, FEED_LENGTH)] });
    expect(await pages(reader, 104)).toEqual([...fresh, ...expected]);
    // One too many: the newest are kept, and the floor is the oldest of those.
    await publish();
    expect(await readFeed(redis()!, reader.id, null, 2_000)).toMatchObject({ floor: expected[FEED_LENGTH - 34], ids: [...fresh, ...expected.slice(0, FEED_LENGTH - 33)] });
    expect(await pages(reader, 100)).toEqual([...fresh, ...expected]);
    // What is older than the floor is not put in again.
    expect(await pushToFeeds(redis()!, [reader.id], expected[FEED_LENGTH - 33]!)).toBe(0);
    // It is indeed Redis that is read.
    await removeFromFeeds(redis()!, [reader.id], fresh[1]!);
    expect(await listFeedIds(reader.id, TOP, 3)).toEqual([fresh[0], fresh[2], fresh[3]]);
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

    it("keeps the newest of what was there and what came, and nothing older than those", async () => {
      const [reader, author] = [await makeUser(), await makeUser()];
      await makeFollow(reader, author);
      await publishedBefore(author, 820);
      const before = await truth(reader);
      let meanwhile = "";
      await fillFeed(redis()!, reader.id, null, async () => {
        const read = await readForStore(reader.id, FEED_LENGTH);
        meanwhile = await makePost(author);
        for (const id of [meanwhile, before[810]!]) await pushToFeeds(redis()!, [reader.id], id);
        return read;
      });
      expect(await readFeed(redis()!, reader.id, null, 2_000)).toMatchObject({ floor: before[FEED_LENGTH - 2], ids: [meanwhile, ...before.slice(0, FEED_LENGTH - 1)] });
      expect(await pages(reader, 90)).toEqual([meanwhile, ...before]);
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

  it("is right when it holds more than it must, and not all of that is shown", async () => {
    const [reader, author, muted] = [await makeUser(), await makeUser(), await makeUser()];
    for (const whom of [author, muted]) await makeFollow(reader, whom);
    await publishedBefore(author, 790);
    await fill(reader.id, null);
    for (let n = 0; n < 32; n++) await fanOut(await makePost(n % 2 ? author : muted));
    await db().execute(sql`insert into mutes (muter_id, muted_id) values (${reader.id}::bigint, ${muted.id}::bigint)`);
    const stored = await readFeed(redis()!, reader.id, null, 2_000);
    expect(typeof stored === "object" && stored.ids.length).toBe(822);
    expect(await checkFeeds([reader.id], 0)).toEqual({ checked: 1, faults: [] });
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
