import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { listExplore } from "@/lib/explore/queries";
import { addToCircle, block, deleteCircle, follow, removeFromCircle, unblock } from "@/lib/graph/service";
import { addComment } from "@/lib/comments/service";
import { setLike } from "@/lib/interactions/service";
import { readAccess } from "@/lib/media/access";
import { registry } from "@/lib/jobs";
import { listNotifications } from "@/lib/notifications/queries";
import { A_FOLLOWER } from "@/lib/platform/visibility/visibility";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getProfile, listUsers } from "@/lib/profiles/queries";
import { getSelfAs } from "@/lib/profiles/view-as";
import { searchPeople, searchPlaces, searchTags } from "@/lib/search/queries";
import { callApi } from "@/lib/testing/api";
import { makeCircle, makeFollow, makePost, makeUpload, makeUser } from "@/lib/testing/factories";
import { failure } from "@/lib/testing/failure";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { getPlace, listTagPosts } from "./collections";
import { ensurePlace } from "./places";
import { getVisiblePost, listOwnPostsAs, listPostsOf } from "./queries";
import { createPostSchema, editPostSchema } from "./schemas";
import { createPost, editPost } from "./service";
import { indexPost } from "./tagging";

beforeAll(() => installJobs(registry));

const all = { limit: 50, cursor: null };
const edit = (change: object) => editPostSchema.parse(change);
const circlesOf = async (id: string) => [...(await db().execute<{ circle_id: string }>(sql`select circle_id from post_circles where post_id = ${id}::bigint order by 1`))].map((row) => row.circle_id);

describe("a post's audience", () => {
  it("is chosen among one's own circles when it is made", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const [own, other] = [await makeCircle(ada, [bob], { name: "Harbour" }), await makeCircle(bob)];
    const make = async (more: object) => createPost(ada, createPostSchema.parse({ media: [{ id: await makeUpload(ada), alt: "" }], ...more }), null);
    expect(await make({ audience: "circles", circle_ids: [own, own] })).toMatchObject({ audience: "circles", circles: [{ id: own, name: "Harbour", is_close_friends: false }] });
    for (const [more, field] of [
      [{ audience: "circles" }, "circle_ids"], [{ audience: "circles", circle_ids: [] }, "circle_ids"], [{ audience: "circles", circle_ids: [other] }, "circle_ids"],
      [{ audience: "circles", circle_ids: [own, "42"] }, "circle_ids"], [{ audience: "everyone", circle_ids: [own] }, "circle_ids"],
    ] as const) expect(await failure(make(more))).toMatchObject({ status: 422, fields: { [field]: expect.any(String) } });
  });

  it("is changed later, whole or in part, and says nothing when it stays", async () => {
    const ada = await makeUser();
    const [one, two] = [await makeCircle(ada), await makeCircle(ada)];
    const id = await makePost(ada, { caption: "#audience" });
    const events = async () => (await db().execute(sql`select 1 from pgboss.job where name = 'feed.fanout' and data->>'postId' = ${id}`)).length;
    expect(await failure(editPost(ada, id, edit({ audience: "circles" })))).toMatchObject({ status: 422, fields: { circle_ids: expect.any(String) } });
    expect(await failure(editPost(ada, id, edit({ circle_ids: [one] })))).toMatchObject({ status: 422, fields: { audience: expect.any(String) } });
    await editPost(ada, id, edit({ audience: "circles", circle_ids: [one] }));
    expect(await events()).toBe(1);
    await editPost(ada, id, edit({ audience: "circles" }));
    await editPost(ada, id, edit({ audience: "circles", circle_ids: [one] }));
    expect([await circlesOf(id), await events()]).toEqual([[one], 1]);
    await editPost(ada, id, edit({ circle_ids: [two] }));
    expect([await circlesOf(id), await events()]).toEqual([[two], 2]);
    expect(await failure(editPost(ada, id, edit({ circle_ids: [] })))).toMatchObject({ status: 422 });
    expect(await editPost(ada, id, edit({ audience: "followers" }))).not.toHaveProperty("circles");
    expect([await circlesOf(id), await events()]).toEqual([[], 3]);
  });

  it("survives that a circle is deleted while a post is made for it", async () => {
    const ada = await makeUser();
    for (let turn = 0; turn < 20; turn++) {
      const circle = await makeCircle(ada);
      const id = await makePost(ada);
      const [edited] = await Promise.all([failure(editPost(ada, id, edit({ audience: "circles", circle_ids: [circle] }))), deleteCircle(ada, circle)]);
      expect(edited?.status ?? 200).toBeOneOf([200, 422]);
      expect(await circlesOf(id)).toEqual([]);
    }
  });

  it("tells others what they need to know, its author all", async () => {
    const [ada, friend, climber, both, stranger] = await Promise.all(Array.from({ length: 5 }, () => makeUser()));
    const close = await makeCircle(ada!, [friend!, both!], { isCloseFriends: true });
    const climbers = await makeCircle(ada!, [climber!, both!], { name: "Climbers" });
    const id = await makePost(ada!, { circles: [close, climbers] });
    expect((await getVisiblePost(ada!, id)).circles!.map((circle) => circle.name)).toEqual(["Close friends", "Climbers"]);
    for (const [viewer, isFriend] of [[friend!, true], [both!, true], [climber!, false]] as const) {
      const post = await getVisiblePost(viewer, id);
      expect(post).toMatchObject({ audience: "circles", for_close_friends: isFriend });
      expect(post).not.toHaveProperty("circles");
      expect(JSON.stringify(post)).not.toContain("Climbers");
    }
    for (const viewer of [stranger!, null]) expect(await failure(getVisiblePost(viewer, id))).toMatchObject({ status: 404 });
  });
});

/** An owner with something for everyone, followers and a circle, and people who stand differently towards the circle. */
async function makeWorld(isPrivate = false) {
  const owner = await makeUser({ isPrivate });
  const [member, outsider, muter, restricted, left] = [await makeUser(), await makeUser(), await makeUser(), await makeUser(), await makeUser()];
  for (const one of [member, muter, restricted, left]) await makeFollow(one, owner);
  const circle = await makeCircle(owner, [member, muter, restricted]);
  await db().execute(sql`insert into mutes (muter_id, muted_id) values (${muter.id}::bigint, ${owner.id}::bigint)`);
  await db().execute(sql`insert into restricts (restricter_id, restricted_id) values (${owner.id}::bigint, ${restricted.id}::bigint)`);
  const tag = `inner${owner.id}`;
  const place = await ensurePlace(db(), { name: `Cove ${owner.id}`, latitude: null, longitude: null });
  const inner = await makePost(owner, { circles: [circle], caption: `#${tag} with @${left.username} and @${member.username}` });
  await db().execute(sql`update posts set place_id = ${place}::bigint where id = ${inner}::bigint`);
  await indexPost(inner);
  const [media] = await db().execute<{ id: string }>(sql`select id from media where post_id = ${inner}::bigint`);
  return { owner, member, outsider, muter, restricted, left, circle, tag, place, inner, mediaId: media!.id };
}

describe("a circle's post on every surface", () => {
  it.each([false, true])("is there for its members and for nobody else (private account: %s)", async (isPrivate) => {
    const w = await makeWorld(isPrivate);
    // Not told apart from members: muting and being restricted are about other things.
    for (const [name, viewer, sees] of [["owner", w.owner, true], ["member", w.member, true], ["muter", w.muter, true], ["restricted", w.restricted, true], ["outsider", w.outsider, false], ["follower", w.left, false], ["signed out", null, false]] as const) {
      const ids = (posts: { id: string }[]) => posts.map((post) => post.id);
      const seen = {
        post: (await failure(getVisiblePost(viewer, w.inner))) === null,
        tag: ids((await listTagPosts(viewer, w.tag, all)).items).includes(w.inner),
        place: (await failure(getPlace(viewer, w.place))) === null,
        placeFound: (await searchPlaces(viewer, `Cove ${w.owner.id}`, all)).items.length > 0,
        grid: await listPostsOf(viewer, w.owner.id, all).then((slice) => ids(slice.items).includes(w.inner), () => false),
        file: viewer !== null && (await readAccess(w.mediaId, viewer.id, "v1"))!.viewerMay,
        like: viewer !== null && (await failure(setLike(viewer, w.inner, true))) === null,
        comment: viewer !== null && (await failure(addComment(viewer, w.inner, { content: "seen" }, null))) === null,
        rest: (await callApi("GET", `/api/posts/${w.inner}/likes`, { as: viewer })).status === 200,
      };
      expect([name, seen]).toEqual([name, Object.fromEntries(Object.keys(seen).map((key) => [key, sees && !(viewer === null && ["file", "like", "comment"].includes(key))]))]);
      expect(ids((await listExplore(viewer, all)).items)).not.toContain(w.inner);
    }
    expect((await readAccess(w.mediaId, null, "v1"))!.isPublic).toBe(false);
    expect((await searchTags(w.member, w.tag, all)).items).toEqual([]);
  });

  it("counts for nobody who does not see it, in profiles and in lists", async () => {
    const w = await makeWorld();
    await makePost(w.owner);
    const narrow = await makePost(w.owner, { audience: "followers" });
    const counts = async (viewer: Viewer | null) => [
      (await getProfile(viewer, w.owner.id)).post_count, (await listUsers(viewer, [w.owner.id]))[0]!.post_count, (await searchPeople(viewer, w.owner.username, all)).items[0]!.post_count,
    ];
    for (const [viewer, count] of [[w.owner, 3], [w.member, 3], [w.left, 2], [w.outsider, 1], [null, 1]] as const) expect(await counts(viewer)).toEqual([count, count, count]);
    await editPost(w.owner, narrow, edit({ is_archived: true }));
    await deleteCircle(w.owner, w.circle);
    for (const [viewer, count] of [[w.owner, 2], [w.member, 1], [null, 1]] as const) expect(await counts(viewer)).toEqual([count, count, count]);
  });

  it("is told to who is named in it only if they see it, and is forgotten with the circle", async () => {
    const w = await makeWorld();
    await db().transaction(async (tx) => (await import("@/lib/platform/jobs/queue")).announce(tx, "post.published", { postId: w.inner }));
    await drainJobs(registry.filter((job) => job.name.startsWith("notifications.")));
    const told = async (viewer: Viewer) => (await listNotifications(viewer, all)).items.filter((item) => item.post?.id === w.inner).map((item) => item.kind);
    expect([await told(w.member), await told(w.left)]).toEqual([["mention"], []]);
    await removeFromCircle(w.owner, w.circle, w.member.id);
    expect(await told(w.member)).toEqual([]);
  });

  it("goes and comes with what people do", async () => {
    const w = await makeWorld(true);
    const sees = async (viewer: Viewer) => (await failure(getVisiblePost(viewer, w.inner))) === null;
    await addToCircle(w.owner, w.circle, w.outsider.id);
    // A private account is closed to who does not follow it, in a circle or not.
    expect(await sees(w.outsider)).toBe(false);
    await follow(w.outsider, w.owner.id);
    expect(await sees(w.outsider)).toBe(false);
    await makeFollow(w.outsider, w.owner).catch(() => db().execute(sql`update follows set state = 'active' where follower_id = ${w.outsider.id}::bigint and followee_id = ${w.owner.id}::bigint`));
    expect(await sees(w.outsider)).toBe(true);
    await block(w.outsider, w.owner.id);
    await unblock(w.outsider, w.owner.id);
    await makeFollow(w.outsider, w.owner);
    expect(await sees(w.outsider)).toBe(false);
    await db().execute(sql`update users set deactivated_at = now() where id = ${w.owner.id}::bigint`);
    expect(await sees(w.member)).toBe(false);
    await db().execute(sql`update users set deactivated_at = null where id = ${w.owner.id}::bigint`);
    await editPost(w.owner, w.inner, edit({ is_archived: true }));
    expect([await sees(w.member), await sees(w.owner)]).toEqual([false, true]);
  });
});

describe("looking at oneself as somebody else", () => {
  it("shows what that person sees, for anybody and any posts", { timeout: 60_000 }, async () => {
    const post = fc.record({ audience: fc.constantFrom("everyone" as const, "followers" as const, "circles" as const), circles: fc.uniqueArray(fc.nat({ max: 1 })), isArchived: fc.boolean(), isHeld: fc.boolean() });
    await fc.assert(fc.asyncProperty(fc.boolean(), fc.array(post, { maxLength: 6 }), async (isPrivate, posts) => {
      const owner = await makeUser({ isPrivate });
      const [follower, member, both, stranger, pure] = await Promise.all(Array.from({ length: 5 }, () => makeUser()));
      for (const one of [follower!, both!, pure!]) await makeFollow(one, owner);
      const circles = [await makeCircle(owner, [member!, both!]), await makeCircle(owner, [follower!])];
      for (const { audience, circles: chosen, isArchived, isHeld } of posts) {
        const id = await makePost(owner, { audience, status: isHeld ? "held" : "published", ...(audience === "circles" ? { circles: chosen.map((at) => circles[at]!) } : {}) });
        if (isArchived) await db().execute(sql`update posts set archived_at = now() where id = ${id}::bigint`);
      }
      const shown = async (as: string, asking: string | null | typeof A_FOLLOWER) => {
        const { user, open } = await getSelfAs(owner, as);
        const list = await listOwnPostsAs(owner, asking, { limit: 50, cursor: null }).catch(() => null);
        return { open, count: user.post_count, relation: user.viewer, posts: list && list.items.map((item) => ({ id: item.id, likes: item.like_count, close: item.for_close_friends, saves: item.save_count })) };
      };
      const real = async (viewer: Viewer | null) => {
        const user = await getProfile(viewer && { ...viewer }, owner.id);
        const list = await listPostsOf(viewer, owner.id, { limit: 50, cursor: null }).catch(() => null);
        return { open: list !== null, count: user.post_count, relation: null, posts: list && list.items.map((item) => ({ id: item.id, likes: item.like_count, close: item.for_close_friends, saves: item.save_count })) };
      };
      for (const viewer of [follower!, member!, both!, stranger!]) expect(await shown(`@${viewer.username}`, viewer.id)).toEqual(await real(viewer));
      expect(await shown("stranger", null)).toEqual(await real(null));
      expect(await shown("follower", A_FOLLOWER)).toEqual(await real(pure!));
    }), { numRuns: 12 });
  });

  it("gives addresses that work for oneself, and tells nothing of the other", async () => {
    const [owner, friend, other] = [await makeUser(), await makeUser(), await makeUser()];
    const circle = await makeCircle(owner, [friend]);
    const id = await makePost(owner, { circles: [circle] });
    await setLike(friend, id, true);
    const [post] = (await listOwnPostsAs(owner, friend.id, all)).items;
    expect(post).toMatchObject({ id, is_liked: false, is_saved: false });
    expect(post!.image_url).toContain(`v=${owner.id}`);
    for (const as of ["nobody", "", "@", `@${owner.username}`, "@nobody.at.all", owner.id, "follower "]) expect(await failure(getSelfAs(owner, as))).toMatchObject({ status: 404 });
    await block(other, owner.id);
    expect(await failure(getSelfAs(owner, `@${other.username}`))).toMatchObject({ status: 404 });
  });
});
