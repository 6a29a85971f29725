import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db, readClient, sqlClient } from "@/db/client";
import { setLike } from "@/lib/interactions/service";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { forgetSkeletons } from "@/lib/posts/skeletons";
import { callApi } from "@/lib/testing/api";
import { makeCast, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { ago, all, idsOf, likes, useRankedFeed } from "@/lib/testing/ranked-pages";
import { setSnooze } from "./feedback";
import { forgetPool } from "./pool";
import { getRankedFeed } from "./ranked";

useRankedFeed();

const hideLikes = (post: string, count: number) => db().execute(sql`update posts set like_count_hidden = true, like_count = ${count}::int where id = ${post}::bigint`);

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
