import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { foldCounts } from "@/lib/posts/counts";
import { countViews, flushViews } from "@/lib/posts/view-counts";
import { closeRedis, redis } from "@/lib/platform/redis/redis";
import { callApi } from "@/lib/testing/api";
import { makeCast, makePost, makeUser } from "@/lib/testing/factories";
import { isVisit, recordPageShown, recordSeen, recordVisitor } from "./seen";
import { finishUp } from "@/lib/platform/process/endings";
import { ADDRESS_HEADER } from "@/lib/platform/http/address";
import { toShortcode } from "@/lib/platform/ids";

type Cast = Awaited<ReturnType<typeof makeCast>>;
const viewsOf = async (post: string) => {
  await flushViews();
  await foldCounts();
  const [row] = await db().execute<{ view_count: number }>(sql`select view_count from posts where id = ${post}::bigint`);
  return row!.view_count;
};
const seenBy = async (viewer: { id: string }) => (await db().execute<{ post_id: string }>(sql`select post_id from post_seen where user_id = ${viewer.id}::bigint order by 1`)).map((row) => row.post_id);

describe("what somebody has seen", () => {
  let cast: Cast;
  let post: string;
  beforeAll(async () => {
    cast = await makeCast();
    post = await makePost(cast.owner);
  });

  it("counts once for each person, not for the author, nor for who may not see it", async () => {
    await recordSeen(cast.follower, [post, post]);
    await Promise.all([recordSeen(cast.follower, [post]), recordSeen(cast.owner, [post]), recordSeen(cast.stranger, [post]), recordSeen(cast.blocked, [post]), recordSeen(cast.requester, [post])]);
    expect(await viewsOf(post)).toBe(1);
    expect(await seenBy(cast.follower)).toEqual([post]);
    expect(await seenBy(cast.owner)).toEqual([post]);
    for (const other of [cast.stranger, cast.blocked, cast.requester]) expect(await seenBy(other)).toEqual([]);
  });

  it("passes over posts too old to be kept, and what does not exist", async () => {
    const old = await makePost(cast.owner, { at: new Date(Date.now() - 200 * 86_400_000) });
    await recordSeen(cast.follower, [old, "1", "9223372036854775807"]);
    expect(await seenBy(cast.follower)).toEqual([post]);
  });

  it("comes by the API, up to a hundred at a time", async () => {
    const [reader, open] = [await makeUser(), await makePost(await makeUser())];
    expect((await callApi("POST", "/api/feed/seen", { as: reader, body: { post_ids: [open, post] } })).status).toBe(204);
    expect(await seenBy(reader)).toEqual([open]);
    expect(await viewsOf(open)).toBe(1);
    expect((await callApi("GET", `/api/posts/${open}`, { as: reader })).body.view_count).toBe(1);
    expect((await callApi("POST", "/api/feed/seen", { body: { post_ids: [open] } })).status).toBe(401);
    for (const post_ids of [[], ["x"], "1", Array.from({ length: 101 }, () => open), [null], undefined]) expect((await callApi("POST", "/api/feed/seen", { as: reader, body: { post_ids } })).status).toBe(422);
  });

  it("is not lost when the process ends", async () => {
    const open = await makePost(await makeUser());
    await recordSeen(cast.stranger, [open]);
    await finishUp();
    const [row] = await db().execute<{ view_count: number }>(sql`select view_count from posts where id = ${open}::bigint`);
    expect(row!.view_count).toBe(1);
  });

  it("is counted for many posts by one statement", async () => {
    const posts = await Promise.all(Array.from({ length: 30 }, () => makePost(cast.owner)));
    countViews([...posts, ...posts]);
    expect(await viewsOf(posts[29]!)).toBe(2);
    expect(await db().execute(sql`select 1 from count_deltas`)).toHaveLength(0);
  });
});

describe.skipIf(!process.env.REDIS_URL)("a visitor of whom nothing is known", () => {
  it("counts once a day for each address, in whatever process", async () => {
    const post = await makePost(await makeUser());
    for (const address of ["192.0.2.1", "192.0.2.2", "192.0.2.1", "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"]) recordVisitor(post, address);
    expect(await viewsOf(post)).toBe(3);
    recordVisitor(post, "192.0.2.2");
    recordVisitor(post, "192.0.2.3");
    expect(await viewsOf(post)).toBe(4);
    const [key] = await redis()!.keys(`visitors:*:${post}`);
    expect(await redis()!.ttl(key!)).toBeGreaterThan(3_600);
    expect(await redis()!.get(key!)).not.toContain("192.0.2");
  });

  it("is counted within two in a hundred when there are very many", async () => {
    const post = await makePost(await makeUser());
    for (let i = 0; i < 12_000; i++) recordVisitor(post, `2001:db8:${i.toString(16)}::1`);
    const views = await viewsOf(post);
    expect(Math.abs(views - 12_000)).toBeLessThan(240);
  });

  it("is counted, too, when the page was made for another", async () => {
    const post = await makePost(await makeUser());
    const headers = (address: string) => new Headers({ "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", [ADDRESS_HEADER]: address });
    recordPageShown(`/p/${toShortcode(post)}`, headers("192.0.2.8"));
    recordPageShown(`/p/${toShortcode(post)}`, headers("192.0.2.9"));
    recordPageShown("/explore", headers("192.0.2.8"));
    recordPageShown("/p/%zz", headers("192.0.2.8"));
    expect(await viewsOf(post)).toBe(2);
  });

  it("is not counted without Redis, and nothing fails", async () => {
    const [url, post] = [process.env.REDIS_URL, await makePost(await makeUser())];
    closeRedis();
    const { env } = await import("@/lib/platform/env");
    Object.assign(env(), { REDIS_URL: undefined });
    recordVisitor(post, "192.0.2.1");
    expect(await viewsOf(post)).toBe(0);
    Object.assign(env(), { REDIS_URL: url });
    closeRedis();
  });
});

describe("a visit", () => {
  const browser = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";
  it("is a person's, who looks now", () => {
    expect(isVisit(new Headers({ "user-agent": browser }))).toBe(true);
    for (const headers of [{ purpose: "prefetch" }, { "sec-purpose": "prefetch;prerender" }, { "next-router-prefetch": "1" }] as Record<string, string>[]) expect(isVisit(new Headers({ "user-agent": browser, ...headers }))).toBe(false);
    for (const agent of ["", "Googlebot/2.1 (+http://www.google.com/bot.html)", "facebookexternalhit/1.1", "curl/8.5.0", "Mozilla/5.0 (compatible; bingbot/2.0)", "Slackbot-LinkExpanding 1.0", "WhatsApp/2.23", "Twitterbot/1.0", "python-requests/2.32"]) {
      expect([agent, isVisit(new Headers({ "user-agent": agent }))]).toEqual([agent, false]);
    }
  });
});
