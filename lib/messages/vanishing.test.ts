import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { block } from "@/lib/graph/service";
import { registry } from "@/lib/jobs";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { setPrivacy } from "@/lib/privacy/service";
import { endOf, friends, groupOf, pairOf, say, textsOf } from "@/lib/testing/conversations";
import { makePost, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { markRead } from "./change";
import { leaveGroup } from "./groups";
import { jobs, removeVanished } from "./jobs";
import { sendMessageSchema } from "./schemas";
import { deliverMessage, sendMessage, shareWith } from "./send";
import { changeThread, declineThread } from "./service";
import { settleAll } from "./vanishing";

vi.hoisted(() => Object.assign(process.env, { LIMIT_MESSAGES_PER_MINUTE: "100000" }));
beforeAll(() => installJobs(registry));

/** In how many hours a message goes; null when that is not known. */
async function hoursOf(id: string): Promise<number | null> {
  const [row] = await db().execute<{ hours: number | null }>(sql`select round(extract(epoch from vanishes_at - now()) / 3600)::int as hours from messages where id = ${id}::bigint`);
  return row!.hours;
}
const lapse = () => db().execute(sql`update messages set vanishes_at = now() - interval '1 second' where vanishes_at is not null`);

async function vanishingGroup(): Promise<{ ada: Viewer; bo: Viewer; cy: Viewer; id: string }> {
  const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
  const id = await groupOf([ada, bo, cy]);
  await changeThread(ada, id, { vanishing: "seen" });
  return { ada, bo, cy, id };
}

describe("what goes when all have seen it", () => {
  it("goes when those have who live, took the conversation, and are across no block", async () => {
    const { ada, bo, cy, id } = await vanishingGroup();
    const one = await say(ada, id, "One");
    await markRead(bo, id, one.id);
    expect(await hoursOf(one.id)).toBeNull();
    await markRead(cy, id, one.id);
    expect(await hoursOf(one.id)).toBe(0);
    const two = await say(ada, id, "Two");
    await markRead(bo, id, two.id);
    await leaveGroup(cy, id);
    expect(await hoursOf(two.id)).toBe(0);
  });

  it("does not wait for who went without a word, or is across a block", async () => {
    const { ada, bo, cy, id } = await vanishingGroup();
    const one = await say(ada, id, "One");
    await markRead(bo, id, one.id);
    await db().execute(sql`update users set deactivated_at = now() where id = ${cy.id}::bigint`);
    await settleAll();
    expect(await hoursOf(one.id)).toBe(0);
    const other = await vanishingGroup();
    const two = await say(other.ada, other.id, "Two");
    await markRead(other.bo, other.id, two.id);
    await block(other.cy, other.ada.id);
    await drainJobs(jobs);
    expect(await hoursOf(two.id)).toBe(0);
  });

  it("says nothing of those who do not show how far they read: for them it goes after a day", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    await changeThread(ada, id, { vanishing: "seen" });
    await setPrivacy(bo, { shows_seen: false });
    const one = await say(ada, id, "One");
    expect(await hoursOf(one.id)).toBe(24);
    await markRead(bo, id, one.id);
    expect(await hoursOf(one.id)).toBe(24);
    const { ada: from, bo: shy, cy, id: group } = await vanishingGroup();
    await db().execute(sql`insert into restricts (restricter_id, restricted_id) values (${shy.id}::bigint, ${from.id}::bigint)`);
    const two = await say(from, group, "Two");
    await markRead(shy, group, two.id);
    expect(await hoursOf(two.id)).toBeNull();
    await markRead(cy, group, two.id);
    expect(await hoursOf(two.id)).toBe(24);
  });

  it("goes a day after it came to who has not taken it, or declined", async () => {
    const [eve, ada] = [await makeUser(), await makeUser()];
    const id = await pairOf(eve, ada);
    await changeThread(eve, id, { vanishing: "seen" });
    const one = await say(eve, id, "One");
    await markRead(ada, id, one.id);
    await declineThread(ada, id);
    expect([await hoursOf(one.id), await hoursOf((await say(eve, id, "Two")).id)]).toEqual([24, 24]);
  });
});

describe("what has gone and is sent again", () => {
  it("is not written anew, before and after it was removed", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    await changeThread(ada, id, { vanishing: "day" });
    const input = sendMessageSchema.parse({ client_id: "lost", text: "Once" });
    const { message } = await sendMessage(ada, id, input);
    await lapse();
    expect(await deliverMessage(ada, id, input)).toEqual({ id: message.id, message: null, isNew: false });
    await removeVanished();
    expect(await deliverMessage(ada, id, input)).toEqual({ id: message.id, message: null, isNew: false });
    expect([await textsOf(ada, id), await textsOf(bo, id), await endOf(sendMessage(ada, id, input))]).toEqual([[], [], "not_found"]);
    // Another's message of the same name is another one.
    expect((await deliverMessage(bo, id, input)).isNew).toBe(true);
  });

  it("is answered when it is a share, which counts once for each person", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const post = await makePost(cy);
    const share = () => shareWith(ada, { client_id: "again", shared: { kind: "post", id: post }, text: null, user_ids: [bo.id, cy.id], thread_ids: [] });
    const first = await share();
    await db().execute(sql`update messages set vanishes_at = now() - interval '1 second' where id = ${first.sent[0]!.message_id}::bigint`);
    await removeVanished();
    expect(await share()).toEqual(first);
    await say(bo, await pairOf(bo, cy), "", { shared: { kind: "post", id: post } });
    const rows = await db().execute<{ user_id: string }>(sql`select user_id::text from shares where post_id = ${post}::bigint order by user_id::text`);
    expect([...rows].map(({ user_id }) => user_id)).toEqual([ada.id, bo.id].sort());
  });
});
