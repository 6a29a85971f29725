import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { setCommentLike } from "@/lib/comments/likes";
import { addComment, deleteComment } from "@/lib/comments/service";
import { createCollection, deleteCollection, inviteMember, removeMember } from "@/lib/interactions/collections";
import { setLike } from "@/lib/interactions/service";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getVisiblePost } from "@/lib/posts/queries";
import { editPostSchema } from "@/lib/posts/schemas";
import { deletePost, editPost, restorePost } from "@/lib/posts/service";
import { hiddenWordSchema } from "@/lib/privacy/schemas";
import { hideWord } from "@/lib/privacy/service";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { runJobs } from "@/lib/testing/run-jobs";
import { jobs } from "./jobs";
import { countUnread, listNotifications } from "./queries";
import { markRead } from "./service";

const page = { limit: 20, cursor: null };
const told = async (viewer: Viewer) => (await listNotifications(viewer, page)).items.map((n) => `${n.kind} ${n.actors.map((a) => a.username).join("+")} ${n.actor_count}`);
const run = () => runJobs(jobs, { twice: true });

describe("notifications", () => {
  beforeAll(() => migrateQueue(jobs));

  it("group likes of one post, tell each once, and take back what was undone", async () => {
    const owner = await makeUser();
    const [a, b, c, d] = [await makeUser({ username: "ann" }), await makeUser({ username: "bo" }), await makeUser({ username: "cy" }), await makeUser({ username: "di" })];
    const post = await makePost(owner);
    for (const person of [a, b, c, d]) await setLike(person!, post, true);
    await setLike(owner, post, true);
    await run();
    expect(await told(owner)).toEqual(["like di+cy+bo 4"]);
    expect(await countUnread(owner)).toBe(1);
    await setLike(d!, post, false);
    await run();
    expect(await told(owner)).toEqual(["like cy+bo+ann 3"]);
    for (const person of [a, b, c]) await setLike(person!, post, false);
    await run();
    expect(await told(owner)).toEqual([]);
    expect(await countUnread(owner)).toBe(0);
  });

  it("begin a new group once the old one was read", async () => {
    const [owner, a, b] = [await makeUser(), await makeUser({ username: "eli" }), await makeUser({ username: "fay" })];
    const post = await makePost(owner);
    await setLike(a, post, true);
    await run();
    await markRead(owner, null);
    expect(await countUnread(owner)).toBe(0);
    await setLike(b, post, true);
    await run();
    expect(await told(owner)).toEqual(["like fay 1", "like eli 1"]);
    expect(await countUnread(owner)).toBe(1);
  });

  it("of a shared collection go with it, and an invitation is told again", async () => {
    const [owner, friend] = [await makeUser({ username: "kit" }), await makeUser()];
    const id = await createCollection(owner, { name: "Ours" }, null);
    const invite = async () => { await inviteMember(owner, id, friend.id); await run(); };
    await invite();
    expect(await told(friend)).toEqual(["collection_shared kit 1"]);
    for (const who of [owner, friend]) {
      await markRead(friend, null);
      await removeMember(who, id, friend.id);
      await run();
      expect(await told(friend)).toEqual([]);
      await invite();
      expect(await told(friend)).toEqual(["collection_shared kit 1"]);
      expect(await countUnread(friend)).toBe(1);
    }
    await deleteCollection(owner, id);
    await run();
    expect(await told(friend)).toEqual([]);
  });

  it("do not tell the words of a comment that one came to hide later, but one's own", async () => {
    const [owner, ada] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    const [own, other] = [await addComment(owner, post, { content: "The end!" }, null), await addComment(ada, post, { content: "In THE END" }, null)];
    await setCommentLike(ada, own.id, true);
    await run();
    const said = async () => (await listNotifications(owner, page)).items.map(({ kind, comment }) => [kind, comment?.id ?? null, comment?.content ?? null]).toSorted();
    const liked = ["comment_like", own.id, "The end!"];
    expect(await said()).toEqual([["comment", other.id, "In THE END"], liked]);
    await hideWord(owner, hiddenWordSchema.parse({ phrase: "the end" }));
    expect(await said()).toEqual([["comment", null, null], liked]);
    await hideWord(owner, hiddenWordSchema.parse({ phrase: "the end", scopes: ["posts"] }));
    expect(await said()).toEqual([["comment", other.id, "In THE END"], liked]);
  });

  it("tell each person of a comment once, in the closest role", async () => {
    const [owner, ada, bea] = [await makeUser(), await makeUser({ username: "ada" }), await makeUser({ username: "bea" })];
    const post = await makePost(owner);
    const first = await addComment(ada, post, { content: `Look @bea and @${owner.username}` }, null);
    await run();
    expect(await told(owner)).toEqual(["comment ada 1"]);
    expect(await told(bea)).toEqual(["mention ada 1"]);
    const reply = await addComment(bea, post, { content: "@ada indeed", parent_id: first.id }, null);
    await run();
    expect(await told(ada)).toEqual(["reply bea 1"]);
    expect(await told(owner)).toEqual(["comment bea+ada 2"]);
    await deleteComment(bea, reply.id);
    await run();
    expect(await told(ada)).toEqual([]);
    expect(await told(owner)).toEqual(["comment ada 1"]);
  });

  it("name nobody who may not see the post, and nothing between people who block each other", async () => {
    const owner = await makeUser({ isPrivate: true });
    const [fan, stranger] = [await makeUser({ username: "fan1" }), await makeUser({ username: "stranger1" })];
    await makeFollow(fan, owner);
    const post = await makePost(owner, { caption: "With @fan1 and @stranger1" });
    await db().transaction((tx) => announce(tx, "post.published", { postId: post }));
    await run();
    expect(await told(fan)).toEqual([`mention ${owner.username} 1`]);
    expect(await told(stranger)).toEqual([]);
    await setLike(fan, post, true);
    await run();
    expect(await countUnread(owner)).toBe(1);
    // At once by the read, for good by the job.
    await makeBlock(fan, owner);
    expect(await told(owner)).toEqual([]);
    expect(await countUnread(owner)).toBe(0);
    expect(await told(fan)).toEqual([]);
    await db().transaction((tx) => announce(tx, "user.blocked", { blockerId: fan.id, blockedId: owner.id }));
    await run();
    expect(await told(owner)).toEqual([]);
  });

  it("name people once it is true: after an edit, for a wider audience, after a return; and no longer when it is not", async () => {
    const [ada, bob, cy] = [await makeUser(), await makeUser({ username: "bob2" }), await makeUser({ username: "cy2" })];
    const post = await makePost(ada, { audience: "followers", caption: "With @bob2" });
    const change = async (edit: object) => (await editPost(ada, post, editPostSchema.parse(edit)), await run());
    const at = (person: Viewer) => ({ username: person.username, x: 0, y: 0 });
    const { media: [photo] } = await getVisiblePost(ada, post);
    await change({ media: [{ id: photo!.id, tags: [at(cy)] }], collaborators: [cy.username] });
    expect([await told(bob), await told(cy)]).toEqual([[], []]);
    await change({ audience: "everyone" });
    expect([await told(bob), (await told(cy)).toSorted()]).toEqual([[`mention ${ada.username} 1`], [`collaboration ${ada.username} 1`, `tag ${ada.username} 1`]]);
    await change({ caption: "With @cy2" });
    expect([await told(bob), (await told(cy)).length]).toEqual([[], 3]);
    await change({ is_archived: true });
    expect(await told(cy)).toEqual([]);
    await change({ is_archived: false });
    expect((await told(cy)).length).toBe(3);
    await deletePost(ada, post);
    await run();
    await restorePost(ada, post);
    await run();
    expect((await told(cy)).length).toBe(3);
  });

  it("page to the end without gap or repeat", async () => {
    const owner = await makeUser();
    const fan = await makeUser();
    for (let i = 0; i < 7; i++) await setLike(fan, await makePost(owner), true);
    await run();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const slice = await listNotifications(owner, { limit: 3, cursor });
      seen.push(...slice.items.map((n) => n.id));
      cursor = slice.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });
});
