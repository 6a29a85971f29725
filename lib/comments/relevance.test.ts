import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { say, useComments, words } from "@/lib/testing/comments";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { setCommentLike } from "./likes";
import { setCommentPinned } from "./moderate";
import { listComments } from "./queries";
import { addComment, deleteComment } from "./service";

useComments();

describe("the order of relevance", () => {
  it("is pinned, the author's, near ones, then liked and fresh", async () => {
    const [owner, viewer, friend, stranger] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(viewer, friend);
    const post = await makePost(owner);
    const age = (id: string, hours: number) => db().execute(sql`update comments set created_at = now() - make_interval(hours => ${hours}::int) where id = ${id}::bigint`);
    const add = async (who: Viewer, content: string, hours: number, likes = 0) => {
      const { id } = await addComment(who, post, say(content), null);
      await age(id, hours);
      for (let i = 0; i < likes; i++) await setCommentLike(await makeUser(), id, true);
      return id;
    };
    await add(stranger, "old", 30);
    await add(stranger, "liked", 24, 3);
    await add(friend, "friend", 50);
    await add(owner, "author", 60);
    const pin = await add(stranger, "pin", 70);
    await add(stranger, "fresh", 10);
    await setCommentPinned(owner, pin, true);
    expect(await words(viewer, post, { sort: "relevance" })).toEqual(["pin", "author", "friend", "fresh", "liked", "old"]);
    expect(await words(null, post, { sort: "relevance" })).toEqual(["pin", "author", "fresh", "liked", "old", "friend"]);
    expect(await words(stranger, post, { sort: "newest" })).toEqual(["fresh", "pin", "author", "friend", "liked", "old"]);
  });

  it("pages to its end without gap or repeat while comments come, go and are pinned", async () => {
    const [owner, viewer, friend, stranger] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(viewer, friend);
    const post = await makePost(owner);
    // More than are ranked.
    await db().execute(sql`
      insert into comments (post_id, user_id, content, like_count, created_at)
      select ${post}::bigint, (array[${owner.id}::bigint, ${friend.id}::bigint, ${stranger.id}::bigint])[1 + n % 3], 'c' || n, 0, now() - make_interval(mins => 600 - n) from generate_series(1, 460) n`);
    await db().execute(sql`update posts set comment_count = 460 where id = ${post}::bigint`);
    const before = [...(await db().execute<{ id: string; content: string }>(sql`select id, content from comments where post_id = ${post}::bigint order by id`))];
    for (const id of [before[5]!.id, before[300]!.id]) await setCommentPinned(owner, id, true);
    const read: string[] = [];
    const gone = new Set<string>();
    for (let cursor: Awaited<ReturnType<typeof listComments>>["nextCursor"] = null, page = 0; ; page++) {
      const slice = await listComments(viewer, post, { limit: 20, cursor, sort: "relevance" });
      read.push(...slice.items.map(({ id }) => id));
      cursor = slice.nextCursor;
      if (cursor === null) break;
      await addComment(stranger, post, say(`new ${page}`), null);
      // One that was read, and one that was not yet.
      for (const victim of [slice.items[0]!.id, before.find(({ id }) => !read.includes(id) && !gone.has(id))?.id]) {
        if (victim === undefined) continue;
        gone.add(victim);
        await deleteComment(owner, victim);
      }
      if (page === 3) await setCommentPinned(owner, before.findLast(({ id }) => !read.includes(id) && !gone.has(id))!.id, true);
    }
    expect(new Set(read).size).toBe(read.length);
    expect(before.filter(({ id }) => !read.includes(id) && !gone.has(id))).toEqual([]);
  }, 60_000);
});
