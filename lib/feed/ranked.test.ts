import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, db, readClient, sqlClient } from "@/db/client";
import { setLike } from "@/lib/interactions/service";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { closeRedis, redis } from "@/lib/platform/redis/redis";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { forgetSkeletons } from "@/lib/posts/skeletons";
import { callApi } from "@/lib/testing/api";
import { makeBlock, makeCast, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { listFeedback, listSnoozed, setFeedback, setSnooze } from "./feedback";
import { forgetPool } from "./pool";
import { setPreferences } from "./preferences";
import { getHomeFeed } from "./queries";
import { getRankedFeed } from "./ranked";
import { forgetRankings, sweepRankings } from "./rankings";
import { readRankingCursor } from "./schemas";
import { recordSeen } from "./seen";

beforeAll(() => void Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_SEEN_PER_MINUTE: "1000000" }));
beforeEach(() => {
  forgetLimits();
  forgetPool();
});
afterAll(async () => {
  closeRedis();
  await closeDatabase();
});

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
async function all(viewer: Viewer, limit = 20) {
  const found = [];
  let cursor = null;
  do {
    const slice = await getRankedFeed(viewer, { limit, cursor });
    found.push(...slice.items);
    cursor = slice.nextCursor === null ? null : readRankingCursor(slice.nextCursor);
  } while (cursor !== null);
  return found;
}
const idsOf = async (viewer: Viewer) => (await all(viewer)).map(({ post }) => post.id);
const following = async (viewer: Viewer) => (await getHomeFeed(viewer, { limit: 100, cursor: null })).items.map((post) => post.id);
const hideLikes = (post: string, count: number) => db().execute(sql`update posts set like_count_hidden = true, like_count = ${count}::int where id = ${post}::bigint`);
async function likes(post: string, count: number) {
  await db().execute(sql`update posts set like_count = ${count}::int where id = ${post}::bigint`);
}

describe("where posts come from", () => {
  it("is said: followed, liked by them, followed by them, own", async () => {
    const [reader, ada, bob, cid, dan] = [await makeUser(), await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    for (const friend of [ada, bob]) await makeFollow(reader, friend);
    for (const friend of [ada, bob]) await makeFollow(friend, cid);
    const [own, adas, cids, dans] = [await makePost(reader), await makePost(ada), await makePost(cid), await makePost(dan)];
    for (const friend of [ada, bob]) await setLike(friend, dans, true);
    forgetPool();
    const reasons = new Map((await all(reader)).map(({ post, reason }) => [post.id, `${reason.source}: ${reason.text}`]));
    expect(reasons.get(own)).toBe("own: Your own post");
    expect(reasons.get(adas)).toBe(`followed: You follow ${ada.username}`);
    expect(reasons.get(cids)).toBe("friends_of_friends: Its author is followed by 2 people you follow");
    expect(reasons.get(dans)).toBe("liked_by_followed: Liked by 2 people you follow");
    // How many followed people like it would betray what its author hides.
    await hideLikes(dans, 2);
    const hidden = (await all(reader)).find(({ post }) => post.id === dans)!;
    expect(hidden.reason.source).toBe("popular");
    const raw = await getRankedFeed(reader, { limit: 100, cursor: null, ranker: "engagement-v1" });
    expect(raw.items.find(({ post }) => post.id === dans)!.reason.terms[0]).toMatchObject({ name: "likes", value: 2 });
  });

  it("are never those that one may not or does not want to see", async () => {
    for (const isPrivate of [true, false]) {
      const { owner, follower, requester, stranger, blocked } = await makeCast({ isPrivate });
      const post = await makePost(owner);
      const inner = await makePost(owner, { audience: "followers" });
      forgetPool();
      const has = async (who: Viewer, id: string) => (await idsOf(who)).includes(id);
      expect([await has(owner, post), await has(follower, post), await has(requester, post), await has(stranger, post), await has(blocked, post)]).toEqual([true, true, false, !isPrivate, false].map((value, i) => (i === 2 ? !isPrivate : value)));
      expect([await has(owner, inner), await has(follower, inner), await has(requester, inner), await has(stranger, inner), await has(blocked, inner)]).toEqual([true, true, false, false, false]);
    }
    const [reader, author, stranger, muted] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    for (const one of [author, muted]) await makeFollow(reader, one);
    const posts = { followed: await makePost(author), strange: await makePost(stranger), muted: await makePost(muted), archived: await makePost(author), deleted: await makePost(author), held: await makePost(author, { status: "held" }) };
    await db().execute(sql`insert into mutes (muter_id, muted_id) values (${reader.id}::bigint, ${muted.id}::bigint)`);
    await db().execute(sql`update posts set archived_at = now() where id = ${posts.archived}::bigint`);
    await db().execute(sql`update posts set deleted_at = now() where id = ${posts.deleted}::bigint`);
    forgetPool();
    const shown = new Set(await idsOf(reader));
    expect(Object.entries(posts).filter(([, id]) => shown.has(id)).map(([name]) => name)).toEqual(["followed", "strange"]);
  });
});

describe("the pages of one visit", () => {
  it("fit together while likes, posts and wishes come and go, with or without the process's memory", async () => {
    const [reader, ...authors] = await Promise.all(Array.from({ length: 6 }, () => makeUser()));
    for (const author of authors) await makeFollow(reader!, author);
    const posts: string[] = [];
    for (let i = 0; i < 30; i++) posts.push(await makePost(authors[i % 5]!, { at: ago(i * 3 + 1) }));
    const first = await getRankedFeed(reader!, { limit: 7, cursor: null });
    const seen = first.items.map(({ post }) => post.id);
    const gone = posts.find((id) => !seen.includes(id))!;
    await db().execute(sql`update posts set deleted_at = now() where id = ${gone}::bigint`);
    for (let cursor = first.nextCursor; cursor !== null; ) {
      await makePost(authors[0]!);
      await likes(posts[29]!, 500 + seen.length);
      forgetRankings();
      const slice = await getRankedFeed(reader!, { limit: 7, cursor: readRankingCursor(cursor) });
      seen.push(...slice.items.map(({ post }) => post.id));
      cursor = slice.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(posts.filter((id) => !seen.includes(id))).toEqual([gone]);
    expect((await idsOf(reader!)).length).toBeGreaterThan(29);
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
    const holder = globalThis as { heliographRedis?: unknown };
    const kept = holder.heliographRedis;
    holder.heliographRedis = null;
    try {
      expect(await order()).toEqual(withIt);
    } finally {
      holder.heliographRedis = kept;
    }
    await redis()!.flushdb();
    expect(await order()).toEqual(withIt);
  });
});

describe("what a reader says", () => {
  it("sinks what was seen, once, on any device", async () => {
    const [reader, a, b] = [await makeUser(), await makeUser(), await makeUser()];
    for (const author of [a, b]) await makeFollow(reader, author);
    const [first, second] = [await makePost(a, { at: ago(1) }), await makePost(b, { at: ago(2) })];
    const own = await makePost(reader);
    const mine = async () => (await idsOf(reader)).filter((id) => id === first || id === second);
    expect(await mine()).toEqual([first, second]);
    const hidden = await makePost(await makeUser({ isPrivate: true }));
    const old = await makePost(a, { at: ago(24 * 300) });
    expect(await recordSeen(reader, [first, first, own, hidden, old, "1", "9223372036854775807"])).toEqual([first]);
    expect(await recordSeen(reader, [first])).toEqual([]);
    expect(await mine()).toEqual([second, first]);
  });

  it("hides what does not interest, and snoozed people, from both orders, until it is taken back", async () => {
    const [reader, friend, stranger] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(reader, friend);
    const [one, two, strange] = [await makePost(friend), await makePost(friend), await makePost(stranger)];
    forgetPool();
    await setFeedback(reader, "not_interested", one, true);
    await setFeedback(reader, "not_interested", one, true);
    expect(await following(reader)).toEqual([two]);
    expect(await idsOf(reader)).not.toContain(one);
    expect((await listFeedback(reader, "not_interested")).map((post) => post.id)).toEqual([one]);
    await setFeedback(reader, "not_interested", one, false);
    expect(await following(reader)).toEqual([two, one]);
    for (const person of [friend, stranger]) expect(Date.parse((await setSnooze(reader, person.id, true))!)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect(await following(reader)).toEqual([]);
    const shown = await idsOf(reader);
    expect([one, two, strange].filter((id) => shown.includes(id))).toEqual([]);
    expect((await listSnoozed(reader)).map(({ user }) => user.id).toSorted()).toEqual([friend.id, stranger.id].toSorted());
    // Nobody else's feed changes, and a month later it is over.
    const other = await makeUser();
    await makeFollow(other, friend);
    expect(await following(other)).toEqual([two, one]);
    await db().execute(sql`update feed_feedback set until = now() where user_id = ${reader.id}::bigint and subject_id = ${stranger.id}::bigint`);
    expect(await idsOf(reader)).toContain(strange);
    await setSnooze(reader, friend.id, false);
    expect(await following(reader)).toEqual([two, one]);
  });

  it("shows fewer like a post: by its author, and with its tags", async () => {
    const [reader, a, b, c] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    for (const author of [a, b, c]) await makeFollow(reader, author);
    const [unloved, ofA, tagged, plain] = [await makePost(a, { at: ago(9) }), await makePost(a, { at: ago(1) }), await makePost(b, { at: ago(1) }), await makePost(c, { at: ago(2) })];
    const [tag] = await db().execute<{ id: string }>(sql`insert into tags (name) values (${`cats${reader.id}`}) returning id`);
    await db().execute(sql`insert into post_tags (tag_id, post_id) select ${tag!.id}::bigint, unnest(array[${unloved}, ${tagged}]::bigint[])`);
    await setFeedback(reader, "fewer", unloved, true);
    const ranked = (await all(reader)).filter(({ post }) => [ofA, tagged, plain].includes(post.id));
    expect(ranked.map(({ post }) => post.id)).toEqual([plain, tagged, ofA]);
    expect(ranked[2]!.reason.terms.find((term) => term.name === "fewer")).toMatchObject({ value: -4, text: "You asked for fewer posts like this" });
    expect((await callApi("POST", `/api/posts/${await makePost(reader)}/fewer`, { as: reader })).status).toBe(422);
  });

  it("turns the order by its sliders at once", async () => {
    const [reader, friend, star] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(reader, friend);
    const [near, far] = [await makePost(friend, { at: ago(3) }), await makePost(star, { at: ago(3) })];
    await likes(far, 40);
    forgetPool();
    const order = async () => (await idsOf(reader)).filter((id) => id === near || id === far);
    await setPreferences(reader, { discovery: 0 });
    expect(await order()).toEqual([near, far]);
    expect(await setPreferences(reader, { discovery: 1 })).toEqual({ order: "following", discovery: 1, best: 0.5, video: 0.5 });
    expect(await order()).toEqual([far, near]);
  });
});

describe("Following", () => {
  it("holds only people one follows and oneself, whatever the graph", async () => {
    const people = await Promise.all(Array.from({ length: 7 }, (_, i) => makeUser({ isPrivate: i % 3 === 0 })));
    for (const person of people) for (let i = 0; i < 2; i++) await makePost(person, { audience: i ? "followers" : "everyone" });
    const edge = fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.constantFrom("active", "requested", "block", "mute", "snooze"));
    await fc.assert(fc.asyncProperty(fc.array(edge, { maxLength: 25 }), async (edges) => {
      await db().execute(sql`delete from follows`);
      await db().execute(sql`delete from blocks`);
      await db().execute(sql`delete from mutes`);
      await db().execute(sql`delete from feed_feedback`);
      for (const [from, to, kind] of edges) {
        const [a, b] = [people[from]!, people[to]!];
        if (a === b) continue;
        if (kind === "block") await db().execute(sql`insert into blocks (blocker_id, blocked_id) values (${a.id}::bigint, ${b.id}::bigint) on conflict do nothing`);
        else if (kind === "mute") await db().execute(sql`insert into mutes (muter_id, muted_id) values (${a.id}::bigint, ${b.id}::bigint) on conflict do nothing`);
        else if (kind === "snooze") await setSnooze(a, b.id, true).catch(() => {});
        else await db().execute(sql`insert into follows (follower_id, followee_id, state) values (${a.id}::bigint, ${b.id}::bigint, ${kind}) on conflict do nothing`);
      }
      await db().execute(sql`update users u set following_count = (select count(*) from follows where follower_id = u.id and state = 'active')`);
      forgetPool();
      for (const reader of people.slice(0, 4)) {
        const allowed = new Set([reader.id, ...(await db().execute<{ id: string }>(sql`select followee_id::text as id from follows where follower_id = ${reader.id}::bigint and state = 'active'`)).map((row) => row.id)]);
        const answer = await callApi("GET", "/api/feed?limit=100", { as: reader });
        const posts = answer.body.posts as { id: string; user_id: string; created_at: string }[];
        // Nothing but posts, and none that anybody put there.
        expect(Object.keys(answer.body).toSorted()).toEqual(["pagination", "posts"]);
        expect(posts.filter((post) => !allowed.has(post.user_id))).toEqual([]);
        expect(posts.map((post) => BigInt(post.id))).toEqual(posts.map((post) => BigInt(post.id)).toSorted((a, b) => (a < b ? 1 : -1)));
        // In "For you" everybody else is public, and said to be no followed one.
        for (const { post, reason } of (await getRankedFeed(reader, { limit: 100, cursor: null })).items) expect(["own", "followed"].includes(reason.source)).toBe(allowed.has(post.user_id));
      }
    }), { numRuns: 25, interruptAfterTimeLimit: 15_000 });
  });
});

describe("GET /api/feed/algorithmic", () => {
  it("answers posts with scores and reasons, pages, and takes a ranker", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const ids = [await makePost(author, { at: ago(2) }), await makePost(author, { at: ago(30) }), await makePost(author, { at: ago(50) })];
    await likes(ids[0]!, 50);
    await likes(ids[1]!, 900);
    const golden = await callApi("GET", "/api/feed/algorithmic?ranker=engagement-v1&limit=100", { as: reader });
    expect(golden.status).toBe(200);
    const { posts, scores, reasons } = golden.body as { posts: { id: string }[]; scores: number[]; reasons: { source: string; terms: { value: number }[] }[] };
    expect([scores.length, reasons.length]).toEqual([posts.length, posts.length]);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores[posts.findIndex((post) => post.id === ids[0])]).toBeCloseTo(100 + 1000 / 3, 0);
    for (const [i, reason] of reasons.entries()) expect(reason.terms.reduce((sum, term) => sum + term.value, 0)).toBeCloseTo(scores[i]!, 1);
    const page = await callApi("GET", "/api/feed/algorithmic?limit=1", { as: reader });
    const next = await callApi("GET", `/api/feed/algorithmic?limit=1&cursor=${page.body.pagination.next_cursor}`, { as: reader });
    expect(next.body.posts[0].id).not.toBe(page.body.posts[0].id);
    for (const query of ["ranker=best", "limit=0", "cursor=x", `cursor=${Buffer.from("kr99999999999999999999-1").toString("base64url")}`]) expect((await callApi("GET", `/api/feed/algorithmic?${query}`, { as: reader })).status).toBe(422);
    expect((await callApi("GET", "/api/feed/algorithmic")).status).toBe(401);
  });

  it("takes the same few statements however many people, posts and wishes", async () => {
    const reader = await makeUser();
    const authors = await Promise.all(Array.from({ length: 40 }, () => makeUser()));
    let statements = 0;
    const clients = [readClient(), sqlClient() as unknown as { unsafe: (...args: never[]) => unknown }] as { unsafe: (...args: never[]) => unknown }[];
    const originals = clients.map((client) => client.unsafe.bind(client));
    clients.forEach((client, i) => (client.unsafe = (...args: never[]) => {
      statements += 1;
      return originals[i]!(...args);
    }));
    const count = async () => {
      await getRankedFeed(reader, { limit: 20, cursor: null });
      const before = statements;
      forgetSkeletons();
      await getRankedFeed(reader, { limit: 20, cursor: null });
      return statements - before;
    };
    await makeFollow(reader, authors[0]!);
    await makePost(authors[0]!);
    const few = await count();
    for (const author of authors.slice(1)) await makeFollow(reader, author);
    for (const author of authors) for (let i = 0; i < 4; i++) await setLike(reader, await makePost(author), true);
    await setSnooze(reader, authors[3]!.id, true);
    const many = await count();
    clients.forEach((client, i) => (client.unsafe = originals[i]! as never));
    expect(few).toBeGreaterThan(3);
    expect(many).toBeLessThanOrEqual(few);
    // Of which two read what lasts of the posts, when it is not known.
    expect(many).toBeLessThanOrEqual(10);
  });
});
