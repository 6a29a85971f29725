import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { redis } from "@/lib/platform/redis/redis";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { withoutRedis } from "@/lib/testing/feed-pages";
import { ago, all, idsOf, likes, useRankedFeed } from "@/lib/testing/ranked-pages";
import { fanOut } from "./fan-out";
import { getRankedFeed } from "./ranked";
import { forgetRankings, sweepRankings } from "./rankings";
import { readRankingCursor } from "./schemas";

useRankedFeed();

describe("the pages of one visit", () => {
  it("fit together while likes, posts and wishes come and go, with or without the process's memory", async () => {
    const [reader, ...authors] = await Promise.all(Array.from({ length: 6 }, () => makeUser()));
    for (const author of authors) await makeFollow(reader!, author);
    const [posts, fresh]: [string[], string[]] = [[], []];
    for (let i = 0; i < 30; i++) posts.push(await makePost(authors[i % 5]!, { at: ago(i * 3 + 1) }));
    const first = await getRankedFeed(reader!, { limit: 7, cursor: null });
    const seen = first.items.map(({ post }) => post.id);
    const gone = posts.find((id) => !seen.includes(id))!;
    await db().execute(sql`update posts set deleted_at = now() where id = ${gone}::bigint`);
    for (let cursor = first.nextCursor; cursor !== null; ) {
      fresh.push(await makePost(authors[0]!));
      await fanOut(fresh.at(-1)!);
      await likes(posts[29]!, 500 + seen.length);
      forgetRankings();
      const slice = await getRankedFeed(reader!, { limit: 7, cursor: readRankingCursor(cursor) });
      seen.push(...slice.items.map(({ post }) => post.id));
      cursor = slice.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(posts.filter((id) => !seen.includes(id))).toEqual([gone]);
    // The next visit has what came meanwhile.
    const next = await idsOf(reader!);
    expect(fresh.filter((id) => !next.includes(id))).toEqual([]);
    expect(next.length).toBeGreaterThan(29);
  });

  it("ask again who may see what, and belong to one person", async () => {
    const [reader, author, other] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    for (let i = 0; i < 8; i++) await makePost(author, { at: ago(i) });
    const first = await getRankedFeed(reader, { limit: 2, cursor: null });
    const cursor = readRankingCursor(first.nextCursor!)!;
    await makeBlock(author, reader);
    expect((await getRankedFeed(reader, { limit: 50, cursor })).items.some(({ post }) => post.user_id === author.id)).toBe(false);
    const stolen = await getRankedFeed(other, { limit: 50, cursor });
    expect(stolen.items.every(({ reason }) => reason.source !== "followed")).toBe(true);
  });

  it("are swept after some hours, and go on all the same", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    for (let i = 0; i < 5; i++) await makePost(author, { at: ago(i) });
    const first = await getRankedFeed(reader, { limit: 2, cursor: null });
    const { ranking } = readRankingCursor(first.nextCursor!)!;
    const old = await db().execute<{ id: string }>(sql`insert into feed_rankings (id, user_id, ranker, post_ids, scores) values (id_at(now() - interval '7 hours'), ${reader.id}::bigint, 'default', '{}', '{}') returning id`);
    await sweepRankings(new AbortController().signal);
    const left = (await db().execute<{ id: string }>(sql`select id::text from feed_rankings where user_id = ${reader.id}::bigint`)).map((row) => row.id);
    expect(left).toContain(ranking);
    expect(left).not.toContain(String(old[0]!.id));
    const answer = await getRankedFeed(reader, { limit: 50, cursor: { ranking: "12345", place: 1 } });
    expect(answer.items.length).toBeGreaterThan(3);
  });

  it.skipIf(!process.env.REDIS_URL)("are the same without Redis", async () => {
    const [reader, ...authors] = await Promise.all(Array.from({ length: 4 }, () => makeUser()));
    for (const author of authors) await makeFollow(reader!, author);
    for (let i = 0; i < 12; i++) await makePost(authors[i % 3]!, { at: ago(i * 5 + 1) });
    const order = async () => (await all(reader!)).map(({ post }) => post.id);
    const withIt = await order();
    expect(await withoutRedis(order)).toEqual(withIt);
    await redis()!.flushdb();
    expect(await order()).toEqual(withIt);
  });
});
