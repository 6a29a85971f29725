import { afterAll, expect, it, vi } from "vitest";
import { signal } from "@/lib/platform/realtime/signal";
import { writeEventId } from "@/lib/platform/realtime/stream";
import { redis } from "@/lib/platform/redis/redis";
import { endServed, Listener, serveStreams } from "@/lib/testing/event-stream";
import { makePost, makeUser } from "@/lib/testing/factories";

vi.hoisted(() => void delete process.env.REDIS_URL);


afterAll(endServed);

it("two processes without Redis hear each other, and tell whom they cannot resume to load anew", async () => {
  expect(redis()).toBeNull();
  const [author, reader] = [await makeUser(), await makeUser()];
  const post = await makePost(author);
  const [{ server: one }, { server: other }] = [await serveStreams(), await serveStreams()];
  const open = [await Listener.open(one, reader, { topics: [post] }), await Listener.open(other, reader, { topics: [post] })];
  for (const stream of open) await stream.next("open");
  signal({ event: "post", id: post });
  await Promise.all(open.map((stream) => stream.next("post")));
  const early = await Listener.open(other, reader, { from: writeEventId(Date.now() - 60_000) });
  await early.next("reload");
  for (const stream of [...open, early]) stream.close();
});
