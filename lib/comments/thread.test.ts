import { describe, expect, it } from "vitest";
import { say, useComments } from "@/lib/testing/comments";
import { makePost, makeUser } from "@/lib/testing/factories";
import { setCommentHidden } from "./moderate";
import { findThread } from "./queries";
import { addComment } from "./service";

useComments();

describe("a link to one comment", () => {
  it("opens its thread around it, for those who may see it", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const thread = await addComment(ada, post, say("Thread"), null);
    const replies = [];
    for (let i = 0; i < 30; i++) replies.push(await addComment(ada, post, say(`Reply ${i}`, thread.id), null));
    const found = await findThread(null, post, replies[20]!.id);
    expect(found).toMatchObject({ root: { id: thread.id }, comment: { content: "Reply 20" }, hasEarlier: true });
    expect(found!.replies!.items.map((reply) => reply.content).slice(0, 4)).toEqual(["Reply 17", "Reply 18", "Reply 19", "Reply 20"]);
    expect(await findThread(null, post, replies[2]!.id)).toMatchObject({ hasEarlier: false });
    expect(await findThread(null, await makePost(owner), thread.id)).toBeNull();
    await setCommentHidden(owner, thread.id, true);
    expect(await findThread(await makeUser(), post, replies[20]!.id)).toBeNull();
    expect(await findThread(owner, post, replies[20]!.id)).not.toBeNull();
  });
});
