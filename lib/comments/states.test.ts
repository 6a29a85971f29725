import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getVisiblePost } from "@/lib/posts/queries";
import { hideWord, setPrivacy } from "@/lib/privacy/service";
import { all, countOf, say, useComments, words } from "@/lib/testing/comments";
import { makeCast, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { listCommentLikers, setCommentLike } from "./likes";
import { approveComment, setCommentHidden, setCommentPinned, withdrawApproval } from "./moderate";
import { getComment, getCommenting, listComments } from "./queries";
import { addComment, deleteComment, editComment, restoreComment } from "./service";

useComments();

const restrict = (who: Viewer, whom: Viewer) => db().execute(sql`insert into restricts (restricter_id, restricted_id) values (${who.id}::bigint, ${whom.id}::bigint)`);

describe("comments of restricted people", () => {
  it("wait for the author, and nobody notices", async () => {
    const [owner, ada, eve] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    await restrict(owner, eve);
    const said = await addComment(eve, post, say("From Eve"), null);
    expect(said).toMatchObject({ state: "shown", can_delete: true });
    expect(await words(eve, post)).toEqual(["From Eve"]);
    expect(await words(ada, post)).toEqual([]);
    expect(await words(null, post)).toEqual([]);
    expect((await listComments(owner, post, all)).items).toMatchObject([{ content: "From Eve", state: "pending" }]);
    // No count tells: neither to others nor to the writer.
    expect((await getVisiblePost(ada, post)).comment_count).toBe(0);
    expect((await getVisiblePost(eve, post)).comment_count).toBe(1);
    for (const viewer of [ada, null]) await expect(getComment(viewer, said.id)).rejects.toMatchObject({ code: "not_found" });
    for (const act of [() => setCommentLike(ada, said.id, true), () => listCommentLikers(ada, said.id, all), () => setCommentHidden(ada, said.id, true), () => approveComment(ada, said.id), () => setCommentPinned(ada, said.id, true), () => editComment(ada, said.id, "x")]) {
      await expect(act()).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(addComment(ada, post, say("To Eve", said.id), null)).rejects.toMatchObject({ code: "invalid" });
    await expect(approveComment(eve, said.id)).rejects.toMatchObject({ code: "forbidden" });

    expect(await words(owner, post, { state: "pending" })).toEqual(["From Eve"]);
    await approveComment(owner, said.id);
    await approveComment(owner, said.id);
    expect(await words(ada, post)).toEqual(["From Eve"]);
    expect(await countOf(post)).toBe(1);
    await expect(withdrawApproval(eve, said.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(withdrawApproval(ada, said.id)).rejects.toMatchObject({ code: "forbidden" });
    for (let i = 0; i < 2; i++) expect(await withdrawApproval(owner, said.id)).toMatchObject({ state: "pending" });
    expect([await words(ada, post), await words(eve, post), await countOf(post)]).toEqual([[], ["From Eve"], 0]);
    await setCommentHidden(owner, said.id, true);
    expect(await withdrawApproval(owner, said.id)).toMatchObject({ state: "hidden" });
    await setCommentHidden(owner, said.id, false);
    // New words wait anew.
    await editComment(eve, said.id, "Other words");
    expect(await words(ada, post)).toEqual([]);
    expect(await countOf(post)).toBe(0);
  });

  it("are counted for their writer among replies, too", async () => {
    const [owner, ada, eve] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    await restrict(owner, eve);
    const thread = await addComment(ada, post, say("Thread"), null);
    const reply = await addComment(eve, post, say("Reply", thread.id), null);
    const repliesSeen = async (viewer: Viewer | null) => (await getComment(viewer, thread.id)).reply_count;
    expect([await repliesSeen(eve), await repliesSeen(ada), await repliesSeen(null)]).toEqual([1, 0, 0]);
    expect(await words(ada, post, { parentId: thread.id })).toEqual([]);
    expect(await words(owner, post, { parentId: thread.id })).toEqual(["Reply"]);
    await approveComment(owner, reply.id);
    expect([await repliesSeen(eve), await repliesSeen(ada), await countOf(post)]).toEqual([1, 1, 2]);
  });
});

describe("hiding", () => {
  it("takes a thread from everybody but its writer and the author, and gives it back", async () => {
    const [owner, ada, bo] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const thread = await addComment(ada, post, say("Thread"), null);
    const reply = await addComment(bo, post, say("Reply", thread.id), null);
    await setCommentPinned(owner, thread.id, true);
    for (let i = 0; i < 2; i++) await setCommentHidden(owner, thread.id, true);
    expect(await countOf(post)).toBe(0);
    expect([await words(ada, post), await words(bo, post), await words(owner, post)]).toEqual([["Thread"], [], ["Thread"]]);
    await expect(getComment(bo, reply.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await getComment(owner, thread.id))).toMatchObject({ state: "hidden", is_pinned: false });
    expect((await getComment(ada, thread.id)).state).toBe("shown");
    await addComment(owner, post, say("Between us", thread.id), null);
    expect(await countOf(post)).toBe(0);
    await setCommentHidden(owner, thread.id, false);
    expect(await countOf(post)).toBe(3);
    expect(await words(bo, post)).toEqual(["Thread"]);
  });

  it("is for the post's author only", async () => {
    const cast = await makeCast();
    const post = await makePost(cast.owner);
    const comment = await addComment(cast.follower, post, say("Mine"), null);
    const other = await makeUser();
    await makeFollow(other, cast.owner);
    for (const act of [setCommentHidden, setCommentPinned]) {
      for (const viewer of [cast.follower, other]) await expect(act(viewer, comment.id, true)).rejects.toMatchObject({ code: "forbidden" });
      for (const viewer of [cast.requester, cast.stranger, cast.blocked]) await expect(act(viewer, comment.id, true)).rejects.toMatchObject({ code: "not_found" });
    }
    for (const viewer of [cast.follower, other]) await expect(listComments(viewer, post, { ...all, state: "hidden" })).rejects.toMatchObject({ code: "forbidden" });
    for (const viewer of [cast.requester, cast.stranger, cast.blocked, null]) {
      await expect(listComments(viewer, post, { ...all, state: "hidden" })).rejects.toMatchObject({ code: "not_found" });
      if (viewer) await expect(editComment(viewer, comment.id, "x")).rejects.toMatchObject({ code: "not_found" });
      if (viewer) await expect(restoreComment(viewer, comment.id)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(restoreComment(other, comment.id)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("happens by itself to comments with words the author hides, and readers do not see those with words of theirs", async () => {
    const [owner, ada, bo] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    await hideWord(owner, { phrase: "lottery", scopes: ["comments"], lasts: "always" });
    await hideWord(bo, { phrase: "duck", scopes: ["comments"], lasts: "day" });
    await addComment(ada, post, say("Win the LOT\u200BTERY"), null);
    await addComment(owner, post, say("My own lottery"), null);
    for (let i = 0; i < 6; i++) await addComment(ada, post, say(i % 2 ? `Duck ${i}` : `Swan ${i}`), null);
    expect(await words(ada, post)).toContain("Win the LOT\u200BTERY");
    expect(await words(null, post)).not.toContain("Win the LOT\u200BTERY");
    expect(await words(bo, post)).toEqual(["Swan 4", "Swan 2", "Swan 0", "My own lottery"]);
    // Filtered pages are refilled.
    expect(await words(bo, post, { limit: 3 })).toEqual(["Swan 4", "Swan 2", "Swan 0"]);
    expect(await words(owner, post, { state: "hidden" })).toEqual(["Win the LOT\u200BTERY"]);
    expect(await countOf(post)).toBe(7);
    await db().execute(sql`update hidden_words set until = now() where user_id = ${bo.id}::bigint`);
    expect(await words(bo, post)).toHaveLength(7);
    // One does not get round it by changing the words afterwards.
    const late = await addComment(ada, post, say("Nice"), null);
    await editComment(ada, late.id, "Nice lottery");
    expect(await words(bo, post)).not.toContain("Nice lottery");
  });
});

describe("who may comment", () => {
  it("is the author's to say", async () => {
    const [owner, follower, followed, stranger] = [await makeUser({ username: `nia${Date.now().toString(36)}` }), await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(follower, owner);
    await makeFollow(owner, followed);
    const post = await makePost(owner);
    const allowed = async () => (await Promise.all([owner, follower, followed, stranger].map(async (viewer) => (await getCommenting(viewer, post)).allowed)));
    expect(await allowed()).toEqual([true, true, true, true]);
    await setPrivacy(owner, { comments_from: "followers" });
    expect(await allowed()).toEqual([true, true, false, false]);
    await setPrivacy(owner, { comments_from: "followed" });
    expect(await allowed()).toEqual([true, false, true, false]);
    await setPrivacy(owner, { comments_from: "old_followers", old_follower_days: 3 });
    expect(await allowed()).toEqual([true, false, false, false]);
    await expect(addComment(follower, post, say("Hello"), null)).rejects.toMatchObject({ code: "forbidden", message: `Only people who have followed ${owner.username} for 3 days can comment here.` });
    await db().execute(sql`update follows set created_at = now() - interval '4 days' where follower_id = ${follower.id}::bigint`);
    expect(await allowed()).toEqual([true, true, false, false]);
    await setPrivacy(owner, { comments_from: "nobody" });
    expect(await allowed()).toEqual([true, false, false, false]);
    await expect(addComment(stranger, post, say("Hello"), null)).rejects.toMatchObject({ code: "forbidden", message: `${owner.username} lets nobody comment.` });
  });
});

describe("pinning", () => {
  it("holds three at most, also when many are pinned at once", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const comments = [];
    for (let i = 0; i < 6; i++) comments.push(await addComment(ada, post, say(`Comment ${i}`), null));
    const reply = await addComment(ada, post, say("Reply", comments[0]!.id), null);
    await expect(setCommentPinned(owner, reply.id, true)).rejects.toMatchObject({ code: "invalid" });
    const outcomes = await Promise.allSettled(comments.map((comment) => setCommentPinned(owner, comment.id, true)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    const pinned = (await listComments(null, post, { ...all, sort: "relevance" })).items.filter((comment) => comment.is_pinned);
    expect(pinned).toHaveLength(3);
    await setCommentPinned(owner, pinned[0]!.id, true);
    await setCommentPinned(owner, pinned[0]!.id, false);
    await deleteComment(owner, pinned[1]!.id);
    for (const comment of comments.filter(({ id }) => !pinned.some((one) => one.id === id)).slice(0, 2)) await setCommentPinned(owner, comment.id, true);
    // There is no place for what comes back pinned.
    const back = await restoreComment(owner, pinned[1]!.id);
    expect((await listComments(null, post, { ...all, sort: "relevance" })).items.filter((comment) => comment.is_pinned).length).toBeLessThanOrEqual(3);
    expect(back.is_pinned).toBe(false);
  });
});
