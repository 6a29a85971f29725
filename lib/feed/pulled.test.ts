import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, db } from "@/db/client";
import { announce } from "@/lib/platform/jobs/queue";
import { closeRedis, redis } from "@/lib/platform/redis/redis";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { pages } from "@/lib/testing/feed-pages";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { checkFeeds } from "./check";
import { fanOut } from "./fan-out";
import { fill } from "./fill";
import { jobs } from "./jobs";
import { shouldBePulled } from "./pulled";
import { countNewer } from "./queries";
import { readFeed } from "./store";

process.env.FEED_PULL_THRESHOLD = "100";

const stored = async (userId: string) => {
  const feed = await readFeed(redis()!, userId, null, 1_000);
  return typeof feed === "object" ? feed.ids : feed;
};
const crowd = (author: Viewer, count: number) => db().execute(sql`update users set follower_count = ${count}::int where id = ${author.id}::bigint`);
async function publish(author: Viewer, at?: Date): Promise<string> {
  const post = await makePost(author, at ? { at } : {});
  await fanOut(post);
  return post;
}
async function readerOf(...authors: Viewer[]): Promise<Viewer> {
  const reader = await makeUser();
  for (const author of authors) await makeFollow(reader, author);
  return reader;
}

describe("who is pulled", () => {
  it("is whoever has so many followers, until well below that", () => {
    const decide = (followerCount: number, isPulled: boolean) => shouldBePulled({ followerCount, isPulled }, 100);
    expect([99, 100, 101].map((count) => decide(count, false))).toEqual([false, true, true]);
    expect([100, 80, 79].map((count) => decide(count, true))).toEqual([true, true, false]);
  });
});

describe.skipIf(!process.env.REDIS_URL)("posts that are merged at read", () => {
  beforeAll(() => installJobs(jobs));
  beforeEach(() => redis()!.flushdb());
  afterAll(async () => {
    closeRedis();
    await closeDatabase();
  });

  it("stand in the feed at once, without a write to any", async () => {
    const [star, friend] = [await makeUser(), await makeUser()];
    const reader = await readerOf(star, friend);
    await crowd(star, 1_000_000);
    const first = await publish(friend);
    await fill(reader.id, null);
    const second = await makePost(star);
    await announce(db(), "post.published", { postId: second });
    expect(await drainJobs(jobs)).toEqual(["feed.fanout"]);
    expect(await stored(reader.id)).toEqual([first]);
    expect(await pages(reader, 10)).toEqual([second, first]);
    expect(await countNewer(reader, first)).toBe(1);
    expect(await countNewer(reader, second)).toBe(0);
    expect(await checkFeeds([reader.id], 0)).toEqual({ checked: 1, faults: [] });
  });

  it("are told of as new also when somebody of many followers made them with another", async () => {
    const [star, stranger, friend] = [await makeUser(), await makeUser(), await makeUser()];
    const reader = await readerOf(star, friend);
    await crowd(star, 1_000_000);
    await publish(star);
    const first = await publish(friend);
    await fill(reader.id, null);
    const together = await makePost(stranger);
    await db().execute(sql`insert into collaborators (post_id, user_id, state) values (${together}::bigint, ${star.id}::bigint, 'accepted')`);
    expect(await countNewer(reader, first)).toBe(1);
    expect((await pages(reader, 10))[0]).toBe(together);
  });

  it("keep their places among the others on every page, however many", async () => {
    const [star, other, friend] = [await makeUser(), await makeUser(), await makeUser()];
    const reader = await readerOf(star, other, friend);
    await crowd(star, 100);
    await crowd(other, 100);
    const ids: string[] = [];
    for (let hour = 120; hour > 0; hour--) ids.unshift(await publish(hour % 10 === 0 ? friend : hour > 60 ? star : other, new Date(Date.now() - hour * 3_600_000)));
    await fill(reader.id, null);
    expect((await stored(reader.id) as string[]).length).toBe(12);
    for (const limit of [1, 3, 7, 50]) expect(await pages(reader, limit)).toEqual(ids);
  });

  it("are neither lost nor doubled when their author crosses the threshold, up and down", async () => {
    const [author, friend] = [await makeUser(), await makeUser()];
    const reader = await readerOf(author, friend);
    await fill(reader.id, null);
    const ids: string[] = [];
    const go = async (count: number) => {
      await crowd(author, count);
      ids.unshift(await publish(author));
      ids.unshift(await publish(friend));
      for (const limit of [1, 20]) expect(await pages(reader, limit)).toEqual(ids);
      await expect.poll(() => stored(reader.id)).not.toBe("building");
    };
    for (const count of [99, 100, 120, 85, 79, 60, 100, 10, 10]) await go(count);
    expect(await stored(reader.id)).toEqual(ids);
  });

  it("come when their author crosses the threshold while the clock stands behind", async () => {
    const [early, star] = [await makeUser(), await makeUser()];
    const reader = await readerOf(star);
    await db().execute(sql`insert into feed_authors (author_id, is_pulled, changed_id) values (${early.id}::bigint, true, id_at(now() + interval '1 hour'))`);
    await fill(reader.id, null);
    for (let turn = 0; turn < 2; turn++) expect(await pages(reader, 5)).toEqual([]);
    await crowd(star, 500);
    const post = await publish(star);
    expect(await stored(reader.id)).toEqual([]);
    expect(await pages(reader, 5)).toEqual([post]);
  });

  it("come with a request that is granted late, although the number and the newest of the followed are what they were", async () => {
    const [gone, star, newest] = [await makeUser(), await makeUser(), await makeUser()];
    const reader = await readerOf(gone, star, newest);
    await crowd(star, 500);
    const [post, other] = [await publish(star), await publish(newest)];
    const [r, s] = [sql`${reader.id}::bigint`, sql`${star.id}::bigint`];
    await db().execute(sql`update follows set state = 'requested' where follower_id = ${r} and followee_id = ${s}`);
    await fill(reader.id, null);
    for (let turn = 0; turn < 2; turn++) expect(await pages(reader, 5)).toEqual([other]);
    await db().execute(sql`delete from follows where follower_id = ${r} and followee_id = ${gone.id}::bigint`);
    await db().execute(sql`update follows set state = 'active' where follower_id = ${r} and followee_id = ${s}`);
    await announce(db(), "follow.accepted", { followerId: reader.id, followeeId: star.id });
    expect(await drainJobs(jobs)).toEqual(["feed.follows-changed"]);
    await fill(reader.id, null);
    for (let turn = 0; turn < 2; turn++) expect(await pages(reader, 5)).toEqual([other, post]);
  });

  it("go with the follow, a mute, a block, going private, archiving and deleting", async () => {
    const star = await makeUser();
    await crowd(star, 500);
    const post = await publish(star);
    const reader = await readerOf(star);
    await fill(reader.id, null);
    const shown = () => pages(reader, 5);
    const change = async (away: ReturnType<typeof sql>, back: ReturnType<typeof sql>) => {
      expect(await shown()).toEqual([post]);
      await db().execute(away);
      expect(await shown()).toEqual([]);
      await db().execute(back);
      expect(await shown()).toEqual([post]);
    };
    const [s, r, p] = [sql`${star.id}::bigint`, sql`${reader.id}::bigint`, sql`${post}::bigint`];
    await change(sql`insert into mutes (muter_id, muted_id) values (${r}, ${s})`, sql`delete from mutes where muter_id = ${r}`);
    await change(sql`update posts set archived_at = now() where id = ${p}`, sql`update posts set archived_at = null where id = ${p}`);
    await change(sql`update posts set deleted_at = now() where id = ${p}`, sql`update posts set deleted_at = null where id = ${p}`);
    await change(sql`update follows set state = 'requested' where follower_id = ${r}`, sql`update follows set state = 'active' where follower_id = ${r}`);
    await change(sql`update users set suspended_at = now() where id = ${s}`, sql`update users set suspended_at = null where id = ${s}`);
    await makeBlock(star, reader);
    expect(await shown()).toEqual([]);
  });

  it("are pushed to those who have a stored feed only, who are the ones that were here lately", async () => {
    const author = await makeUser();
    const [here, away] = [await readerOf(author), await readerOf(author)];
    await fill(here.id, null);
    const post = await publish(author);
    expect(await stored(here.id)).toEqual([post]);
    expect(await stored(away.id)).toBe("missing");
    await fill(away.id, null);
    expect(await stored(away.id)).toEqual([post]);
  });
});
