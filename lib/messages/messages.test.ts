import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { setPrivacy } from "@/lib/privacy/service";
import { report } from "@/lib/moderation/reports";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { firstPage, friends, pairOf, say, textsOf, threadIdsOf } from "@/lib/testing/conversations";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { editMessage, markRead, setMessageReaction, unsendMessage } from "./change";
import { removeVanished } from "./jobs";
import { readMessageNotice } from "./notice";
import { countUnreadThreads, getThread, listMessages, listThreads } from "./queries";
import { sendMessageSchema } from "./schemas";
import { searchMessages } from "./search";
import { sendMessage, shareWith } from "./send";
import { changeThread, clearThread } from "./service";

vi.hoisted(() => Object.assign(process.env, { LIMIT_MESSAGES_PER_MINUTE: "100000" }));

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
    expect(await threadIdsOf(ada)).toEqual([two, one]);
    await changeThread(ada, one, { is_pinned: true });
    expect(await threadIdsOf(ada)).toEqual([one, two]);
    const first = await listThreads(ada, "inbox", { limit: 1, cursor: null });
    expect((await listThreads(ada, "inbox", { limit: 1, cursor: first.nextCursor })).items.map(({ id }) => id)).toEqual([two]);
    await changeThread(ada, one, { is_muted: true });
    expect(await countUnreadThreads(ada)).toEqual({ unread_count: 1, request_count: 0 });
    expect((await searchMessages(ada, { ...firstPage, q: "newest al" })).messages.map(({ id }) => id)).toEqual([last]);
    expect(await markRead(ada, two, last)).toEqual({ read_id: last, unread_count: 0 });
    expect(await markRead(ada, two, "1")).toEqual({ read_id: last, unread_count: 0 });
    await clearThread(ada, two);
    expect([await threadIdsOf(ada), await textsOf(ada, two), await textsOf(cy, two)]).toEqual([[one], [], ["Newest of all"]]);
    expect((await searchMessages(ada, { ...firstPage, q: "newest" })).messages).toEqual([]);
    await say(cy, two, "Anew");
    expect([await threadIdsOf(ada), await textsOf(ada, two)]).toEqual([[one, two], ["Anew"]]);
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
