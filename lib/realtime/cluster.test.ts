import { type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { signal } from "@/lib/platform/realtime/signal";
import { closeRedis } from "@/lib/platform/redis/redis";
import { slotOf } from "@/lib/platform/redis/slots";
import { endServed, Listener, serveStreams } from "@/lib/testing/event-stream";
import { makePost, makeUser } from "@/lib/testing/factories";
import { openOwnCluster } from "@/lib/testing/own-cluster";

vi.hoisted(() => Object.assign(process.env, { LIMIT_API_PERSON_PER_MINUTE: "1000000" }));

const cluster = await openOwnCluster(inject("folder"), "stream-cluster");

describe.skipIf(!cluster)("streams and a Redis cluster", () => {
  let server: Server;

  beforeAll(async () => {
    await cluster!.begin();
    process.env.REDIS_URL = cluster!.url;
    closeRedis();
    ({ server } = await serveStreams());
  });
  afterAll(async () => {
    await endServed();
    closeRedis();
    await cluster!.end();
  });

  it("follow the log to the node that takes it over", async () => {
    const [author, reader] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    const stream = await Listener.open(server, reader, { topics: [post] });
    await stream.next("open");
    signal({ event: "post", id: post });
    await stream.next("post");
    const slot = slotOf("signals");
    const from = await cluster!.ownerOf(slot);
    const to = (from + 1) % 3;
    await cluster!.beginMove(slot, from, to);
    await cluster!.moveKeys(slot, from, to);
    await cluster!.endMove(slot, to);
    await pause(1_200);
    signal({ event: "post", id: post });
    // At the latest when its connection has found the other node; what it may have missed meanwhile it says.
    for (let n = 0; n < 200 && stream.of("post").length + stream.of("reload").length < 2; n++) await pause(50);
    await pause(3_000);
    const told = stream.of("post").length;
    signal({ event: "post", id: post });
    await stream.next("post", told);
    expect(stream.isEnded).toBe(false);
    stream.close();
  }, 60_000);
});
