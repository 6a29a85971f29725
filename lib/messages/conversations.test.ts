import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { setPrivacy } from "@/lib/privacy/service";
import { report } from "@/lib/moderation/reports";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { friends, groupOf, pairOf, say, textsOf } from "@/lib/testing/conversations";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { editMessage, markRead, setMessageReaction, unsendMessage } from "./change";
import { addMembers, joinGroup, leaveGroup, removeMember, setInvite, setRole } from "./groups";
import { removeVanished } from "./jobs";
import { readMessageNotice } from "./notice";
import { countUnreadThreads, getThread, listMembers, listMessages, listPeople, listSeen, listThreads, readInvite } from "./queries";
import { sendMessageSchema } from "./schemas";
import { searchMessages } from "./search";
import { sendMessage, shareWith } from "./send";
import { acceptThread, changeThread, clearThread, declineThread, openThread } from "./service";

vi.hoisted(() => Object.assign(process.env, { LIMIT_MESSAGES_PER_MINUTE: "100000" }));

const page = { limit: 50, cursor: null };
const idsOf = async (viewer: Viewer, folder: "inbox" | "requests" = "inbox") => (await listThreads(viewer, folder, page)).items.map(({ id }) => id);

describe("pairs", () => {
  it("have one thread, whoever begins, also at once", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const opened = await Promise.all([ada, bo, ada, bo].map((one) => openThread(one, { userIds: [one === ada ? bo.id : ada.id] })));
    expect(new Set(opened.map(({ thread }) => thread.id)).size).toBe(1);
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
    const id = opened[0]!.thread.id;
    expect([await idsOf(ada), await idsOf(bo)]).toEqual([[], []]);
    await say(ada, id, "Hello");
    expect([await idsOf(ada), await idsOf(bo)]).toEqual([[id], [id]]);
    expect(await getThread(bo, id)).toMatchObject({ kind: "pair", unread_count: 1, folder: "inbox", people: [{ username: ada.username }], last_message: { text: "Hello", is_mine: false, client_id: null }, viewer: { cannot_write: null } });
    expect(await countUnreadThreads(bo)).toEqual({ unread_count: 1, request_count: 0 });
    expect(await countUnreadThreads(ada)).toEqual({ unread_count: 0, request_count: 0 });
    await expect(openThread(ada, { userIds: [ada.id] })).rejects.toMatchObject({ code: "invalid" });
  });

  it("are nobody else's", async () => {
    const [ada, bo, eve] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const id = await pairOf(ada, bo);
    const { id: messageId } = await say(ada, id, "Between us");
    expect([await getThread(eve, id), await listMessages(eve, id, { limit: 10 }), await listMembers(eve, id, page), await listSeen(eve, id)]).toEqual([null, null, null, null]);
    for (const deed of [() => say(eve, id, "x"), () => editMessage(eve, id, messageId, "x"), () => unsendMessage(eve, id, messageId), () => setMessageReaction(eve, id, messageId, "🔥", true), () => markRead(eve, id, messageId), () => clearThread(eve, id),
      () => changeThread(eve, id, { is_muted: true }), () => acceptThread(eve, id), () => leaveGroup(eve, id), () => report(eve, { subject: "thread", id, reason: "spam", note: "" })]) await expect(deed()).rejects.toMatchObject({ code: "not_found" });
    expect((await searchMessages(eve, { ...page, q: "Between" })).messages).toEqual([]);
    // Not even by a thread of one's own.
    expect((await listMessages(eve, await pairOf(eve, ada), { ids: [messageId], limit: 10 }))!.messages).toEqual([]);
  });
});

describe("requests", () => {
  it("take what strangers write, and tell them nothing until they are accepted", async () => {
    const [ada, stranger] = [await makeUser(), await makeUser()];
    const id = await pairOf(stranger, ada);
    const sent = await say(stranger, id, "We do not know each other");
    expect([await idsOf(ada), await idsOf(ada, "requests")]).toEqual([[], [id]]);
    expect(await countUnreadThreads(ada)).toEqual({ unread_count: 0, request_count: 1 });
    expect(await getThread(ada, id)).toMatchObject({ folder: "requests", request: { from: { username: stranger.username }, shared_followers: 0 }, presence: null });
    await markRead(ada, id, sent.id);
    expect(await listSeen(stranger, id)).toEqual([]);
    expect(await readMessageNotice(ada.id, id)).toBeNull();
    await acceptThread(ada, id);
    expect(await idsOf(ada)).toEqual([id]);
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
    expect([await idsOf(ada), await idsOf(ada, "requests"), await countUnreadThreads(ada)]).toEqual([[], [], { unread_count: 0, request_count: 0 }]);
    await say(ada, id, "No, thank you");
    expect(await idsOf(ada)).toEqual([id]);
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
    expect([await idsOf(ada), await idsOf(ada, "requests")]).toEqual([[], [id]]);
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
    expect((await listMembers(ada, id, page))!.items.map(({ user }) => user.username)).not.toContain(bo.username);
    expect((await searchMessages(ada, { ...page, q: "from" })).messages.map(({ text }) => text)).toEqual(["From Cy", "From Ada"]);
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
    expect((await listMembers(cy, id, page))!.items).toEqual([]);
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
    expect((await listMembers(ada, id, page))!.items.map(({ user }) => user.id).sort()).toEqual([ada.id, stranger.id].sort());
    expect([await idsOf(stranger), await idsOf(stranger, "requests"), await getThread(closed, id)]).toEqual([[], [id], null]);
    await expect(groupOf([ada, closed])).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("messages", () => {
  it("are changed for a quarter of an hour, taken back, answered and reacted to", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    const first = await say(ada, id, `Hello @${bo.username} https://example.org/`);
    expect(first).toMatchObject({ is_mine: true, mentions: [bo.username], editable_until: expect.any(String) });
    expect(await editMessage(ada, id, first.id, "Hello")).toMatchObject({ text: "Hello", is_edited: true });
    await expect(editMessage(bo, id, first.id, "x")).rejects.toMatchObject({ code: "forbidden" });
    const answer = await say(bo, id, "Hi", { reply_to: first.id });
    expect(answer.reply_to).toMatchObject({ id: first.id, excerpt: "Hello", is_gone: false });
    expect(await setMessageReaction(bo, id, first.id, "🔥", true)).toEqual({ reactions: [{ emoji: "🔥", count: 1, mine: true, names: [] }] });
    expect(await setMessageReaction(bo, id, first.id, "🎉", true)).toMatchObject({ reactions: [{ emoji: "🎉" }] });
    expect((await setMessageReaction(bo, id, first.id, "🎉", false)).reactions).toEqual([]);
    await db().execute(sql`update messages set created_at = now() - interval '16 minutes' where id = ${first.id}::bigint`);
    await expect(editMessage(ada, id, first.id, "Late")).rejects.toMatchObject({ code: "forbidden" });
    await unsendMessage(ada, id, first.id);
    await unsendMessage(ada, id, first.id);
    const [gone, after] = (await listMessages(bo, id, { limit: 10 }))!.messages;
    expect([gone, after!.reply_to]).toMatchObject([{ is_unsent: true, text: null, mentions: [], reactions: [] }, { is_gone: true, excerpt: "" }]);
    await expect(say(bo, id, "x", { reply_to: first.id })).rejects.toMatchObject({ fields: { reply_to: expect.any(String) } });
  });

  it("come once for each client id, however often they are sent", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    const input = sendMessageSchema.parse({ client_id: "same", text: "Once" });
    const ends = await Promise.all(Array.from({ length: 8 }, () => sendMessage(ada, id, input)));
    expect([new Set(ends.map(({ message }) => message.id)).size, ends.filter(({ isNew }) => isNew).length]).toEqual([1, 1]);
    await sendMessage(bo, id, input);
    expect(await textsOf(ada, id)).toEqual(["Once", "Once"]);
  });

  it("are paged in both directions without gaps", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    const ids: string[] = [];
    for (let n = 0; n < 25; n++) ids.push((await say(n % 2 ? ada : bo, id, `m${n}`)).id);
    const seen: string[] = [];
    for (let before: string | null | undefined; before !== null; ) {
      const part = (await listMessages(ada, id, { limit: 10, ...(before ? { before } : {}) }))!;
      seen.unshift(...part.messages.map((one) => one.id));
      before = part.older;
    }
    expect(seen).toEqual(ids);
    const around = (await listMessages(ada, id, { around: ids[12], limit: 10 }))!;
    expect(around.messages.map((one) => one.id)).toEqual(ids.slice(8, 18));
    expect([around.older, around.newer]).toEqual([ids[8], ids[17]]);
    const after = (await listMessages(ada, id, { after: ids[19], limit: 10 }))!;
    expect([after.messages.map((one) => one.id), after.newer]).toEqual([ids.slice(20), null]);
  });

  it("go by themselves after a day, or when all have seen them", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    await say(ada, id, "Stays");
    await changeThread(bo, id, { vanishing: "seen" });
    const passing = await say(ada, id, "Passing");
    await removeVanished();
    expect(await textsOf(bo, id)).toEqual(["Stays", "Passing"]);
    await markRead(bo, id, passing.id);
    expect((await listMessages(bo, id, { ids: [passing.id], limit: 1 }))!.messages[0]!.vanishes_at).not.toBeNull();
    await changeThread(ada, id, { vanishing: "day" });
    const day = await say(bo, id, "For a day");
    expect(new Date(day.vanishes_at!).getTime() - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    await db().execute(sql`update messages set vanishes_at = now() - interval '1 second' where thread_id = ${id}::bigint and vanishes_at is not null`);
    // Nobody reads it any more, also before the job came.
    expect(await textsOf(ada, id)).toEqual(["Stays"]);
    expect(await removeVanished()).toBeGreaterThanOrEqual(2);
    expect((await db().execute(sql`select 1 from messages where id in (${passing.id}::bigint, ${day.id}::bigint)`)).length).toBe(0);
  });

  it("share what their reader may see", async () => {
    const [ada, bo, eve] = [...(await friends(2)), await makeUser({ isPrivate: true })] as [Viewer, Viewer, Viewer];
    await makeFollow(ada, eve);
    const [open, closed] = [await makePost(ada), await makePost(eve)];
    const id = await pairOf(ada, bo);
    await expect(say(bo, id, "", { shared: { kind: "post", id: closed } })).rejects.toMatchObject({ fields: { shared: expect.any(String) } });
    await say(ada, id, "", { shared: { kind: "post", id: open } });
    await say(ada, id, "", { shared: { kind: "post", id: closed } });
    await say(ada, id, "", { shared: { kind: "profile", id: eve.id } });
    const cards = async (viewer: Viewer) => (await listMessages(viewer, id, { limit: 10 }))!.messages.map(({ shared }) => (shared?.kind === "post" ? (shared.post?.id ?? null) : shared?.kind === "profile" ? (shared.user?.username ?? null) : ""));
    expect([await cards(ada), await cards(bo)]).toEqual([[open, closed, eve.username], [open, null, eve.username]]);
    await makeBlock(eve, bo);
    expect(await cards(bo)).toEqual([open, null, null]);
    const stranger = await makeUser();
    await setPrivacy(stranger, { messages_from: "nobody" });
    const result = await shareWith(ada, { client_id: "share", shared: { kind: "post", id: open }, text: "Look", user_ids: [bo.id, stranger.id], thread_ids: ["5"] });
    expect([result.sent.map((one) => one.thread_id), result.refused.length]).toEqual([[id], 2]);
  });

  it("are covered by the hidden words of their reader", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    await db().execute(sql`insert into hidden_words (user_id, phrase, phrase_key) values (${bo.id}::bigint, 'spoiler', 'spoiler')`);
    await say(ada, id, "A Spoiler: they win");
    expect([(await getThread(bo, id))!.last_message!.is_covered, (await getThread(ada, id))!.last_message!.is_covered]).toEqual([true, false]);
    expect(await readMessageNotice(bo.id, id)).toMatchObject({ text: null, what: "text", sender: { username: ada.username } });
  });

  it("are unread to a hundred, put away, pinned, muted and found", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const [one, two] = [await pairOf(bo, ada), await pairOf(cy, ada)];
    for (let n = 0; n < 103; n++) await say(bo, one, `number ${n}`);
    const { id: last } = await say(cy, two, "Newest of all");
    expect((await getThread(ada, one))!.unread_count).toBe(100);
    expect(await idsOf(ada)).toEqual([two, one]);
    await changeThread(ada, one, { is_pinned: true });
    expect(await idsOf(ada)).toEqual([one, two]);
    const first = await listThreads(ada, "inbox", { limit: 1, cursor: null });
    expect((await listThreads(ada, "inbox", { limit: 1, cursor: first.nextCursor })).items.map(({ id }) => id)).toEqual([two]);
    await changeThread(ada, one, { is_muted: true });
    expect(await countUnreadThreads(ada)).toEqual({ unread_count: 1, request_count: 0 });
    expect((await searchMessages(ada, { ...page, q: "newest al" })).messages.map(({ id }) => id)).toEqual([last]);
    expect(await markRead(ada, two, last)).toEqual({ read_id: last, unread_count: 0 });
    expect(await markRead(ada, two, "1")).toEqual({ read_id: last, unread_count: 0 });
    await clearThread(ada, two);
    expect([await idsOf(ada), await textsOf(ada, two), await textsOf(cy, two)]).toEqual([[one], [], ["Newest of all"]]);
    expect((await searchMessages(ada, { ...page, q: "newest" })).messages).toEqual([]);
    await say(cy, two, "Anew");
    expect([await idsOf(ada), await textsOf(ada, two)]).toEqual([[one, two], ["Anew"]]);
  });

  it("are reported with what was said", async () => {
    const [ada, bo] = (await friends()) as [Viewer, Viewer];
    const id = await pairOf(ada, bo);
    await say(bo, id, "Nasty");
    await report(ada, { subject: "thread", id, reason: "harassment" as never, note: "" });
    const [row] = await db().execute<{ subject_user_id: string; snapshot: { messages: { text: string }[] } }>(sql`select subject_user_id::text, snapshot from reports where subject_kind = 'thread' and subject_id = ${id}::bigint`);
    expect([row!.subject_user_id, row!.snapshot.messages.map(({ text }) => text)]).toEqual([bo.id, ["Nasty"]]);
  });
});
