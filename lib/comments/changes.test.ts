import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { countOf, say, useComments, words } from "@/lib/testing/comments";
import { makePost, makeUser } from "@/lib/testing/factories";
import { getComment } from "./queries";
import { addComment, deleteComment, editComment, restoreComment } from "./service";

useComments();

describe("changing a comment", () => {
  it("is its writer's, for a quarter of an hour", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const comment = await addComment(ada, await makePost(owner), say("Helo"), null);
    expect(await getComment(owner, comment.id)).toMatchObject({ is_edited: false, editable_until: null });
    expect(await editComment(ada, comment.id, "Helo")).toMatchObject({ is_edited: false, editable_until: expect.any(String) });
    expect(await editComment(ada, comment.id, "Hello")).toMatchObject({ content: "Hello", is_edited: true });
    await expect(editComment(owner, comment.id, "No")).rejects.toMatchObject({ code: "forbidden" });
    await db().execute(sql`update comments set created_at = now() - interval '16 minutes' where id = ${comment.id}::bigint`);
    await expect(editComment(ada, comment.id, "Late")).rejects.toMatchObject({ code: "forbidden", message: "A comment can be changed for 15 minutes." });
    expect(await getComment(ada, comment.id)).toMatchObject({ content: "Hello", editable_until: null });
  });
});

describe("deleting", () => {
  it("can be undone by whoever did it, with the replies that went along", async () => {
    const [owner, ada, bo] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const thread = await addComment(ada, post, say("Thread"), null);
    const gone = await addComment(bo, post, say("Gone before", thread.id), null);
    await addComment(bo, post, say("Goes along", thread.id), null);
    await deleteComment(bo, gone.id);
    await deleteComment(owner, thread.id);
    await expect(restoreComment(ada, thread.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(restoreComment(bo, gone.id)).rejects.toMatchObject({ code: "not_found" });
    for (let i = 0; i < 2; i++) expect(await restoreComment(owner, thread.id)).toMatchObject({ reply_count: 1 });
    expect(await words(null, post, { parentId: thread.id })).toEqual(["Goes along"]);
    expect(await countOf(post)).toBe(2);
    await deleteComment(ada, thread.id);
    await db().execute(sql`update comments set deleted_at = deleted_at - interval '11 minutes' where post_id = ${post}::bigint`);
    await expect(restoreComment(ada, thread.id)).rejects.toMatchObject({ code: "not_found" });
  });
});
