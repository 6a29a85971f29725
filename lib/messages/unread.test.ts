import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { block } from "@/lib/graph/service";
import { registry } from "@/lib/jobs";
import { idSchema } from "@/lib/platform/ids";
import { NEWEST } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { friends, groupOf, pairOf, say } from "@/lib/testing/conversations";
import { makeBlock, makePost } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { markRead, setMessageReaction, unsendMessage } from "./change";
import { eraseMessages } from "./erase";
import { addMembers } from "./groups";
import { jobs } from "./jobs";
import { countUnreadThreads, getThread, listMessages, listThreads } from "./queries";

vi.hoisted(() => Object.assign(process.env, { LIMIT_MESSAGES_PER_MINUTE: "100000" }));
beforeAll(() => installJobs(registry));

const unread = async (viewer: Viewer, id: string) => [(await countUnreadThreads(viewer)).unread_count, (await getThread(viewer, id))!.unread_count];

describe("what is unread", () => {
  it("is only what can be read, after a block in a group", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo, cy]);
    const seen = await say(cy, id, "From Cy");
    await markRead(ada, id, seen.id);
    await say(bo, id, "From Bo");
    expect(await unread(ada, id)).toEqual([1, 1]);
    await block(ada, bo.id);
    await drainJobs(jobs);
    expect(await unread(ada, id)).toEqual([0, 0]);
    // Taking back what is newest leads back to something that is there for each of them.
    const last = await say(cy, id, "Once more");
    await unsendMessage(cy, id, last.id);
    expect([await unread(ada, id), await unread(cy, id)]).toEqual([[0, 0], [0, 0]]);
  });

  it("is nothing that went with somebody for good", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo]);
    await addMembers(ada, id, [cy.id]);
    expect(await unread(cy, id)).toEqual([1, 1]);
    await say(ada, id, "Hello");
    // The event that brought Cy names Cy; one that names Ada is the newest for nobody.
    await eraseMessages(ada.id);
    expect(await unread(cy, id)).toEqual([0, 0]);
    expect((await listThreads(cy, "inbox", { limit: 5, cursor: null })).items.map((thread) => thread.id)).toEqual([id]);
  });

  it("leaves each conversation a place of its own when nothing is left in it", async () => {
    const [ada, ...others] = (await friends(4)) as [Viewer, ...Viewer[]];
    const ids: string[] = [];
    for (const other of others) {
      const id = await pairOf(other, ada);
      await unsendMessage(other, id, (await say(other, id, "Oh no")).id);
      ids.unshift(id);
    }
    const found: string[] = [];
    for (let cursor: string | null = null; found.length < 10; ) {
      const slice = await listThreads(ada, "inbox", { limit: 1, cursor });
      found.push(...slice.items.map((thread) => thread.id));
      cursor = slice.nextCursor;
      if (cursor === null) break;
    }
    expect([found, (await countUnreadThreads(ada)).unread_count]).toEqual([ids, 0]);
  });
});

describe("messages as they are read", () => {
  it("stay readable when the author of a shared post is gone for good", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const [kept, gone] = [await makePost(ada), await makePost(cy)];
    const id = await pairOf(ada, bo);
    for (const post of [gone, kept]) await say(ada, id, "", { shared: { kind: "post", id: post } });
    await say(ada, id, "", { shared: { kind: "profile", id: cy.id } });
    await eraseMessages(cy.id);
    const cards = (await listMessages(bo, id, { limit: 10 }))!.messages.map(({ shared }) => shared);
    expect(cards).toMatchObject([{ kind: "post", post: null }, { kind: "post", post: { id: kept } }, { kind: "profile", user: null }]);
    expect((await listThreads(bo, "inbox", { limit: 5, cursor: null })).items).toHaveLength(1);
  });

  it("cover in an answer what their reader hides, and show no reactions of who is not there", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    await db().execute(sql`insert into hidden_words (user_id, phrase, phrase_key) values (${bo.id}::bigint, 'spoiler', 'spoiler')`);
    const id = await groupOf([ada, bo, cy]);
    const first = await say(ada, id, "A Spoiler: they win");
    const answer = await say(cy, id, "No!", { reply_to: first.id });
    const read = async (viewer: Viewer) => (await listMessages(viewer, id, { ids: [answer.id], limit: 1 }))!.messages[0]!;
    expect([(await read(bo)).reply_to!.excerpt, (await read(ada)).reply_to!.excerpt]).toEqual(["A word that you hide", "A Spoiler: they win"]);
    await setMessageReaction(ada, id, answer.id, "🔥", true);
    expect((await read(bo)).reactions).toHaveLength(1);
    await db().execute(sql`update users set deactivated_at = now() where id = ${ada.id}::bigint`);
    expect((await read(bo)).reactions).toEqual([]);
  });

  it("are found around any id, of which there is one spelling", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    const { id: messageId } = await say(ada, id, "Here");
    expect((await listMessages(bo, id, { around: NEWEST, limit: 4 }))!.messages.map((one) => one.id)).toEqual([messageId]);
    expect([`0${ada.id}`, "00", "-1", ada.id, "0"].map((text) => idSchema.safeParse(text).success)).toEqual([false, false, false, true, true]);
  });

  it("of two people across a block in a group raise nothing for them", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo, cy]);
    await makeBlock(ada, bo);
    const from = await say(cy, id, "From Cy");
    await markRead(ada, id, from.id);
    const hidden = await say(bo, id, "From Bo");
    await unsendMessage(cy, id, from.id);
    await unsendMessage(bo, id, hidden.id);
    expect(await unread(ada, id)).toEqual([0, 0]);
  });
});
