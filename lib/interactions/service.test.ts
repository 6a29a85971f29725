import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { makeCast, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { foldCounts } from "@/lib/posts/counts";
import { listLikers, listSaved } from "./queries";
import { setLike, setSaved } from "./service";

type Cast = Awaited<ReturnType<typeof makeCast>>;

async function counts(postId: string) {
  const [row] = await db().execute<{ like_count: number; likes: number; save_count: number; saves: number }>(sql`
    select like_count, (select count(*)::int from likes where post_id = p.id) as likes,
           save_count, (select count(*)::int from saves where post_id = p.id) as saves from posts p where id = ${postId}::bigint`);
  return row!;
}

describe("liking", () => {
  let cast: Cast;
  let postId: string;
  beforeAll(async () => {
    cast = await makeCast();
    postId = await makePost(cast.owner);
  });

  it("has the effect of one however often it is pressed", async () => {
    expect(await setLike(cast.follower, postId, true)).toEqual({ liked: true, like_count: 1 });
    expect(await setLike(cast.follower, postId, true)).toEqual({ liked: true, like_count: 1 });
    expect(await setLike(cast.follower, postId, false)).toEqual({ liked: false, like_count: 0 });
    expect(await setLike(cast.follower, postId, false)).toEqual({ liked: false, like_count: 0 });
  });

  it("does not exist for those who may not see the post", async () => {
    for (const viewer of [cast.requester, cast.stranger, cast.blocked]) {
      await expect(setLike(viewer, postId, true)).rejects.toMatchObject({ code: "not_found" });
      await expect(setSaved(viewer, postId, true)).rejects.toMatchObject({ code: "not_found" });
      await expect(listLikers(viewer, postId, { limit: 20, cursor: null })).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(listLikers(null, postId, { limit: 20, cursor: null })).rejects.toMatchObject({ code: "not_found" });
    expect(await counts(postId)).toMatchObject({ likes: 0, like_count: 0, saves: 0 });
  });

  it("keeps the count to the author when it is hidden", async () => {
    const owner = await makeUser();
    const hidden = await makePost(owner, { likeCountHidden: true });
    const other = await makeUser();
    expect(await setLike(other, hidden, true)).toEqual({ liked: true, like_count: null });
    expect((await listLikers(other, hidden, { limit: 20, cursor: null })).items).toEqual([]);
    expect((await listLikers(owner, hidden, { limit: 20, cursor: null })).items).toHaveLength(1);
  });

  it("stays exact when many press at once", async () => {
    const owner = await makeUser();
    const hot = await makePost(owner);
    const people = await Promise.all(Array.from({ length: 12 }, () => makeUser()));
    await Promise.all(Array.from({ length: 240 }, (_, i) => setLike(people[i % 12]!, hot, i % 5 !== 0)));
    await foldCounts();
    const after = await counts(hot);
    expect(after.like_count).toBe(after.likes);
    await Promise.all(people.map((person) => setLike(person, hot, true)));
    await foldCounts();
    expect(await counts(hot)).toMatchObject({ likes: 12, like_count: 12 });
  });

  it("lists likers newest first without gaps, and without people the viewer may not see", async () => {
    const owner = await makeUser();
    const post = await makePost(owner);
    const people = await Promise.all(Array.from({ length: 7 }, () => makeUser()));
    for (const person of people) await setLike(person, post, true);
    const viewer = people[0]!;
    await db().execute(sql`insert into blocks (blocker_id, blocked_id) values (${people[3]!.id}::bigint, ${viewer.id}::bigint)`);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const slice = await listLikers(viewer, post, { limit: 2, cursor });
      seen.push(...slice.items.map((user) => user.id));
      cursor = slice.nextCursor;
    } while (cursor);
    expect(seen).toEqual([6, 5, 4, 2, 1, 0].map((i) => people[i]!.id));
  });
});

describe("who liked a post", () => {
  it("begins with those whom the reader follows, over every page, and for others with the newest", async () => {
    const [owner, reader] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const people = await Promise.all(Array.from({ length: 6 }, () => makeUser()));
    for (const person of people) await setLike(person, post, true);
    await makeFollow(reader, people[0]!);
    await makeFollow(reader, people[2]!);
    // Asked for is not followed yet, and being followed is not following.
    await makeFollow(reader, people[1]!, "requested");
    await makeFollow(people[3]!, reader);
    const read = async (viewer: typeof reader | null) => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const slice = await listLikers(viewer, post, { limit: 2, cursor });
        seen.push(...slice.items.map(({ id }) => id));
        cursor = slice.nextCursor;
      } while (cursor);
      return seen.map((id) => people.findIndex((person) => person.id === id));
    };
    expect(await read(reader)).toEqual([2, 0, 5, 4, 3, 1]);
    expect(await read(owner)).toEqual([5, 4, 3, 2, 1, 0]);
    expect(await read(null)).toEqual([5, 4, 3, 2, 1, 0]);
  });
});

describe("saving", () => {
  it("is the saver's own, passes over what can no longer be seen, and can always be undone", async () => {
    const owner = await makeUser({ isPrivate: true });
    const reader = await makeUser();
    await makeFollow(reader, owner);
    const posts = [await makePost(owner), await makePost(owner), await makePost(owner)];
    for (const post of posts) await setSaved(reader, post, true);
    await setSaved(reader, posts[0]!, true);
    expect(await counts(posts[0]!)).toMatchObject({ saves: 1, save_count: 1 });
    expect((await listSaved(reader, { limit: 2, cursor: null })).items.map((post) => post.id)).toEqual([posts[2], posts[1]]);
    await db().execute(sql`update posts set deleted_at = now() where id = ${posts[1]!}::bigint`);
    expect((await listSaved(reader, { limit: 2, cursor: null })).items.map((post) => post.id)).toEqual([posts[2], posts[0]]);
    await db().execute(sql`delete from follows where follower_id = ${reader.id}::bigint`);
    expect((await listSaved(reader, { limit: 2, cursor: null })).items).toEqual([]);
    expect(await setSaved(reader, posts[2]!, false)).toEqual({ saved: false });
    expect(await counts(posts[2]!)).toMatchObject({ saves: 0, save_count: 0 });
    await expect(setSaved(reader, posts[2]!, false)).rejects.toMatchObject({ code: "not_found" });
  });
});
