import { sql } from "drizzle-orm";
import { Redis as Connection } from "iovalkey";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/db/client";
import { announce } from "@/lib/platform/jobs/queue";
import { closeRedis, redis } from "@/lib/platform/redis/redis";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { openOwnRedis } from "@/lib/testing/own-redis";
import { fill } from "./fill";
import { jobs } from "./jobs";
import { getHomeFeed } from "./queries";
import { readFeed } from "./store";

const own = await openOwnRedis(inject("folder"), "redis-feed");
const stored = async (userId: string) => {
  const feed = await readFeed(redis()!, userId, null, 1_000);
  return typeof feed === "object" ? feed.ids : feed;
};
const shown = async (user: { id: string }) => (await getHomeFeed(user, { limit: 50, cursor: null })).items.map((post) => post.id);
/** As its configuration makes Redis do now and then; a crash takes it back to this. */
async function save(): Promise<void> {
  const connection = new Connection(own!.url);
  await connection.save();
  await connection.quit();
}
const until = async (holds: () => Promise<boolean>) => {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) if (await holds().catch(() => false)) return;
  throw new Error("it did not happen");
};

describe.skipIf(!own)("what happens to feeds when", () => {
  beforeAll(async () => {
    await own!.start();
    process.env.REDIS_URL = own!.url;
    closeRedis();
    await installJobs(jobs);
  });
  afterAll(async () => {
    closeRedis();
    await own!.kill();
  });

  it("a post is published by somebody with many followers, and deleted", async () => {
    const author = await makeUser();
    const near = await makeUser();
    await makeFollow(near, author);
    const followers = await db().execute<{ id: string }>(sql`
      with made as (insert into users (username, username_key, username_skeleton, email, email_key, password_hash, following_count)
        select 'fan' || n, 'fan' || n, 'fan' || n, 'fan' || n || '@example.org', 'fan' || n || '@example.org', '!', 1 from generate_series(1, 2500) n returning id)
      insert into follows (follower_id, followee_id, state) select id, ${author.id}::bigint, 'active' from made returning follower_id as id`);
    const looking = [followers[0]!.id, followers[1_500]!.id, followers[2_499]!.id, author.id];
    for (const id of looking) await fill(id, null);
    const post = await makePost(author);
    await announce(db(), "post.published", { postId: post });
    expect((await drainJobs(jobs)).filter((name) => name === "feed.fanout-batch")).toHaveLength(3);
    for (const id of looking) expect(await stored(id)).toEqual([post]);
    expect(await stored(followers[7]!.id)).toBe("missing");
    await db().execute(sql`update posts set deleted_at = now() where id = ${post}::bigint`);
    await announce(db(), "post.deleted", { postId: post, authorId: author.id });
    await drainJobs(jobs);
    for (const id of looking) expect(await stored(id)).toEqual([]);
  });

  it("a post is gone before its turn comes", async () => {
    const [author, reader] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    await fill(reader.id, null);
    const post = await makePost(author);
    await announce(db(), "post.published", { postId: post });
    await db().execute(sql`update posts set deleted_at = now() where id = ${post}::bigint`);
    await drainJobs(jobs);
    expect(await stored(reader.id)).toEqual([]);
  });

  it("one follow takes the place of another, which the numbers do not show", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    await makePost(author);
    await fill(reader.id, null);
    await announce(db(), "user.unfollowed", { followerId: reader.id, followeeId: author.id });
    await drainJobs(jobs);
    expect(await stored(reader.id)).toBe("missing");
  });

  it("Redis crashes and comes back with an old state", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const first = await makePost(author);
    await fill(reader.id, null);
    await save();
    await own!.kill();
    const second = await makePost(author);
    expect(await shown(reader)).toEqual([second, first]);
    await announce(db(), "post.published", { postId: second });
    // The job cannot do its work and says so: it waits, and is not lost.
    await expect(drainJobs(jobs)).rejects.toThrow(/Redis is away/);
    await own!.start();
    await until(async () => (await redis()!.ping()) === "PONG");
    expect(await redis()!.dbsize()).toBeGreaterThan(0);
    expect(await shown(reader)).toEqual([second, first]);
    await until(async () => JSON.stringify(await stored(reader.id)) === JSON.stringify([second, first]));
  });
});
