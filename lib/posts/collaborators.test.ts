import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { getFavouritesFeed } from "@/lib/feed/favourites";
import { getHomeFeed } from "@/lib/feed/queries";
import { block } from "@/lib/graph/service";
import { registry } from "@/lib/jobs";
import { listNotifications } from "@/lib/notifications/queries";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { A_FOLLOWER } from "@/lib/platform/visibility/visibility";
import { getProfile } from "@/lib/profiles/queries";
import { getSelfAs } from "@/lib/profiles/view-as";
import { makeCircle, makeFollow, makePost, makePosts, makeUser } from "@/lib/testing/factories";
import { brokenPromises } from "@/lib/testing/invariants";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { unless } from "@/lib/testing/races";
import { playRounds } from "@/lib/testing/rounds";
import { getVisiblePost, listOwnPostsAs, listPostsOf } from "./queries";
import { editPostSchema } from "./schemas";
import { acceptCollaboration, deletePost, editPost, leaveCollaboration, reopenInvitation, restorePost } from "./service";

beforeAll(() => installJobs(registry));
beforeEach(forgetLimits);

const all = { limit: 50, cursor: null };
const ids = (posts: { id: string }[]) => posts.map((post) => post.id);
const kinds = async (viewer: Viewer) => (await listNotifications(viewer, all)).items.map((item) => item.kind);

const invite = (author: Viewer, postId: string, ...people: Viewer[]) => editPost(author, postId, editPostSchema.parse({ collaborators: people.map((one) => one.username) }));

describe("collaborators", () => {
  it("accept, and the one post stands on both profiles and once in every follower's feed", async () => {
    const [ada, bob, fan, both, eve] = [await makeUser(), await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(fan, bob);
    for (const author of [ada, bob]) await makeFollow(both, author);
    const id = await makePost(ada);
    await invite(ada, id, bob);
    await drainJobs(registry);
    const feed = async (viewer: Viewer) => ids((await getHomeFeed(viewer, all)).items);
    expect([await feed(fan), await feed(both), (await listPostsOf(eve, bob.id, all)).items, (await getVisiblePost(eve, id)).collaborators, await kinds(bob)]).toEqual([[], [id], [], [], ["collaboration"]]);
    for (const viewer of [ada, bob]) expect((await getVisiblePost(viewer, id)).collaborators).toMatchObject([{ username: bob.username, is_invited: true }]);
    await expect(acceptCollaboration(eve, id)).rejects.toMatchObject({ code: "not_found" });
    for (let i = 0; i < 2; i++) await acceptCollaboration(bob, id);
    await drainJobs(registry);
    for (const viewer of [fan, both, bob]) expect(await feed(viewer)).toEqual([id]);
    for (const viewer of [eve, null, bob]) expect(ids((await listPostsOf(viewer, bob.id, all)).items)).toEqual([id]);
    expect([await kinds(bob), await kinds(ada), (await getVisiblePost(eve, id)).collaborators.map((one) => one.username)]).toEqual([[], ["collaboration_accepted"], [bob.username]]);
    expect(await brokenPromises()).toEqual([]);
    await deletePost(ada, id);
    expect(await brokenPromises()).toEqual([]);
    await restorePost(ada, id);
    await leaveCollaboration(bob, id);
    await drainJobs(registry);
    expect([await feed(fan), await feed(both), (await listPostsOf(eve, bob.id, all)).items]).toEqual([[], [id], []]);
    await expect(invite(ada, id, bob)).rejects.toMatchObject({ fields: { "collaborators.0": expect.any(String) } });
    expect(await brokenPromises()).toEqual([]);
  });

  it("may take their declining back until the author chooses anew; who left may not", async () => {
    const [ada, bob, eve] = [await makeUser(), await makeUser(), await makeUser()];
    const id = await makePost(ada);
    await invite(ada, id, bob);
    await drainJobs(registry);
    await leaveCollaboration(bob, id);
    await drainJobs(registry);
    expect([await kinds(bob), (await getVisiblePost(ada, id)).collaborators]).toEqual([[], []]);
    await expect(reopenInvitation(eve, id)).rejects.toMatchObject({ code: "not_found" });
    for (let i = 0; i < 2; i++) await reopenInvitation(bob, id);
    await drainJobs(registry);
    expect([await kinds(bob), await kinds(ada), (await getVisiblePost(eve, id)).collaborators]).toEqual([["collaboration"], [], []]);
    for (const viewer of [ada, bob]) expect((await getVisiblePost(viewer, id)).collaborators).toMatchObject([{ username: bob.username, is_invited: true }]);
    await acceptCollaboration(bob, id);
    expect(await brokenPromises()).toEqual([]);
    await leaveCollaboration(bob, id);
    await expect(reopenInvitation(bob, id)).rejects.toMatchObject({ code: "not_found" });

    const [other, hidden] = [await makePost(ada), await makePost(ada)];
    for (const post of [other, hidden]) await invite(ada, post, bob);
    for (const post of [other, hidden]) for (let i = 0; i < 2; i++) await leaveCollaboration(bob, post);
    await invite(ada, other, eve);
    await expect(reopenInvitation(bob, other)).rejects.toMatchObject({ code: "not_found" });
    await block(ada, bob.id);
    await expect(reopenInvitation(bob, hidden)).rejects.toMatchObject({ code: "not_found" });
    expect(await brokenPromises()).toEqual([]);
  });

  it("don't widen or narrow who sees a post: the author's account and audience rule", async () => {
    const [ada, bob, fan] = [await makeUser(), await makeUser({ isPrivate: true }), await makeUser()];
    await makeFollow(bob, ada);
    await makeFollow(fan, bob);
    const [open, narrow] = [await makePost(ada), await makePost(ada, { audience: "followers" })];
    for (const id of [open, narrow]) {
      await invite(ada, id, bob);
      await acceptCollaboration(bob, id);
    }
    expect(ids((await getHomeFeed(fan, all)).items)).toEqual([open]);
    expect(ids((await listPostsOf(fan, bob.id, all)).items)).toEqual([open]);
    await expect(listPostsOf(await makeUser(), bob.id, all)).rejects.toMatchObject({ code: "not_found" });
    expect((await getVisiblePost(null, open)).collaborators.map((one) => one.username)).toEqual([bob.username]);
  });

  it("tell nobody, not even in a number, of posts whose authors keep them from them", async () => {
    const [ada, bob, friend, fan] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    for (const one of [bob, fan]) await makeFollow(one, ada);
    const [open, narrow, inner] = [await makePost(ada), await makePost(ada, { audience: "followers" }), await makePost(ada, { circles: [await makeCircle(ada, [bob, friend])] })];
    for (const id of [open, narrow, inner]) {
      await invite(ada, id, bob);
      await acceptCollaboration(bob, id);
    }
    const seen = async (viewer: Viewer | null) => [(await getProfile(viewer, bob.id)).post_count, ids((await listPostsOf(viewer, bob.id, all)).items)];
    expect(await seen(null)).toEqual([1, [open]]);
    expect(await seen(fan)).toEqual([2, [narrow, open]]);
    expect(await seen(friend)).toEqual([2, [inner, open]]);
    for (const viewer of [ada, bob]) expect(await seen(viewer)).toEqual([3, [inner, narrow, open]]);

    // On one's own profile as another has it, what others show that person is not told.
    await block(ada, fan.id);
    const shown = async (text: string, as: string | null | typeof A_FOLLOWER) => [(await getSelfAs(bob, text)).user.post_count, ids((await listOwnPostsAs(bob, as, all)).items)];
    expect(await shown("stranger", null)).toEqual([1, [open]]);
    expect(await shown("follower", A_FOLLOWER)).toEqual([2, [narrow, open]]);
    for (const viewer of [fan, friend, ada]) expect(await shown(`@${viewer.username}`, viewer.id)).toEqual([1, [open]]);
  });

  it("are among the favourites’ posts, and bring a post into no feed while their account is hidden", async () => {
    const [ada, bob, fan] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(fan, bob);
    await db().execute(sql`insert into favourites (user_id, favourite_id) values (${fan.id}::bigint, ${bob.id}::bigint)`);
    const id = await makePost(ada);
    await invite(ada, id, bob);
    await acceptCollaboration(bob, id);
    const read = async () => [ids((await getHomeFeed(fan, all)).items), ids((await getFavouritesFeed(fan, all)).items)];
    expect(await read()).toEqual([[id], [id]]);
    await db().execute(sql`update users set deactivated_at = now() where id = ${bob.id}::bigint`);
    expect(await read()).toEqual([[], []]);
  });

  it("part by a block, and there are five at most", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const id = await makePost(ada);
    await invite(ada, id, bob);
    await acceptCollaboration(bob, id);
    await block(bob, ada.id);
    await drainJobs(registry);
    const [row] = await db().execute<{ state: string }>(sql`select state from collaborators where post_id = ${id}::bigint`);
    expect(row!.state).toBe("left");
    expect(await brokenPromises()).toEqual([]);
    expect(editPostSchema.safeParse({ collaborators: Array.from({ length: 6 }, (_, i) => `user${i}`) }).success).toBe(false);
  });

  it("accept against withdraw, leave against delete: counts hold, a thousand times each", async () => {
    const unlessGone = unless("not_found", "invalid");
    /** What became of accepting. */
    const first = { fulfilled: 0, rejected: 0 };
    await playRounds(2_000, 5, async () => {
      const [ada, bob] = [await makeUser(), await makeUser()];
      const pool = await makePosts(ada, 400);
      const asked = (id: string) => db().execute(sql`insert into collaborators (post_id, user_id) values (${id}::bigint, ${bob.id}::bigint)`);
      return async (round) => {
        const id = pool.pop()!;
        await asked(id);
        if (round % 2 === 0) {
          const [accepted, withdrawn] = await Promise.allSettled([acceptCollaboration(bob, id), invite(ada, id)]);
          expect(withdrawn.status).toBe("fulfilled");
          first[accepted.status]++;
          if (accepted.status === "rejected") expect(accepted.reason).toMatchObject({ code: "not_found" });
          expect((await db().execute(sql`select 1 from collaborators where post_id = ${id}::bigint`)).length).toBe(0);
        } else await Promise.all([acceptCollaboration(bob, id).catch(unlessGone), leaveCollaboration(bob, id).catch(unlessGone), deletePost(ada, id), restorePost(ada, id).catch(unlessGone)]);
      };
    });
    // Each wins now and then, or there was no race.
    expect(Math.min(first.fulfilled, first.rejected)).toBeGreaterThan(10);
    expect(await brokenPromises()).toEqual([]);
  }, 240_000);
});
