import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/db/client";
import { closeRedis, redis } from "@/lib/platform/redis/redis";
import { crc16, slotOf } from "@/lib/platform/redis/slots";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { openOwnCluster } from "@/lib/testing/own-cluster";

const own = await openOwnCluster(inject("folder"), "feed-cluster");
if (own) {
  await own.begin();
  process.env.REDIS_URL = own.url;
  closeRedis();
  // Everything that holds with one server holds here: the same tests, on three nodes.
  await import("./feed.test");
  await import("./store.test");
}
const { fanOut } = await import("./fan-out");
const { fill } = await import("./fill");
const { jobs } = await import("./jobs");
const { getHomeFeed } = await import("./queries");
const { dropFeeds, pushToFeeds, readFeed } = await import("./store");

const shown = async (user: { id: string }) => (await getHomeFeed(user, { limit: 50, cursor: null })).items.map((post) => post.id);
const stored = async (user: { id: string }) => {
  const feed = await readFeed(redis()!, user.id, null, 1_000);
  return typeof feed === "object" ? feed.ids : feed;
};
const slotOfFeed = (user: { id: string }) => slotOf(`f${crc16(user.id) % 512}`);
async function readersOn(node: number, count: number): Promise<Viewer[]> {
  const found: Viewer[] = [];
  while (found.length < count) {
    const person = await makeUser();
    if ((await own!.ownerOf(slotOfFeed(person))) === node) found.push(person);
  }
  return found;
}

describe.skipIf(!own)("feeds in a cluster", () => {
  beforeAll(() => installJobs(jobs));
  afterAll(async () => {
    closeRedis();
    await own!.end();
  });

  it("are pushed to whoever they lie with, at once", async () => {
    const author = await makeUser();
    const readers = await Promise.all(Array.from({ length: 40 }, () => makeUser()));
    for (const reader of readers) await makeFollow(reader, author);
    await Promise.all(readers.map((reader) => fill(reader.id, null)));
    const post = await makePost(author);
    expect(await pushToFeeds(redis()!, readers.map(({ id }) => id), post)).toBe(40);
    for (const reader of readers) expect(await stored(reader)).toEqual([post]);
    expect((await Promise.all([0, 1, 2].map((node) => own!.call(node, "DBSIZE")))).every((size) => Number(size) > 5)).toBe(true);
    await dropFeeds(redis()!, readers.map(({ id }) => id));
    for (const reader of readers) expect(await stored(reader)).toBe("missing");
  });

  it("stay whole while their slot is moved, there and back, with posts at every step", async () => {
    const [[reader], author] = [await readersOn(0, 1), await makeUser()];
    await makeFollow(reader!, author);
    await fill(reader!.id, null);
    const slot = slotOfFeed(reader!);
    const posts: string[] = [];
    const post = async () => {
      posts.unshift(await makePost(author));
      await announce(db(), "post.published", { postId: posts[0]! });
      // Between two nodes a push may have to wait: then its job is repeated.
      await expect.poll(() => drainJobs(jobs).then(() => true, () => false), { timeout: 5_000 }).toBe(true);
      expect(await shown(reader!)).toEqual(posts);
      await pause(30);
      expect(await shown(reader!)).toEqual(posts);
    };
    await post();
    for (const [from, to] of [[0, 1], [1, 0], [0, 2], [2, 0]] as const) {
      await own!.beginMove(slot, from, to);
      await post();
      await own!.moveKeys(slot, from, to, 1);
      // Only now is there a key on each side; scripts are refused until all are over.
      expect(await shown(reader!)).toEqual(posts);
      await own!.moveKeys(slot, from, to);
      await post();
      await own!.endMove(slot, to, false);
      await post();
      await own!.endMove(slot, to);
      await post();
    }
    await expect.poll(() => stored(reader!), { timeout: 5_000 }).toEqual(posts);
  });

  it("come from Postgres for those whose node was killed, and are whole again when it is back", async () => {
    // Also the author's own feed is on the node that goes.
    const [author] = await readersOn(2, 1);
    const [near, far] = [await readersOn(0, 2), await readersOn(2, 2)];
    for (const reader of [...near, ...far]) {
      await makeFollow(reader, author!);
      await fill(reader.id, null);
    }
    await own!.call(2, "SAVE");
    await own!.kill(2);
    const post = await makePost(author!);
    await expect(fanOut(post)).rejects.toThrow(/Redis is away/);
    // The other nodes are not waited for.
    for (const reader of near) await expect.poll(() => stored(reader)).toEqual([post]);
    for (const reader of [...near, ...far]) expect(await shown(reader)).toEqual([post]);
    await announce(db(), "post.published", { postId: post });
    await expect(drainJobs(jobs)).rejects.toThrow(/Redis is away/);
    await own!.start(2);
    await own!.until(async () => typeof (await stored(far[0]!)) !== "undefined");
    // What the snapshot brought back is not looked at.
    expect(Number(await own!.call(2, "DBSIZE"))).toBeGreaterThan(0);
    for (const reader of far) expect(await shown(reader)).toEqual([post]);
    for (const reader of far) await expect.poll(() => stored(reader), { timeout: 5_000 }).toEqual([post]);
  });
});
