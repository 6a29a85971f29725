import { describe, expect, it } from "vitest";
import { setPrivacy } from "@/lib/privacy/service";
import { say, useComments } from "@/lib/testing/comments";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { listCommentLikers, setCommentLike } from "./likes";
import { getComment } from "./queries";
import { addComment } from "./service";

useComments();

describe("likes of a comment", () => {
  it("are listed, known people first, without those one does not see", async () => {
    const [owner, viewer, friend, stranger, blocked] = [await makeUser(), await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(viewer, friend);
    const comment = await addComment(owner, await makePost(owner), say("Hello"), null);
    for (const liker of [friend, stranger, blocked]) await setCommentLike(liker, comment.id, true);
    await makeBlock(blocked, viewer);
    const first = await listCommentLikers(viewer, comment.id, { limit: 1, cursor: null });
    const second = await listCommentLikers(viewer, comment.id, { limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([friend.id, stranger.id]);
    expect(second.nextCursor).toBeNull();
    const visitors = await listCommentLikers(null, comment.id, { limit: 2, cursor: null });
    expect([...visitors.items, ...(await listCommentLikers(null, comment.id, { limit: 2, cursor: visitors.nextCursor })).items]).toHaveLength(3);
    await setPrivacy(viewer, { hides_like_counts: true });
    expect((await getComment(viewer, comment.id)).like_count).toBeNull();
    expect(await setCommentLike(viewer, comment.id, true)).toEqual({ liked: true, like_count: null });
    expect((await getComment(owner, comment.id)).like_count).toBe(4);
  });
});
