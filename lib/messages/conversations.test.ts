import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { setPrivacy } from "@/lib/privacy/service";
import { report } from "@/lib/moderation/reports";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { firstPage, friends, groupOf, pairOf, say, textsOf, threadIdsOf } from "@/lib/testing/conversations";
import { makeBlock, makeUser } from "@/lib/testing/factories";
import { editMessage, markRead, setMessageReaction, unsendMessage } from "./change";
import { addMembers, joinGroup, leaveGroup, removeMember, setInvite, setRole } from "./groups";
import { readMessageNotice } from "./notice";
import { countUnreadThreads, getThread, listMembers, listMessages, listPeople, listSeen, readInvite } from "./queries";
import { searchMessages } from "./search";
import { acceptThread, changeThread, clearThread, declineThread, openThread } from "./service";

vi.hoisted(() => Object.assign(process.env, { LIMIT_MESSAGES_PER_MINUTE: "100000" }));

describe("pairs", () => {
  it("have one thread, whoever begins, also at once", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const opened = await Promise.all([ada, bo, ada, bo].map((one) => openThread(one, { userIds: [one === ada ? bo.id : ada.id] })));
    expect(new Set(opened.map(({ thread }) => thread.id)).size).toBe(1);
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
    const id = opened[0]!.thread.id;
    expect([await threadIdsOf(ada), await threadIdsOf(bo)]).toEqual([[], []]);
    await say(ada, id, "Hello");
    expect([await threadIdsOf(ada), await threadIdsOf(bo)]).toEqual([[id], [id]]);
    expect(await getThread(bo, id)).toMatchObject({ kind: "pair", unread_count: 1, folder: "inbox", people: [{ username: ada.username }], last_message: { text: "Hello", is_mine: false, client_id: null }, viewer: { cannot_write: null } });
    expect(await countUnreadThreads(bo)).toEqual({ unread_count: 1, request_count: 0 });
    expect(await countUnreadThreads(ada)).toEqual({ unread_count: 0, request_count: 0 });
    await expect(openThread(ada, { userIds: [ada.id] })).rejects.toMatchObject({ code: "invalid" });
  });

  it("are nobody else's", async () => {
    const [ada, bo, eve] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await pairOf(ada, bo);
    const { id: messageId } = await say(ada, id, "Between us");
    expect([await getThread(eve, id), await listMessages(eve, id, { limit: 10 }), await listMembers(eve, id, firstPage), await listSeen(eve, id)]).toEqual([null, null, null, null]);
    for (const deed of [() => say(eve, id, "x"), () => editMessage(eve, id, messageId, "x"), () => unsendMessage(eve, id, messageId), () => setMessageReaction(eve, id, messageId, "🔥", true), () => markRead(eve, id, messageId), () => clearThread(eve, id),
      () => changeThread(eve, id, { is_muted: true }), () => acceptThread(eve, id), () => leaveGroup(eve, id), () => report(eve, { subject: "thread", id, reason: "spam", note: "" })]) await expect(deed()).rejects.toMatchObject({ code: "not_found" });
    expect((await searchMessages(eve, { ...firstPage, q: "Between" })).messages).toEqual([]);
    // Not even by a thread of one's own.
    expect((await listMessages(eve, await pairOf(eve, ada), { ids: [messageId], limit: 10 }))!.messages).toEqual([]);
  });
});

describe("requests", () => {
  it("take what strangers write, and tell them nothing until they are accepted", async () => {
    const [ada, stranger] = [await makeUser(), await makeUser()];
    const id = await pairOf(stranger, ada);
    const sent = await say(stranger, id, "We do not know each other");
    expect([await threadIdsOf(ada), await threadIdsOf(ada, "requests")]).toEqual([[], [id]]);
    expect(await countUnreadThreads(ada)).toEqual({ unread_count: 0, request_count: 1 });
    expect(await getThread(ada, id)).toMatchObject({ folder: "requests", request: { from: { username: stranger.username }, shared_followers: 0 }, presence: null });
    await markRead(ada, id, sent.id);
    expect(await listSeen(stranger, id)).toEqual([]);
    expect(await readMessageNotice(ada.id, id)).toBeNull();
    await acceptThread(ada, id);
    expect(await threadIdsOf(ada)).toEqual([id]);
    expect(await listSeen(stranger, id)).toMatchObject([{ user: { username: ada.username }, read_id: sent.id }]);
    await setPrivacy(ada, { shows_seen: false });
    expect(await listSeen(stranger, id)).toEqual([]);
  });

  it("can be declined without a word, and stay so until one writes oneself", async () => {
    const [ada, stranger] = [await makeUser(), await makeUser()];
    const id = await pairOf(stranger, ada);
    await say(stranger, id, "Buy");
    await declineThread(ada, id);
    await say(stranger, id, "Buy now");
    expect([await threadIdsOf(ada), await threadIdsOf(ada, "requests"), await countUnreadThreads(ada)]).toEqual([[], [], { unread_count: 0, request_count: 0 }]);
    await say(ada, id, "No, thank you");
    expect(await threadIdsOf(ada)).toEqual([id]);
    await expect(declineThread(ada, id)).rejects.toMatchObject({ code: "invalid" });
  });

  it("are refused in words by who lets nobody write, but not where they write already", async () => {
    const [ada, bo, stranger] = [await makeUser(), await makeUser(), await makeUser()];
    const known = await pairOf(bo, ada);
    await say(bo, known, "Hello");
    await say(ada, known, "Hello you");
    const waiting = await pairOf(stranger, ada);
    await setPrivacy(ada, { messages_from: "nobody" });
    await say(bo, known, "Still there?");
    await expect(say(stranger, waiting, "x")).rejects.toMatchObject({ code: "forbidden", message: `${ada.username} lets nobody write to them.` });
    expect((await getThread(stranger, waiting))!.viewer.cannot_write).toContain("lets nobody write");
    await expect(openThread(await makeUser(), { userIds: [ada.id] })).rejects.toMatchObject({ code: "forbidden" });
    expect((await listPeople(stranger, ada.username)).map(({ id }) => id)).not.toContain(ada.id);
    expect((await listPeople(stranger, bo.username)).map(({ id }) => id)).toContain(bo.id);
  });

  it("also take those of the restricted, who notice nothing", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(bo, ada);
    await say(bo, id, "Hello");
    await say(ada, id, "Hello");
    await db().execute(sql`insert into restricts (restricter_id, restricted_id) values (${ada.id}::bigint, ${bo.id}::bigint)`);
    const sent = await say(bo, id, "Again");
    expect([await threadIdsOf(ada), await threadIdsOf(ada, "requests")]).toEqual([[], [id]]);
    await markRead(ada, id, sent.id);
    expect(await listSeen(bo, id)).toEqual([]);
  });

  it("are spared links and the same words to many", async () => {
    const [spammer, ...targets] = await Promise.all(Array.from({ length: 13 }, () => makeUser())) as [Viewer, ...Viewer[]];
    const ends = [];
    for (const target of targets) ends.push(await pairOf(spammer, target).then((id) => say(spammer, id, "See https://example.org/win now")).then(() => "sent", (error: { code: string }) => error.code));
    expect(ends.filter((end) => end === "sent")).toHaveLength(5);
    const other = await makeUser();
    const words: string[] = [];
    for (const target of targets) words.push(await pairOf(other, target).then((id) => say(other, id, "The very same words for everybody of you")).then(() => "sent", (error: { code: string }) => error.code));
    expect(words.filter((end) => end === "sent")).toHaveLength(10);
  });
});

describe("people across a block, and who leaves", () => {
  it("keep what they said in a pair, and say nothing more", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    const { id: messageId } = await say(ada, id, "Before");
    await say(bo, id, "Also before");
    await makeBlock(ada, bo);
    for (const one of [ada, bo]) {
      expect(await textsOf(one, id)).toEqual(["Before", "Also before"]);
      await expect(say(one, id, "After")).rejects.toMatchObject({ code: "forbidden", message: "You cannot write to this person." });
      expect(await getThread(one, id)).toMatchObject({ people: [{ username: "", id: "0" }], presence: null, viewer: { cannot_write: "You cannot write to this person." } });
    }
    await expect(setMessageReaction(bo, id, messageId, "🔥", true)).rejects.toMatchObject({ code: "forbidden" });
    await expect(editMessage(ada, id, messageId, "Changed")).rejects.toMatchObject({ code: "forbidden" });
    // Taking back one's own words is always allowed.
    await unsendMessage(ada, id, messageId);
    expect(await textsOf(bo, id)).toEqual(["(unsent)", "Also before"]);
    await expect(openThread(await makeUser(), { userIds: ["1"] })).rejects.toMatchObject({ code: "not_found" });
  });

  it("share a group without reading each other", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo, cy]);
    await makeBlock(ada, bo);
    await say(ada, id, "From Ada");
    const { id: fromBo } = await say(bo, id, "From Bo");
    await say(cy, id, "From Cy", { reply_to: fromBo });
    expect([await textsOf(ada, id), await textsOf(bo, id), await textsOf(cy, id)]).toEqual([["From Ada", "From Cy"], ["From Bo", "From Cy"], ["From Ada", "From Bo", "From Cy"]]);
    const answered = (await listMessages(ada, id, { limit: 10 }))!.messages.at(-1)!;
    expect(answered.reply_to).toEqual({ id: fromBo, sender: expect.objectContaining({ username: "" }), excerpt: "", is_gone: true });
    expect((await listMembers(ada, id, firstPage))!.items.map(({ user }) => user.username)).not.toContain(bo.username);
    expect((await searchMessages(ada, { ...firstPage, q: "from" })).messages.map(({ text }) => text)).toEqual(["From Cy", "From Ada"]);
    await setMessageReaction(bo, id, answered.id, "🔥", true);
    expect((await listMessages(ada, id, { ids: [answered.id], limit: 10 }))!.messages[0]!.reactions).toEqual([]);
    expect((await listMessages(cy, id, { ids: [answered.id], limit: 10 }))!.messages[0]!.reactions).toMatchObject([{ emoji: "🔥", count: 1, mine: false, names: [bo.username] }]);
  });

  it("read what was said until they left or were removed", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo, cy]);
    await say(ada, id, "One");
    await leaveGroup(bo, id);
    await leaveGroup(bo, id);
    await say(ada, id, "Two");
    await removeMember(ada, id, cy.id);
    await say(ada, id, "Three");
    expect([await textsOf(ada, id), await textsOf(bo, id), await textsOf(cy, id)]).toEqual([["One", "Two", "Three"], ["One"], ["One", "Two"]]);
    expect(await getThread(cy, id)).toMatchObject({ viewer: { is_member: false, cannot_write: expect.any(String) }, unread_count: 0 });
    await expect(say(cy, id, "x")).rejects.toMatchObject({ code: "forbidden" });
    await expect(addMembers(cy, id, [bo.id])).rejects.toMatchObject({ code: "forbidden" });
    expect((await listMembers(cy, id, firstPage))!.items).toEqual([]);
    await addMembers(ada, id, [bo.id]);
    await say(ada, id, "Four");
    // What was said while they were away is not theirs; what was before, neither: they came anew.
    expect(await textsOf(bo, id)).toEqual(["Four"]);
  });
});

describe("groups", () => {
  it("have admins who change them, and never none", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo, cy], "Walkers");
    expect(await getThread(bo, id)).toMatchObject({ kind: "group", name: "Walkers", member_count: 3, unread_count: 1, viewer: { role: "member", is_member: true } });
    await expect(changeThread(bo, id, { name: "Runners" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeMember(bo, id, cy.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(setRole(ada, id, ada.id, "member")).rejects.toMatchObject({ code: "invalid" });
    expect(await changeThread(ada, id, { name: "Runners" })).toMatchObject({ name: "Runners" });
    expect(await setRole(ada, id, bo.id, "admin")).toMatchObject({ role: "admin" });
    await leaveGroup(ada, id);
    await leaveGroup(bo, id);
    expect((await getThread(cy, id))!.viewer.role).toBe("admin");
    const events = (await listMessages(cy, id, { limit: 20 }))!.messages.map((one) => one.event?.kind);
    expect(events).toEqual(["created", "named", "admin", "left", "left"]);
  });

  it("are joined by an invitation as long as it counts", async () => {
    const [ada, bo, guest] = [...(await friends(2)), await makeUser()] as [Viewer, Viewer, Viewer];
    const id = await groupOf([ada, bo]);
    await say(ada, id, "Before the guest");
    await expect(setInvite(bo, id, true)).rejects.toMatchObject({ code: "forbidden" });
    const old = (await setInvite(ada, id, true)) as { token: string };
    const { token } = (await setInvite(ada, id, true)) as { token: string };
    expect(await readInvite(guest, old.token)).toBeNull();
    expect(await readInvite(guest, token)).toEqual({ name: "Friends", picture_url: null, member_count: 2, is_member: false });
    await expect(joinGroup(guest, old.token)).rejects.toMatchObject({ code: "not_found" });
    await joinGroup(guest, token);
    await joinGroup(guest, token);
    expect(await textsOf(guest, id)).toEqual([]);
    await say(guest, id, "Here I am");
    expect(await readInvite(guest, token)).toMatchObject({ member_count: 3, is_member: true, thread_id: id });
    await setInvite(ada, id, false);
    expect(await readInvite(guest, token)).toBeNull();
  });

  it("bring strangers to requests, and nobody who lets nobody write", async () => {
    const [ada, stranger, closed] = [await makeUser(), await makeUser(), await makeUser()];
    await setPrivacy(closed, { messages_from: "nobody" });
    const id = await groupOf([ada, stranger, closed]);
    expect((await listMembers(ada, id, firstPage))!.items.map(({ user }) => user.id).sort()).toEqual([ada.id, stranger.id].sort());
    expect([await threadIdsOf(stranger), await threadIdsOf(stranger, "requests"), await getThread(closed, id)]).toEqual([[], [id], null]);
    await expect(groupOf([ada, closed])).rejects.toMatchObject({ code: "invalid" });
  });
});
