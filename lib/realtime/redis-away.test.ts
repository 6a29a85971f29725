import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { signal } from "@/lib/platform/realtime/signal";
import { closeRedis, withRedis } from "@/lib/platform/redis/redis";
import { endServed, Listener, serveStreams } from "@/lib/testing/event-stream";
import { makePost, makeUser } from "@/lib/testing/factories";
import { openOwnRedis } from "@/lib/testing/own-redis";

vi.hoisted(() => Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000" }));

const own = await openOwnRedis(inject("folder"), "stream-test");
const listeners: Listener[] = [];

async function watchedPost() {
  const [author, reader] = [await makeUser(), await makeUser()];
  return { post: await makePost(author), reader };
}

async function listen(...args: Parameters<typeof Listener.open>): Promise<Listener> {
  const listener = await Listener.open(...args);
  listeners.push(listener);
  await listener.next("open");
  return listener;
}

const backAgain = async () => {
  for (let n = 0; n < 200; n++, await pause(50)) if ((await withRedis((client) => client.ping(), "away")) === "PONG") return;
  throw new Error("Redis is not back");
};

describe.skipIf(!own)("streams and Redis", () => {
  beforeAll(async () => {
    await own!.start();
    process.env.REDIS_URL = own!.url;
    closeRedis();
  });
  afterEach(() => listeners.splice(0).forEach((listener) => listener.close()));
  afterAll(async () => {
    await endServed();
    closeRedis();
    await own!.kill();
  });

  it("go on by way of Postgres while it is away, and say that something may be missing when it is another one", async () => {
    const { server } = await serveStreams();
    const { post, reader } = await watchedPost();
    const stream = await listen(server, reader, { topics: [post] });
    signal({ event: "post", id: post });
    await stream.next("post");
    await own!.kill();
    await pause(1_200);
    signal({ event: "post", id: post });
    await stream.next("post", 1);
    await own!.start();
    await backAgain();
    await stream.next("reload");
    await pause(1_200);
    signal({ event: "post", id: post });
    await stream.next("post", 2);
    expect(stream.isEnded).toBe(false);
  }, 40_000);

  it("lose nothing when it only hangs for a while", async () => {
    const { server } = await serveStreams();
    const { post, reader } = await watchedPost();
    const stream = await listen(server, reader, { topics: [post] });
    own!.freeze();
    signal({ event: "post", id: post });
    await stream.next("post");
    own!.thaw();
    await backAgain();
    await pause(1_200);
    signal({ event: "post", id: post });
    await stream.next("post", 1);
    expect([stream.of("reload"), stream.isEnded]).toEqual([[], false]);
  }, 40_000);

  it("are resumed in a process that has just begun, by what the log has", async () => {
    const { server } = await serveStreams();
    const { post, reader } = await watchedPost();
    // So that the log reaches back further than what is resumed.
    await pause(9_000);
    const first = await listen(server, reader, { topics: [post] });
    first.close();
    await pause(100);
    signal({ event: "post", id: post });
    await pause(200);
    const again = await listen((await serveStreams()).server, reader, { topics: [post], from: first.lastId });
    await again.next("post");
    expect(again.of("reload")).toEqual([]);
  }, 40_000);
});
