import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { readSection, SECTIONS } from "@/lib/exports/sections";
import { messageOfConversation } from "@/lib/notifications/delivery/message";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { endOf, friends, groupOf, pairOf, say } from "@/lib/testing/conversations";
import { makeBlock, makeFollow, makeUser } from "@/lib/testing/factories";
import { editMessage, setMessageReaction } from "./change";
import { addMembers, joinGroup, leaveGroup, removeMember, setInvite, setRole } from "./groups";
import { readMessageNotice } from "./notice";
import { getThread, listMembers, listMessages, listThreads, readInvite } from "./queries";
import { acceptThread, changeThread, declineThread, openThread } from "./service";

vi.hoisted(() => Object.assign(process.env, { LIMIT_MESSAGES_PER_MINUTE: "100000", LIMIT_STRANGERS_PER_DAY: "3", LIMIT_STRANGER_LINKS_PER_DAY: "2", LIMIT_SAME_TEXT_PER_HOUR: "4" }));

const page = { limit: 50, cursor: null };
async function exported(person: Viewer): Promise<{ name: string | null; people: string[] }[]> {
  const found: unknown[] = [];
  for await (const item of readSection(SECTIONS.find(({ kind }) => kind === "conversations")!, person.id)) found.push(item);
  return found as { name: string | null; people: string[] }[];
}

describe("groups with strangers", () => {
  it("take no more of them in a day than one may write to", async () => {
    const [eve, ...targets] = (await Promise.all(Array.from({ length: 7 }, () => makeUser()))) as [Viewer, ...Viewer[]];
    const id = await groupOf([eve, ...targets.slice(0, 2)]);
    expect(await endOf(addMembers(eve, id, [targets[0]!.id, targets[2]!.id]))).toBe("done");
    expect(await endOf(addMembers(eve, id, [targets[3]!.id]))).toBe("too_many");
    expect(await endOf(groupOf([eve, ...targets.slice(4)]))).toBe("too_many");
    // Friends are not counted.
    const friend = await makeUser();
    await makeFollow(friend, eve);
    expect(await endOf(addMembers(eve, id, [friend.id]))).toBe("done");
    expect((await listMembers(eve, id, page))!.items).toHaveLength(5);
  });

  it("ask nobody again who declined", async () => {
    const [eve, ada, friend] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(friend, eve);
    const pair = await pairOf(eve, ada);
    await say(eve, pair, "Hello");
    await declineThread(ada, pair);
    const id = await groupOf([eve, ada, friend]);
    await say(eve, id, "Hello again");
    expect([(await listThreads(ada, "requests", page)).items, await getThread(ada, id)]).toEqual([[], null]);
    const other = await groupOf([friend, ada, eve], "Others");
    await declineThread(ada, other);
    await removeMember(friend, other, ada.id);
    await addMembers(friend, other, [ada.id]);
    expect((await listThreads(ada, "requests", page)).items).toEqual([]);
  });

  it("are spared links and the same words, also by a change, and the push says no name that they were given", async () => {
    const [eve, ada] = [await makeUser(), await makeUser()];
    const id = await groupOf([eve, ada], "Win a prize at example.org");
    const first = await say(eve, id, "Hello");
    expect(await endOf(editMessage(eve, id, first.id, "See https://example.org/1"))).toBe("done");
    expect(await endOf(editMessage(eve, id, first.id, "Look, https://example.org/1"))).toBe("done");
    expect(await endOf(say(eve, id, "See https://example.org/2"))).toBe("done");
    expect(await endOf(say(eve, id, "See https://example.org/3"))).toBe("too_many");
    expect(await endOf(editMessage(eve, id, first.id, "See https://example.org/4"))).toBe("too_many");
    const notice = (await readMessageNotice(ada.id, id))!;
    expect(messageOfConversation(notice, 1)).toMatchObject({ title: "A group", body: `${eve.username}: Wants to write to you` });
    await acceptThread(ada, id);
    expect(messageOfConversation((await readMessageNotice(ada.id, id))!, 1).title).toBe("Win a prize at example.org");
    expect(await endOf(say(eve, id, "See https://example.org/5"))).toBe("done");
  });
});

describe("who is out of a group", () => {
  it("knows it as it was, not as it is", async () => {
    const [ada, bo, cy, di] = (await friends(4)) as [Viewer, Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo, cy], "Walkers");
    const sent = await say(ada, id, "One");
    await leaveGroup(bo, id);
    await changeThread(ada, id, { name: "Runners" });
    await addMembers(ada, id, [di.id]);
    await leaveGroup(cy, id);
    await setMessageReaction(ada, id, sent.id, "🔥", true);
    expect(await getThread(bo, id)).toMatchObject({ name: "Walkers", member_count: 3, people: [{ username: ada.username }, { username: cy.username }] });
    expect(await getThread(ada, id)).toMatchObject({ name: "Runners", member_count: 2, people: [{ username: di.username }] });
    expect((await listMessages(bo, id, { limit: 10 }))!.messages.find((one) => one.id === sent.id)!.reactions).toEqual([]);
    expect((await exported(bo)).map(({ name, people }) => [name, people.toSorted()])).toEqual([["Walkers", [ada.username, cy.username].toSorted()]]);
    await addMembers(ada, id, [bo.id]);
    expect(await getThread(bo, id)).toMatchObject({ name: "Runners", member_count: 3 });
  });

  it("comes back by an invitation when they left, not when they were taken out", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo, cy]);
    const { token } = (await setInvite(ada, id, true)) as { token: string };
    await leaveGroup(bo, id);
    await removeMember(ada, id, cy.id);
    expect(await endOf(joinGroup(bo, token))).toBe("done");
    expect([await endOf(joinGroup(cy, token)), await readInvite(cy, token)]).toEqual(["forbidden", null]);
    await addMembers(ada, id, [cy.id]);
    await leaveGroup(cy, id);
    expect(await endOf(joinGroup(cy, token))).toBe("done");
  });

  it("has it among theirs when they declined it and come by an invitation", async () => {
    const [ada, bo] = [await makeUser(), await makeUser()];
    const id = await groupOf([ada, bo]);
    const { token } = (await setInvite(ada, id, true)) as { token: string };
    await declineThread(bo, id);
    expect(await getThread(bo, id)).toBeNull();
    expect(await joinGroup(bo, token)).toMatchObject({ folder: "inbox" });
    expect((await listThreads(bo, "inbox", page)).items.map((thread) => thread.id)).toEqual([id]);
    expect(await endOf(declineThread(bo, id))).toBe("invalid");
  });
});

describe("admins", () => {
  it("do nothing to who is not there for them", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo, cy]);
    await makeBlock(bo, ada);
    expect([await endOf(setRole(ada, id, bo.id, "admin")), await endOf(removeMember(ada, id, bo.id)), await endOf(removeMember(ada, id, (await makeUser()).id))]).toEqual(["not_found", "not_found", "not_found"]);
    expect((await listMembers(cy, id, page))!.items.map(({ user, role }) => [user.id, role])).toEqual(expect.arrayContaining([[bo.id, "member"]]));
  });

  it("are followed by somebody who lives", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo]);
    await addMembers(ada, id, [cy.id]);
    await db().execute(sql`update users set deactivated_at = now() where id = ${bo.id}::bigint`);
    await leaveGroup(ada, id);
    expect((await getThread(cy, id))!.viewer.role).toBe("admin");
  });
});

describe("conversations", () => {
  it("of one request are one group, however often it comes", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const opened = await Promise.all(Array.from({ length: 4 }, () => openThread(ada, { userIds: [bo.id], name: "Once" }, "the-same-key")));
    expect([new Set(opened.map(({ thread }) => thread.id)).size, opened.filter(({ isNew }) => isNew).length]).toEqual([1, 1]);
    expect((await openThread(ada, { userIds: [bo.id], name: "Once" }, "another-key")).isNew).toBe(true);
  });

  it("in which nobody wrote are not exported", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    expect(await exported(bo)).toEqual([]);
    await say(ada, id, "Hello");
    expect(await exported(bo)).toMatchObject([{ name: null, people: [ada.username] }]);
  });

  it("are changed by who may write there only", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    await makeBlock(ada, bo);
    for (const one of [ada, bo]) expect(await endOf(changeThread(one, id, { vanishing: "seen" }))).toBe("forbidden");
    expect(await endOf(changeThread(bo, id, { is_muted: true }))).toBe("done");
    expect((await getThread(ada, id))!.vanishing).toBe("off");
  });
});
