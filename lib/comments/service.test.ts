import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { makeBlock, makeCast, makePost, makeUser } from "@/lib/testing/factories";
import { getComment, listComments } from "./queries";
import { addCommentSchema } from "./schemas";
import { setCommentLike } from "./likes";
import { addComment, deleteComment } from "./service";

const all = { limit: 50, cursor: null };
const say = (content: string, parent_id?: string) => ({ content, parent_id });

async function exactness(postId: string) {
  const [row] = await db().execute<{ wrong: number; count: number }>(sql`
    select p.comment_count as count,
      abs(p.comment_count - (select count(*)::int from comments c where c.post_id = p.id and c.deleted_at is null))
      + (select coalesce(sum(abs(c.reply_count - (select count(*)::int from comments r where r.parent_id = c.id and r.deleted_at is null))), 0)::int
         from comments c where c.post_id = p.id and c.deleted_at is null)
      + (select count(*)::int from comments r join comments c on c.id = r.parent_id where r.post_id = p.id and r.deleted_at is null and c.deleted_at is not null) as wrong
    from posts p where p.id = ${postId}::bigint`);
  return row!;
}

describe("commenting", () => {
  it("answers one level deep and counts exactly", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const first = await addComment(ada, post, say("What light!"), null);
    const reply = await addComment(owner, post, say("Thank you", first.id), null);
    const deeper = await addComment(ada, post, say("Where was it?", reply.id), null);
    expect(deeper.parent_id).toBe(first.id);
    expect((await listComments(ada, post, all)).items.map((c) => [c.content, c.reply_count])).toEqual([["What light!", 2]]);
    expect((await listComments(ada, post, { ...all, parentId: first.id })).items.map((c) => c.content)).toEqual(["Thank you", "Where was it?"]);
    expect(await exactness(post)).toEqual({ wrong: 0, count: 3 });
    await deleteComment(ada, first.id);
    await deleteComment(ada, first.id);
    expect(await exactness(post)).toEqual({ wrong: 0, count: 0 });
    await expect(addComment(owner, post, say("Late", first.id), null)).rejects.toMatchObject({ code: "invalid", fields: { parent_id: expect.any(String) } });
  });

  it("says one thing once however often it is sent with one key", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const answers = await Promise.all(Array.from({ length: 10 }, () => addComment(ada, post, say("Once"), "key-of-this-comment")));
    expect(new Set(answers.map((c) => c.id)).size).toBe(1);
    expect(await exactness(post)).toEqual({ wrong: 0, count: 1 });
    // Another person's key is another key.
    await addComment(owner, post, say("Once"), "key-of-this-comment");
    expect((await exactness(post)).count).toBe(2);
  });

  it("lets the writer and the owner of the post delete, nobody else", async () => {
    const [owner, ada, eve] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const one = await addComment(ada, post, say("One"), null);
    const two = await addComment(ada, post, say("Two"), null);
    await expect(deleteComment(eve, one.id)).rejects.toMatchObject({ code: "not_found" });
    await deleteComment(owner, one.id);
    await deleteComment(ada, two.id);
    expect((await exactness(post)).count).toBe(0);
    expect((await listComments(owner, post, all)).items).toEqual([]);
  });

  it("is closed to those who may not see the post, and when comments are off", async () => {
    const cast = await makeCast();
    const post = await makePost(cast.owner);
    const comment = await addComment(cast.follower, post, say("Mine"), null);
    for (const viewer of [cast.requester, cast.stranger, cast.blocked]) {
      await expect(addComment(viewer, post, say("No"), null)).rejects.toMatchObject({ code: "not_found" });
      await expect(listComments(viewer, post, all)).rejects.toMatchObject({ code: "not_found" });
      await expect(getComment(viewer, comment.id)).rejects.toMatchObject({ code: "not_found" });
      await expect(setCommentLike(viewer, comment.id, true)).rejects.toMatchObject({ code: "not_found" });
      await expect(deleteComment(viewer, comment.id)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(listComments(null, post, all)).rejects.toMatchObject({ code: "not_found" });
    const silent = await makePost(cast.owner, { commentsEnabled: false });
    await expect(addComment(cast.follower, silent, say("No"), null)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("hides what blocked people wrote on a third person's post, both ways", async () => {
    const [owner, ada, eve] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const comment = await addComment(eve, post, say("From Eve"), null);
    await makeBlock(ada, eve);
    expect((await listComments(ada, post, all)).items).toEqual([]);
    await expect(setCommentLike(ada, comment.id, true)).rejects.toMatchObject({ code: "not_found" });
    await expect(addComment(ada, post, say("To Eve", comment.id), null)).rejects.toMatchObject({ code: "invalid" });
    expect((await listComments(owner, post, all)).items).toHaveLength(1);
  });

  it("keeps its counts when replies, deletions and likes race", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    for (let round = 0; round < 8; round++) {
      const thread = await addComment(ada, post, say("Thread"), null);
      await Promise.allSettled([
        ...Array.from({ length: 3 }, () => addComment(owner, post, say("Reply", thread.id), null)),
        deleteComment(ada, thread.id),
        deleteComment(owner, thread.id),
        setCommentLike(owner, thread.id, true),
      ]);
    }
    expect((await exactness(post)).wrong).toBe(0);
  });

  it("likes a comment once", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const comment = await addComment(owner, await makePost(owner), say("Hello"), null);
    await Promise.all(Array.from({ length: 20 }, () => setCommentLike(ada, comment.id, true)));
    expect(await setCommentLike(ada, comment.id, true)).toEqual({ liked: true, like_count: 1 });
    expect(await getComment(ada, comment.id)).toMatchObject({ is_liked: true, like_count: 1 });
    expect(await setCommentLike(ada, comment.id, false)).toEqual({ liked: false, like_count: 0 });
  });
});

describe("what a comment may be", () => {
  const refused = ["", "   \n ", "\u200b\u200d", "x".repeat(2201)];
  it.each(refused)("refuses %j", (content) => expect(addCommentSchema.safeParse({ content }).success).toBe(false));
  it("counts characters as people do", () => expect(addCommentSchema.safeParse({ content: "👍".repeat(2200) }).success).toBe(true));
});
