import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { getHomeFeed } from "@/lib/feed/queries";
import { setLike } from "@/lib/interactions/service";
import { registry } from "@/lib/jobs";
import { forgetAccess, readAccess } from "@/lib/media/access";
import { storeUploadedImage } from "@/lib/media/receive";
import { checkInvariants } from "@/lib/platform/doctor/invariants";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { storage } from "@/lib/platform/storage/storage";
import { makeFollow, makePost, makePosts, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { quarters } from "@/lib/testing/pictures";
import { playRounds } from "@/lib/testing/rounds";
import { getTag } from "./collections";
import { listPinned } from "./pins";
import { getVisiblePost, listPostsOf } from "./queries";
import { purgeDeleted } from "./remove";
import { listArchived, listDeleted } from "./restore";
import { createPostSchema, editPostSchema } from "./schemas";
import { createPost, deletePost, editPost, purgeNow, restorePost, setPinned, setPins } from "./service";
import { indexPost } from "./tagging";

beforeAll(() => installJobs(registry));
beforeEach(forgetLimits);

const all = { limit: 50, cursor: null };
const archive = (author: { id: string }, id: string, is_archived: boolean) => editPost(author, id, editPostSchema.parse({ is_archived }));
const inFeed = async (viewer: { id: string }) => (await getHomeFeed(viewer, all)).items.map((post) => post.id);
const ids = (posts: { id: string }[]) => posts.map((post) => post.id);
const broken = async () => (await checkInvariants()).filter((finding) => !finding.ok && finding.name !== "next month's partition of posts exists").map((finding) => `${finding.name}: ${finding.detail}`);
/** What two requests at once may say to each other. */
const unless = (...codes: string[]) => (error: { code?: string }) => { if (!codes.includes(error.code ?? "")) throw error; };

describe("a deleted post", () => {
  it("comes back as it was: likes, counts, tags, feeds", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    await makeFollow(bob, ada);
    const id = await makePost(ada, { caption: "#phoenix" });
    await indexPost(id);
    await setLike(bob, id, true);
    await deletePost(ada, id);
    await drainJobs(registry);
    expect([(await getTag("phoenix")).post_count, await inFeed(bob)]).toEqual([0, []]);
    for (let i = 0; i < 2; i++) expect(await restorePost(ada, id)).toMatchObject({ id, like_count: 1, status: "published" });
    await drainJobs(registry);
    expect([(await getTag("phoenix")).post_count, await inFeed(bob), (await getVisiblePost(bob, id)).is_liked]).toEqual([1, [id], true]);
    expect(await broken()).toEqual([]);
  });

  it("goes on where its photos are by now", async () => {
    const ada = await makeUser();
    for (const [state, status] of [["ready", "published"], ["failed", "failed"]] as const) {
      const id = await makePost(ada, { status: "processing" });
      await db().execute(sql`update media set state = 'processing' where post_id = ${id}::bigint`);
      await deletePost(ada, id);
      // Nobody hears of what becomes of the photos of a deleted post.
      await db().execute(sql`update media set state = ${state} where post_id = ${id}::bigint`);
      expect(await restorePost(ada, id)).toMatchObject({ id, status });
    }
    expect(await broken()).toEqual([]);
  });

  it("is seen by its author alone, with its photo, for thirty days", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const posts = [await makePost(ada, { caption: "One" }), await makePost(ada, { caption: "Two" }), await makePost(ada)];
    const { media: [photo] } = await getVisiblePost(ada, posts[0]!);
    for (const id of posts) await deletePost(ada, id);
    const first = await listDeleted(ada, { limit: 2, cursor: null });
    expect(ids(first.items.map((item) => item.post))).toEqual([posts[2], posts[1]]);
    const { items: [last], nextCursor } = await listDeleted(ada, { limit: 2, cursor: first.nextCursor });
    expect([last!.post.id, nextCursor, Date.parse(last!.purged_at) - Date.parse(last!.deleted_at)]).toEqual([posts[0], null, 30 * 86_400_000]);
    expect(last!.post.thumbnail_url).toContain("s=");
    expect((await listDeleted(bob, all)).items).toEqual([]);
    forgetAccess();
    expect(await readAccess(photo!.id, ada.id, "v1")).toMatchObject({ isPublic: false, viewerMay: true });
    expect(await readAccess(photo!.id, bob.id, "v1")).toMatchObject({ isPublic: false, viewerMay: false });
    for (const work of [restorePost, purgeNow]) await expect(work(bob, posts[0]!)).rejects.toMatchObject({ code: "not_found" });
    await db().execute(sql`update posts set deleted_at = now() - interval '31 days' where id = ${posts[0]!}::bigint`);
    expect((await listDeleted(ada, all)).items).toHaveLength(2);
  });

  it("goes for good with its files, earlier photos too, at once or after thirty days", async () => {
    const ada = await makeUser();
    const upload = async () => storeUploadedImage(ada as never, [await quarters(120, 80).jpeg().toBuffer()] as never, "post");
    const make = async () => {
      const post = await createPost(ada, createPostSchema.parse({ media: [{ id: await upload() }] }), null);
      await drainJobs(registry);
      await editPost(ada, post.id, editPostSchema.parse({ media: [{ id: await upload(), replaces: post.media[0]!.id }] }));
      await drainJobs(registry);
      return post.id;
    };
    const files = async (): Promise<string[]> => {
      const rows = await db().execute<{ id: string }>(sql`select id from media where owner_id = ${ada.id}::bigint`);
      const found: string[] = [];
      for (const { id } of rows) for (const prefix of [`originals/${id}/`, `media/${id}/`]) for await (const { key } of storage().list(prefix)) found.push(key);
      return found;
    };
    const [now, later] = [await make(), await make()];
    const before = await files();
    expect(before.length).toBeGreaterThan(8);
    await expect(purgeNow(ada, now)).rejects.toMatchObject({ code: "not_found" });
    for (const id of [now, later]) await deletePost(ada, id);
    await purgeNow(ada, now);
    await expect(restorePost(ada, now)).rejects.toMatchObject({ code: "not_found" });
    await db().execute(sql`update posts set deleted_at = now() - interval '31 days' where id = ${later}::bigint`);
    expect(await purgeDeleted()).toBeGreaterThan(0);
    await drainJobs(registry);
    expect((await db().execute(sql`select 1 from media where owner_id = ${ada.id}::bigint`)).length).toBe(0);
    for (const key of before) expect(await storage().head(key)).toBeNull();
  });
});

describe("the archive", () => {
  it("keeps a post from everybody else, and shows it again where it was", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    await makeFollow(bob, ada);
    const [old, id] = [await makePost(ada), await makePost(ada)];
    await archive(ada, id, true);
    await drainJobs(registry);
    expect([ids((await listArchived(ada, all)).items), (await listArchived(bob, all)).items, await inFeed(bob)]).toEqual([[id], [], [old]]);
    await archive(ada, id, false);
    await drainJobs(registry);
    expect([(await listArchived(ada, all)).items, await inFeed(bob)]).toEqual([[], [id, old]]);
  });
});

describe("pinned posts", () => {
  it("stand at the top, three at most, in the order wanted; the oldest makes room", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const posts = [await makePost(ada), await makePost(ada), await makePost(ada), await makePost(ada), await makePost(ada)];
    const [a, b, c, d] = posts as [string, string, string, string];
    for (const id of [a, b, c]) expect(await setPinned(ada, id, true)).toMatchObject({ pinned: true, unpinned: null });
    expect(await setPinned(ada, a, true)).toEqual({ pinned: true, pinned_ids: [c, b, a], unpinned: null });
    expect(await setPinned(ada, d, true)).toEqual({ pinned: true, pinned_ids: [d, c, b], unpinned: a });
    expect(await setPins(ada, [a, d, b])).toEqual({ pinned_ids: [a, d, b] });
    expect((await listPinned(bob, ada.id)).map((post) => [post.id, post.is_pinned])).toEqual([[a, true], [d, true], [b, true]]);
    expect(ids((await listPostsOf(bob, ada.id, { ...all, unpinned: true })).items)).toEqual([posts[4], c]);
    expect((await listPostsOf(null, ada.id, all)).items).toHaveLength(5);
    await archive(ada, a, true);
    await deletePost(ada, d);
    expect(ids(await listPinned(null, ada.id))).toEqual([b]);
    await archive(ada, a, false);
    await setPinned(ada, c, true);
    await restorePost(ada, d);
    expect(ids(await listPinned(null, ada.id))).toEqual([c, a, b]);
    await expect(setPins(ada, [await makePost(bob)])).rejects.toMatchObject({ code: "invalid" });
    await expect(setPinned(bob, a, true)).rejects.toMatchObject({ code: "forbidden" });
    await db().execute(sql`update users set is_private = true where id = ${ada.id}::bigint`);
    expect(await listPinned(bob, ada.id)).toEqual([]);
  });
});

describe("at the same time", () => {
  it("archive and delete, restore and purge, pins: counts and limits hold, hundreds of times", async () => {
    let purged = 0;
    await playRounds(300, 5, async (lane) => {
      const ada = await makeUser();
      const make = async () => {
        const id = await makePost(ada, { caption: "#race" });
        await indexPost(id);
        return id;
      };
      const pool = await Promise.all(Array.from({ length: 5 }, make));
      return async (round) => {
        const turn = (round - lane) / 5;
        const at = turn % pool.length;
        const id = pool[at]!;
        const [purging] = await Promise.all([
          purgeNow(ada, id).then(() => true, unless("not_found")),
          archive(ada, id, turn % 2 === 0).catch(unless("not_found")), deletePost(ada, id).catch(unless("not_found")),
          restorePost(ada, id).catch(unless("not_found")), setPinned(ada, id, true).catch(unless("not_found", "conflict")),
        ]);
        if (purging) {
          purged += 1;
          pool[at] = await make();
        }
        const [row] = await db().execute<{ pinned: number }>(sql`select count(*)::int as pinned from posts where author_id = ${ada.id}::bigint and pinned_at is not null and deleted_at is null and archived_at is null`);
        expect(row!.pinned).toBeLessThanOrEqual(3);
      };
    });
    await drainJobs(registry);
    expect(await broken()).toEqual([]);
    // Purged now and then, not always, or there was no race.
    expect(Math.min(purged, 300 - purged)).toBeGreaterThan(10);
  }, 240_000);

  it("a post is restored or gone for good, never half, a thousand times", async () => {
    const [all, restored]: [string[], string[]] = [[], []];
    await playRounds(1_000, 5, async () => {
      const ada = await makeUser();
      const pool = await makePosts(ada, 200, { isDeleted: true });
      all.push(...pool);
      return async (round) => {
        const id = pool.pop()!;
        const race = [() => restorePost(ada, id), () => purgeNow(ada, id)];
        const ends = await Promise.allSettled((round % 2 === 0 ? race : race.toReversed()).map((begin) => begin()));
        // Restored first, purging finds nothing deleted; purged first, there is nothing to restore.
        expect(ends.map((end) => end.status).toSorted()).toEqual(["fulfilled", "rejected"]);
        if (ends[round % 2]!.status === "fulfilled") restored.push(id);
      };
    });
    const left = await db().execute<{ id: string; is_live: boolean }>(sql`select id, deleted_at is null as is_live from posts where id = any(${`{${all.join(",")}}`}::text::bigint[])`);
    expect([...left].filter((row) => !row.is_live)).toEqual([]);
    expect([...left].map((row) => row.id).toSorted()).toEqual(restored.toSorted());
    // Each wins now and then, or there was no race.
    expect(Math.min(restored.length, 1_000 - restored.length)).toBeGreaterThan(10);
    expect(await broken()).toEqual([]);
  }, 240_000);
});
