import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { addComment, deleteComment } from "@/lib/comments/service";
import { setLike, setReaction } from "@/lib/interactions/service";
import { registry } from "@/lib/jobs";
import { tell } from "@/lib/notifications/notifier";
import { markRead } from "@/lib/notifications/service";
import { closeFront } from "@/lib/platform/http/front";
import { signal } from "@/lib/platform/realtime/signal";
import { MAX_PER_PERSON, type Streams } from "@/lib/platform/realtime/streams";
import { writeEventId } from "@/lib/platform/realtime/stream";
import { setCommentHidden } from "@/lib/comments/moderate";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { endServed, Listener, serveStreams } from "@/lib/testing/event-stream";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";

vi.hoisted(() => Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_COMMENTS_PER_MINUTE: "1000" }));

let server: Server;
let streams: Streams;
const listeners: Listener[] = [];

async function listen(as: Viewer | null, options: Parameters<typeof Listener.open>[2] = {}, at = server): Promise<Listener> {
  const listener = await Listener.open(at, as, options);
  listeners.push(listener);
  if (listener.status === 200) await listener.next("open");
  return listener;
}

beforeAll(async () => {
  await installJobs(registry);
  ({ server, streams } = await serveStreams());
  // Until what is resumed lies wholly in what this process has heard.
  await pause(8_000);
});
afterEach(() => listeners.splice(0).forEach((listener) => listener.close()));
afterAll(endServed);

describe("the event stream", () => {
  it("is for who is signed in, in the form of the API's errors, and is not held up by proxies", async () => {
    const [author, reader] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    expect((await listen(null)).status).toBe(401);
    expect((await listen(null, { authorization: "Bearer forged" })).status).toBe(401);
    expect((await listen(reader, { topics: ["x"] })).status).toBe(422);
    expect((await listen(reader, { topics: Array.from({ length: 101 }, (_, i) => String(i + 1)) })).status).toBe(422);
    const stream = await listen(reader, { topics: [post, "1"] });
    expect([stream.status, stream.headers["content-type"], stream.headers["x-accel-buffering"], stream.headers["cache-control"]]).toEqual([200, "text/event-stream; charset=utf-8", "no", "no-store, no-transform"]);
    expect(stream.of("open")[0]!.data).toEqual({ topics: [`post:${post}`] });
  });

  it("tells of likes, reactions and comments soon, with the numbers as they are for each", async () => {
    const [author, reader, liker] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(author, { likeCountHidden: true });
    const [watching, own] = [await listen(reader, { topics: [post] }), await listen(author, { topics: [post] })];
    const began = performance.now();
    await setLike(liker, post, true);
    expect((await watching.next("post")).data).toEqual({ post_id: post, like_count: null, comment_count: 0, as_of: expect.any(String) });
    expect((await own.next("post")).data).toEqual({ post_id: post, like_count: 1, comment_count: 0, as_of: expect.any(String) });
    expect(own.of("post")[0]!.at - began).toBeLessThan(500);
    await setReaction(liker, post, "🔥", true);
    expect((await own.next("post", 1)).data).toMatchObject({ reactions: true });
    const comment = await addComment(liker, post, { content: "Fine" }, null);
    expect((await watching.next("comment")).data).toEqual({ post_id: post, comment_id: comment.id, parent_id: null, gone: false });
    await deleteComment(liker, comment.id);
    expect((await watching.next("comment", 1)).data).toEqual({ post_id: post, comment_id: comment.id, parent_id: null, gone: true });
    await pause(2_200);
    expect(own.of("post").at(-1)!.data.comment_count).toBe(0);
  });

  it("counts for nobody whom a block hides from them", async () => {
    const [author, reader, blocker, liker] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(author);
    await makeBlock(blocker, liker);
    const [sees, seesNot] = [await listen(reader, { topics: [post] }), await listen(blocker, { topics: [post] })];
    await setLike(liker, post, true);
    await addComment(liker, post, { content: "Fine" }, null);
    await expect.poll(() => sees.of("post").at(-1)?.data, { timeout: 5_000 }).toMatchObject({ post_id: post, like_count: 1, comment_count: 1 });
    await expect.poll(() => seesNot.of("post").length, { timeout: 5_000 }).toBeGreaterThanOrEqual(2);
    for (const { data } of seesNot.of("post")) expect(data).toMatchObject({ post_id: post, like_count: 0, comment_count: 0 });
  });

  it("tells of one post at most once a second, the last numbers last", async () => {
    const [author, reader] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    const likers = await Promise.all(Array.from({ length: 30 }, () => makeUser()));
    const stream = await listen(reader, { topics: [post] });
    const began = performance.now();
    for (const liker of likers) {
      await setLike(liker, post, true);
      await pause(50);
    }
    await pause(2_500);
    const told = stream.of("post");
    expect(told.length).toBeLessThanOrEqual(Math.ceil((performance.now() - began) / 1_000) + 1);
    expect(told.at(-1)!.data.like_count).toBe(30);
    expect(told.map((one) => one.data.like_count)).toEqual(told.map((one) => one.data.like_count).toSorted((a: number, b: number) => a - b));
  });

  it("says what is new to the person it is new to, and what they read to their other devices", async () => {
    const [person, other, stranger] = [await makeUser(), await makeUser(), await makeUser()];
    const [phone, desk, strangers] = [await listen(person), await listen(person), await listen(stranger)];
    await tell({ userId: person.id, actorId: other.id, kind: "follow", groupKey: "follow", dedupeKey: `follow:${other.id}` });
    for (const device of [phone, desk]) expect((await device.next("notification")).data).toEqual({ unread_count: 1 });
    await markRead(person, null);
    expect((await desk.next("notification", 1)).data).toEqual({ unread_count: 0 });
    expect(strangers.of("notification")).toEqual([]);
  });

  it("lights the feed of those in whose feed a new post stands, and of nobody else", async () => {
    const [author, follower, muter, stranger, blocked] = await Promise.all(Array.from({ length: 5 }, () => makeUser()));
    for (const one of [follower, muter, blocked]) await makeFollow(one!, author!);
    await db().execute(sql`insert into mutes (muter_id, muted_id, posts, stories) values (${muter!.id}::bigint, ${author!.id}::bigint, true, true)`);
    await makeBlock(author!, blocked!);
    const open = await Promise.all([follower, muter, stranger, blocked, author].map((one) => listen(one!)));
    const post = await makePost(author!);
    signal({ event: "feed", id: post });
    expect((await open[0]!.next("feed")).data).toEqual({ newest_id: post });
    await pause(200);
    expect(open.slice(1).flatMap((one) => one.of("feed"))).toEqual([]);
  });

  it("has a limit for each person", async () => {
    const person = await makeUser();
    for (let i = 0; i < MAX_PER_PERSON; i++) expect((await listen(person)).status).toBe(200);
    const refused = await listen(person);
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "10"]);
    listeners.at(-2)!.close();
    await pause(200);
    expect((await listen(person)).status).toBe(200);
  });
});

describe("who hears of a post", () => {
  type Hidden = [name: string, hide: (post: string, author: Viewer) => Promise<unknown>, heard: (keyof Awaited<ReturnType<typeof cast>>)[]];
  const cast = async () => ({ owner: await makeUser(), follower: await makeUser(), stranger: await makeUser(), blocked: await makeUser() });
  const set = (post: string, what: string) => db().execute(sql`update posts set ${sql.raw(what)} where id = ${post}::bigint`);
  const rows: Hidden[] = [
    ["a public one", async () => {}, ["owner", "follower", "stranger"]],
    ["a private account's", (_, author) => db().execute(sql`update users set is_private = true where id = ${author.id}::bigint`), ["owner", "follower"]],
    ["one for followers", (post) => set(post, "audience = 'followers'"), ["owner", "follower"]],
    ["one for circles", (post) => set(post, "audience = 'circles'"), ["owner"]],
    ["one put away", (post) => set(post, "archived_at = now()"), ["owner"]],
    ["a deleted one", (post) => set(post, "deleted_at = now()"), []],
    ["one of a suspended account", (_, author) => db().execute(sql`update users set suspended_at = now() where id = ${author.id}::bigint`), []],
  ];

  it.each(rows)("%s: those who may see it, asked for before or hidden while they listen", async (_name, hide, heard) => {
    const people = await cast();
    await makeFollow(people.follower, people.owner);
    await makeBlock(people.owner, people.blocked);
    const post = await makePost(people.owner);
    const before = await Promise.all(Object.values(people).map((one) => listen(one, { topics: [post] })));
    expect(before.map((one) => one.of("open")[0]!.data.topics.length)).toEqual([1, 1, 1, 0]);
    await hide(post, people.owner);
    signal({ event: "post", id: post });
    signal({ event: "comment", id: post, of: "1" });
    for (const [i, who] of (Object.keys(people) as (keyof typeof people)[]).entries()) {
      if (heard.includes(who)) await before[i]!.next("post");
    }
    await pause(300);
    const told = Object.keys(people).filter((_, i) => before[i]!.of("post").length > 0);
    expect(told).toEqual(heard);
    const after = heard.length === 0 ? [] : await Promise.all(Object.values(people).map((one) => listen(one, { topics: [post] })));
    expect(Object.keys(people).filter((_, i) => (after[i]?.of("open")[0]!.data.topics.length ?? 0) > 0)).toEqual(heard);
  });

  it("of a comment only who may see it; one that is put away is gone for the others", async () => {
    const people = await cast();
    const post = await makePost(people.owner);
    const comment = await addComment(people.stranger, post, { content: "Hm" }, null);
    const [own, writers, others] = [await listen(people.owner, { topics: [post] }), await listen(people.stranger, { topics: [post] }), await listen(people.follower, { topics: [post] })];
    await pause(1_100);
    await setCommentHidden(people.owner, comment.id, true);
    const heard = await Promise.all([own, writers, others].map((one) => one.next("comment")));
    expect(heard.map((one) => one.data.gone)).toEqual([false, false, true]);
    const count = others.of("comment").length;
    await pause(1_100);
    signal({ event: "comment", id: post, of: comment.id });
    await own.next("comment", own.of("comment").length);
    await pause(100);
    expect(others.of("comment")).toHaveLength(count);
  });

  it("nothing of anything when the session ends, and the stream ends soon", async () => {
    const [author, reader] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    const stream = await listen(reader, { topics: [post] });
    await db().execute(sql`update sessions set revoked_at = now() where id = ${reader.sessionId}::bigint`);
    signal({ event: "post", id: post });
    signal({ event: "notification", id: reader.id });
    await stream.ended();
    expect(stream.heard.map((one) => one.event)).toEqual(["open", "signed_out"]);
  });
});

describe("a stream that was lost", () => {
  it("is told what it missed, in order, and only what is still for it", async () => {
    const [author, reader, hidden] = [await makeUser(), await makeUser(), await makeUser()];
    const [post, later] = [await makePost(author), await makePost(hidden)];
    const first = await listen(reader, { topics: [post, later] });
    first.close();
    await pause(50);
    const comment = await addComment(author, post, { content: "While you were out" }, null);
    await setLike(author, later, true);
    await makeBlock(hidden, reader);
    await pause(200);
    const again = await listen(reader, { topics: [post, later], from: first.lastId });
    expect((await again.next("comment")).data).toEqual({ post_id: post, comment_id: comment.id, parent_id: null, gone: false });
    expect((await again.next("post")).data).toMatchObject({ post_id: post, comment_count: 1 });
    await pause(200);
    expect(again.of("post").every((one) => one.data.post_id === post)).toBe(true);
    expect(again.of("reload")).toEqual([]);
  });

  it("is told to load anew when it was away for too long, or says it knows what we do not know", async () => {
    const reader = await makeUser();
    for (const from of [writeEventId(Date.now() - 301_000), "nonsense"]) expect((await (await listen(reader, { from })).next("reload")).data).toEqual({ after_ms: 0 });
    const fresh = await listen(reader, { from: writeEventId(Date.now()) });
    await pause(100);
    expect(fresh.of("reload")).toEqual([]);
  });

  it("goes on in another process, which hears the same", async () => {
    const [author, reader] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    const other = await serveStreams();
    try {
      const [here, there] = [await listen(reader, { topics: [post] }), await listen(reader, { topics: [post] }, other.server)];
      signal({ event: "post", id: post });
      await Promise.all([here.next("post"), there.next("post")]);
      other.streams.endAll();
      await there.ended();
      expect((await listen(reader, {}, other.server)).status).toBe(503);
      await pause(1_100);
      await setLike(author, post, true);
      const again = await listen(reader, { topics: [post], from: there.lastId });
      while (again.of("post").at(-1)?.data.like_count !== 1) await again.next("post", again.of("post").length);
      expect(again.of("reload")).toEqual([]);
    } finally {
      await closeFront(other.server, 100);
    }
  });

  it("ends soon when the process is to end, with a time to come back", async () => {
    const other = await serveStreams();
    const open = await Promise.all(Array.from({ length: 10 }, async () => listen(await makeUser(), {}, other.server)));
    const began = performance.now();
    other.streams.endAll();
    await closeFront(other.server, 5_000);
    expect(performance.now() - began).toBeLessThan(1_000);
    await Promise.all(open.map((one) => one.ended()));
  });

  it("is not taken for one whose session has ended when it begins while that is asked", async () => {
    const other = await serveStreams();
    const { tellers } = other.streams as unknown as { tellers: { living: (ids: string[]) => Promise<ReadonlySet<string>> } };
    const real = tellers.living;
    const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    tellers.living = async (ids) => {
      const living = await real(ids);
      asked.resolve();
      await answered.promise;
      return living;
    };
    await listen(await makeUser(), {}, other.server);
    await asked.promise;
    const late = await listen(await makeUser(), {}, other.server);
    answered.resolve();
    await pause(500);
    expect([late.isEnded, late.of("signed_out")]).toEqual([false, []]);
  });

  it("is cut off when its client does not read", async () => {
    const [author, reader] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    const stream = await listen(reader, { topics: [post] });
    await pause(200);
    const size = streams.size;
    stream.stopReading();
    const { tellers } = streams as unknown as { tellers: { tell: Record<string, unknown> } };
    const real = tellers.tell.post;
    // Longer events than there are, so that it takes less than days.
    tellers.tell.post = async (_: unknown, watching: unknown[]) => watching.flatMap((one) => Array.from({ length: 200 }, () => ({ stream: one, data: { long: "x".repeat(65_000) } })));
    try {
      signal({ event: "post", id: post });
      for (let n = 0; streams.size === size && n < 100; n++) await pause(50);
      expect(streams.size).toBe(size - 1);
    } finally {
      tellers.tell.post = real;
    }
  });
});
