import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { db, readClient } from "@/db/client";
import type { Page, Slice } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { isPostVisible } from "@/lib/platform/visibility/visibility";
import { makeBlock, makeCast, makeCircle, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { getPlace, isPlaceIndexed } from "./collections";
import { hydratePosts } from "./hydrate";
import { ensurePlace } from "./places";
import { indexPost } from "./tagging";
import { getVisiblePost, getVisiblePostRef, listPlacePosts, listPostsOf, listTagPosts } from "./queries";
import type { PostView } from "./types";

afterEach(() => vi.restoreAllMocks());

const all = { limit: 100, cursor: null };
type Lister = (page: Page) => Promise<Slice<PostView>>;

async function readToEnd(list: Lister, limit: number, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const slice: Slice<PostView> = await list({ limit, cursor });
    expect(slice.items.length).toBeLessThanOrEqual(limit);
    ids.push(...slice.items.map((post) => post.id));
    if (slice.nextCursor === null) return ids;
    cursor = slice.nextCursor;
    await between();
  }
}

const atPlace = async (postId: string, name: string) => {
  const place = await ensurePlace(db(), { name, latitude: null, longitude: null });
  await db().execute(sql`update posts set place_id = ${place}::bigint where id = ${postId}::bigint`);
  return place;
};

describe("pages that search engines read", () => {
  it("show visitors nothing of those who do not want to be found, and leave the rest as it is", async () => {
    const [open, shy, reader] = [await makeUser(), await makeUser(), await makeUser()];
    await db().execute(sql`insert into privacy_settings (user_id, is_indexed) values (${shy.id}::bigint, false), (${open.id}::bigint, true)`);
    const make = async (author: Viewer) => { const id = await makePost(author, { caption: "#engines" }); await indexPost(id); return id; };
    const [first, hidden, second, elsewhere] = [await make(open), await make(shy), await make(open), await make(shy)];
    let place = "";
    for (const id of [first, hidden, second]) place = await atPlace(id, "Engines");
    const alone = await atPlace(elsewhere, "Engines, alone");
    for (const sort of ["recent", "top"] as const) {
      const read = (viewer: Viewer | null, indexed: boolean) => Promise.all([
        readToEnd((page) => listTagPosts(viewer, "engines", { ...page, indexed }, sort), 1), readToEnd((page) => listPlacePosts(viewer, place, { ...page, indexed }, sort), 1),
      ]);
      expect(await read(null, true)).toEqual([[second, first], [second, first]]);
      for (const [viewer, indexed] of [[null, false], [reader, true], [shy, true]] as const) expect(await read(viewer, indexed)).toEqual([[elsewhere, second, hidden, first], [second, hidden, first]]);
    }
    expect([await isPlaceIndexed(place), await isPlaceIndexed(alone)]).toEqual([true, false]);
  });
});

describe("who sees which post", () => {
  it.each([true, false])("follows the rule on every list (private account: %s)", async (isPrivate) => {
    const { owner, follower, requester, stranger, blocked } = await makeCast({ isPrivate });
    const [friend, member, outcast] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(friend, owner);
    const circle = await makeCircle(owner, [friend, member, outcast]);
    await makeBlock(outcast, owner);
    const people: [Viewer | null, { isSelf: boolean; follows: boolean; blocksEither: boolean; inCircle: boolean }][] = [
      [owner, { isSelf: true, follows: false, blocksEither: false, inCircle: false }], [follower, { isSelf: false, follows: true, blocksEither: false, inCircle: false }],
      [requester, { isSelf: false, follows: false, blocksEither: false, inCircle: false }], [stranger, { isSelf: false, follows: false, blocksEither: false, inCircle: false }],
      [blocked, { isSelf: false, follows: false, blocksEither: true, inCircle: false }], [null, { isSelf: false, follows: false, blocksEither: false, inCircle: false }],
      [friend, { isSelf: false, follows: true, blocksEither: false, inCircle: true }], [member, { isSelf: false, follows: false, blocksEither: false, inCircle: true }],
      [outcast, { isSelf: false, follows: false, blocksEither: true, inCircle: true }],
    ];
    const kinds = (["processing", "published", "failed", "held"] as const).flatMap((status) => (["everyone", "followers", "circles"] as const).map((audience) => ({ status, audience })));
    const posts: { id: string; status: PostView["status"]; audience: PostView["audience"]; isArchived: boolean; isDeleted: boolean }[] = [];
    let place = "";
    for (const kind of kinds) {
      const id = await makePost(owner, { ...kind, caption: `#matrix${isPrivate}`, ...(kind.audience === "circles" ? { circles: [circle] } : {}) });
      place = await atPlace(id, `Matrix ${isPrivate}`);
      await indexPost(id);
      posts.push({ id, ...kind, isArchived: false, isDeleted: false });
    }
    for (const [viewer, relation] of people) {
      const visible = posts.filter((post) => isPostVisible(post, { isPrivate, isGone: false }, relation)).map((post) => post.id);
      expect((await hydratePosts(viewer, posts.map((post) => post.id))).map((post) => post.id)).toEqual(visible);
      for (const post of posts) {
        const isSeen = visible.includes(post.id);
        await expect(getVisiblePost(viewer, post.id).then(() => true, (e) => e.code !== "not_found")).resolves.toBe(isSeen);
        await expect(getVisiblePostRef(db(), viewer, post.id).then(() => true, (e) => e.code !== "not_found")).resolves.toBe(isSeen);
      }
      const listed = visible.filter((id) => posts.find((post) => post.id === id)!.status === "published").reverse();
      expect((await listTagPosts(viewer, `matrix${isPrivate}`, all)).items.map((p) => p.id)).toEqual(listed);
      expect((await listTagPosts(viewer, `matrix${isPrivate}`, all, "top")).items.map((p) => p.id)).toEqual(listed);
      const placed = () => listPlacePosts(viewer, place, all).then((slice) => slice.items.map((p) => p.id));
      if (listed.length > 0) expect(await placed()).toEqual(listed);
      else await expect(placed()).rejects.toMatchObject({ code: "not_found" });
      const mine = () => listPostsOf(viewer, owner.id, all).then((slice) => slice.items.map((p) => p.id));
      if (relation.isSelf) expect(await mine()).toEqual([...visible].reverse());
      else if (relation.blocksEither || (isPrivate && !relation.follows)) await expect(mine()).rejects.toMatchObject({ code: "not_found" });
      else expect(await mine()).toEqual(listed);
    }
    await expect(listPostsOf(null, "12345", all)).rejects.toMatchObject({ code: "not_found" });
  });

  it("tells what the viewer did, and keeps the author's own figures to the author", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const id = await makePost(ada, { likeCountHidden: true, photos: 2 });
    await db().execute(sql`insert into likes (post_id, user_id) values (${id}::bigint, ${bob.id}::bigint)`);
    await db().execute(sql`insert into saves (post_id, user_id) values (${id}::bigint, ${bob.id}::bigint)`);
    await db().execute(sql`update posts set like_count = 1, save_count = 1 where id = ${id}::bigint`);
    expect(await getVisiblePost(bob, id)).toMatchObject({ like_count: null, is_liked: true, is_saved: true });
    const own = await getVisiblePost(ada, id);
    expect(own).toMatchObject({ like_count: 1, save_count: 1, is_liked: false, is_saved: false, content_type: "carousel", user: { id: ada.id, username: ada.username } });
    expect(own.image_url).toBe(own.media[0]!.urls["1080"]);
    expect(await getVisiblePost(null, id)).not.toHaveProperty("save_count");
  });

  it("gives addresses that expire to those who may see what is not public, and none of them to others", async () => {
    const { owner, follower } = await makeCast();
    const id = await makePost(owner);
    const open = await makePost(await makeUser());
    const [one, two] = [await getVisiblePost(follower, id), await getVisiblePost(owner, id)];
    expect(one.image_url).toMatch(/\?.*s=/);
    expect(one.image_url).not.toBe(two.image_url);
    expect((await getVisiblePost(follower, open)).image_url).not.toContain("?");
    await db().execute(sql`update users set is_private = false where id = ${owner.id}::bigint`);
    expect((await getVisiblePost(follower, id)).image_url).not.toContain("?");
    await db().execute(sql`update users set is_private = true where id = ${owner.id}::bigint`);
    expect((await getVisiblePost(follower, id)).image_url).toContain("?");
  });

  it("does not tell where one author's place lies from another's post", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const [a, b, c] = [await makePost(ada), await makePost(bob), await makePost(bob)];
    const exact = await ensurePlace(db(), { name: "Home", latitude: 48.85661, longitude: 2.35222 });
    expect(await ensurePlace(db(), { name: "HOME", latitude: 48.856611, longitude: 2.352221 })).toBe(exact);
    await db().execute(sql`update posts set place_id = ${exact}::bigint where id = ${a}::bigint`);
    const bare = await atPlace(b, "home");
    expect(await atPlace(c, "ＨＯＭＥ")).toBe(bare);
    expect((await getVisiblePost(null, b)).location).toEqual({ id: bare, name: "home", latitude: null, longitude: null });
    expect(await getPlace(null, exact)).toMatchObject({ latitude: 48.85661 });
  });
});

describe("reading a page", () => {
  it("takes the same few statements however many posts it has", async () => {
    const [viewer, author] = [await makeUser(), await makeUser()];
    await makeFollow(viewer, author);
    const ids: string[] = [];
    for (let i = 0; i < 30; i++) ids.push(await makePost(author, { photos: (i % 3) + 1, caption: "#many" }));
    const naming: string[] = [];
    for (let i = 0; i < 30; i++) naming.push(await makePost(author, { caption: `With @people${i} and @others` }));
    await db().execute(sql`update posts set updated_at = now() - interval '1 hour'`);
    const statements = vi.spyOn(readClient(), "unsafe");
    const count = async (work: () => Promise<unknown>) => {
      statements.mockClear();
      await work();
      return statements.mock.calls.length;
    };
    expect(await count(() => hydratePosts(viewer, ids.slice(0, 1)))).toBe(3);
    expect(await count(() => hydratePosts(viewer, ids))).toBe(3);
    expect(await count(() => hydratePosts(viewer, ids))).toBe(1);
    // One more, beside the others, for all the people whom captions name.
    expect(await count(() => hydratePosts(viewer, naming.slice(0, 1)))).toBe(3 + 1);
    expect(await count(() => hydratePosts(viewer, naming))).toBe(3 + 1);
    expect(await count(() => hydratePosts(viewer, naming))).toBe(2);
    expect(await count(() => listPostsOf(viewer, author.id, all))).toBe(3);
  });

  it("reaches the end without gap or repeat while posts come and go", async () => {
    const author = await makeUser();
    const reader = await makeUser();
    const lists: Record<string, Lister> = {
      person: (page) => listPostsOf(reader, author.id, page),
      own: (page) => listPostsOf(author, author.id, page),
      tag: (page) => listTagPosts(reader, "steady", page),
    };
    const step = fc.constantFrom("post", "process", "delete-new", "none");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(lists)), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 23 }), fc.array(step, { maxLength: 20 }), async (name, limit, size, steps) => {
        await db().execute(sql`update posts set deleted_at = now() where author_id = ${author.id}::bigint and deleted_at is null`);
        const make = async (status: "published" | "processing" = "published") => {
          const id = await makePost(author, { caption: "#steady", status, photos: 0 });
          await indexPost(id);
          return id;
        };
        const before: string[] = [];
        for (let i = 0; i < size; i++) before.push(await make());
        const removed = new Set<string>();
        const read = await readToEnd(lists[name]!, limit, async () => {
          const what = steps.shift();
          if (what === "post") await make();
          if (what === "process") await make("processing");
          if (what === "delete-new" && before.length > 0) {
            const gone = before[Math.floor(before.length / 2)]!;
            removed.add(gone);
            await db().execute(sql`update posts set deleted_at = now() where id = ${gone}::bigint`);
          }
        });
        expect(new Set(read).size).toBe(read.length);
        const stayed = before.filter((id) => !removed.has(id)).reverse();
        expect(read.filter((id) => stayed.includes(id))).toEqual(stayed);
      }),
      { numRuns: 40 },
    );
  });

  it("puts the well-liked first when asked, and goes on from there", async () => {
    const author = await makeUser();
    const ids: string[] = [];
    for (let i = 0; i < 9; i++) {
      const id = await makePost(author, { caption: "#ranked" });
      await db().execute(sql`update posts set like_count = ${(i * 7) % 5} where id = ${id}::bigint`);
      await indexPost(id);
      ids.push(id);
    }
    const wanted = ids.map((id, i) => ({ id, score: (i * 7) % 5, i })).sort((a, b) => b.score - a.score || b.i - a.i).map((post) => post.id);
    expect(await readToEnd((page) => listTagPosts(null, "#RANKED", page, "top"), 2)).toEqual(wanted);
    expect(await readToEnd((page) => listTagPosts(null, "ranked", page), 4)).toEqual([...ids].reverse());
    expect((await listTagPosts(null, "neverused", all)).items).toEqual([]);
    await expect(listTagPosts(null, "two words", all)).rejects.toMatchObject({ code: "not_found" });
  });

  it("understands the offsets of older clients", async () => {
    const author = await makeUser();
    const ids = [await makePost(author), await makePost(author), await makePost(author, { status: "processing" }), await makePost(author)];
    const own = await listPostsOf(author, author.id, { limit: 2, cursor: null, offset: 1 });
    expect(own.items.map((post) => post.id)).toEqual([ids[2], ids[1]]);
    expect((await listPostsOf(null, author.id, { limit: 2, cursor: null, offset: 1 })).items.map((post) => post.id)).toEqual([ids[1], ids[0]]);
    expect((await listPostsOf(null, author.id, { limit: 2, cursor: null, offset: 9 })).items).toEqual([]);
  });
});
