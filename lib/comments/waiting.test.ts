import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { block } from "@/lib/graph/service";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { acceptCollaboration, deletePost, editPost } from "@/lib/posts/service";
import { editPostSchema } from "@/lib/posts/schemas";
import { hideWord } from "@/lib/privacy/service";
import { all, say, useComments } from "@/lib/testing/comments";
import { makePost, makeUser } from "@/lib/testing/factories";
import { approveComment, setCommentHidden, withdrawApproval } from "./moderate";
import { addComment, deleteComment, editComment, restoreComment } from "./service";
import { countWaiting, listWaiting } from "./waiting";

useComments();

const restrict = (who: Viewer, whom: Viewer) => db().execute(sql`insert into restricts (restricter_id, restricted_id) values (${who.id}::bigint, ${whom.id}::bigint)`);
const held = async (viewer: Viewer, state: "pending" | "hidden" = "pending", page: object = {}) => (await listWaiting(viewer, { ...all, state, ...page })).items.map(({ content }) => content);

describe("what waits on all of one's posts", () => {
  it("is one list, newest first, for their author alone", async () => {
    const [owner, ada, eve, mal] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    const [first, second, adas] = [await makePost(owner), await makePost(owner), await makePost(ada)];
    await editPost(owner, first, editPostSchema.parse({ collaborators: [ada.username] }));
    await acceptCollaboration(ada, first);
    for (const one of [eve, mal]) await restrict(owner, one);
    await restrict(ada, eve);
    const thread = await addComment(ada, second, say("Hello"), null);
    await addComment(eve, first, say("One"), null);
    await addComment(mal, second, say("Two", thread.id), null);
    await addComment(eve, adas, say("Under Ada's"), null);
    await addComment(ada, first, say("Shown"), null);
    expect(await held(owner)).toEqual(["Two", "One"]);
    // Who made the post with them approves nothing, and sees nothing that waits.
    for (const [viewer, seen] of [[ada, ["Under Ada's"]], [eve, []], [mal, []]] as const) expect([await held(viewer), await countWaiting(viewer)]).toEqual([seen, seen.length]);
    const [reply] = (await listWaiting(owner, { ...all, state: "pending" })).items;
    expect(reply).toMatchObject({ parent_id: thread.id, state: "pending", can_moderate: true, post: { id: second, shortcode: expect.any(String), thumbnail_url: expect.any(String) } });
  });

  it("comes in pages that neither repeat nor miss, and is counted to a hundred", async () => {
    const [owner, eve] = [await makeUser(), await makeUser()];
    const posts = [await makePost(owner), await makePost(owner)];
    await restrict(owner, eve);
    for (let i = 0; i < 7; i++) await addComment(eve, posts[i % 2]!, say(`No. ${i}`), null);
    const seen: string[] = [];
    for (let cursor: string | null = null, rounds = 0; rounds < 9; rounds++) {
      const slice = await listWaiting(owner, { limit: 3, cursor, state: "pending" });
      seen.push(...slice.items.map(({ content }) => content));
      // What comes meanwhile is not before the cursor.
      await addComment(eve, posts[0]!, say("Later"), null);
      cursor = slice.nextCursor;
      if (cursor === null) break;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `No. ${i}`));
    expect(await countWaiting(owner)).toBe(10);
    await db().execute(sql`insert into comments (post_id, user_id, content, state, held_for_id) select ${posts[0]}::bigint, ${eve.id}::bigint, 'Again', 'pending', ${owner.id}::bigint from generate_series(1, 120)`);
    expect(await countWaiting(owner)).toBe(100);
  });

  it("follows what becomes of each", async () => {
    const [owner, eve, ada] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    await restrict(owner, eve);
    await hideWord(owner, { phrase: "lottery", scopes: ["comments"], lasts: "always" });
    const waits = await addComment(eve, post, say("May I?"), null);
    const spam = await addComment(ada, post, say("Win the lottery"), null);
    const lists = async () => [await held(owner), await held(owner, "hidden"), await countWaiting(owner)];
    expect(await lists()).toEqual([["May I?"], ["Win the lottery"], 1]);
    await approveComment(owner, waits.id);
    expect(await lists()).toEqual([[], ["Win the lottery"], 0]);
    await withdrawApproval(owner, waits.id);
    await setCommentHidden(owner, spam.id, false);
    expect(await lists()).toEqual([["May I?"], [], 1]);
    await setCommentHidden(owner, waits.id, true);
    expect(await lists()).toEqual([[], ["May I?"], 0]);
    await setCommentHidden(owner, waits.id, false);
    await editComment(eve, waits.id, "May I now?");
    expect(await lists()).toEqual([["May I now?"], [], 1]);
    await deleteComment(owner, waits.id);
    expect(await lists()).toEqual([[], [], 0]);
    await restoreComment(owner, waits.id);
    expect(await lists()).toEqual([["May I now?"], [], 1]);
  });

  it("has nothing of people one blocks, nor of posts and threads that are gone", async () => {
    const [owner, eve, mal, ada] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    const [post, doomed] = [await makePost(owner), await makePost(owner)];
    for (const one of [eve, mal]) await restrict(owner, one);
    const thread = await addComment(ada, post, say("Thread"), null);
    await addComment(eve, post, say("Reply", thread.id), null);
    await addComment(eve, doomed, say("Under what goes"), null);
    await addComment(mal, post, say("Rude"), null);
    expect([await held(owner), await countWaiting(owner)]).toEqual([["Rude", "Under what goes", "Reply"], 3]);
    await block(owner, mal.id);
    await deletePost(owner, doomed);
    await deleteComment(ada, thread.id);
    expect([await held(owner), await countWaiting(owner)]).toEqual([[], 0]);
  });
});
