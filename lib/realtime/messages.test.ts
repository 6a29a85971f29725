import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { registry } from "@/lib/jobs";
import { markRead, tellTyping, unsendMessage } from "@/lib/messages/change";
import { leaveGroup, removeMember } from "@/lib/messages/groups";
import { sendMessageSchema } from "@/lib/messages/schemas";
import { sendMessage } from "@/lib/messages/send";
import { acceptThread, changeThread, declineThread, openThread } from "@/lib/messages/service";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { endServed, Listener, serveStreams } from "@/lib/testing/event-stream";
import { makeBlock, makeFollow, makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";

vi.hoisted(() => Object.assign(process.env, { LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_MESSAGES_PER_MINUTE: "100000" }));

let servers: Server[];
const listeners: Listener[] = [];

async function listen(as: Viewer, at = 0, from?: string): Promise<Listener> {
  const listener = await Listener.open(servers[at]!, as, { from });
  listeners.push(listener);
  await listener.next("open");
  return listener;
}

beforeAll(async () => {
  await installJobs(registry);
  servers = [(await serveStreams()).server, (await serveStreams()).server];
  await pause(6_000);
}, 20_000);
afterEach(() => listeners.splice(0).forEach((listener) => listener.close()));
afterAll(endServed);

let serial = 0;
const say = async (viewer: Viewer, thread: string, text = "x") => (await sendMessage(viewer, thread, sendMessageSchema.parse({ client_id: `c${serial++}`, text }))).message.id;

async function friends(count: number): Promise<Viewer[]> {
  const people = await Promise.all(Array.from({ length: count }, () => makeUser()));
  for (const one of people) for (const other of people) if (one !== other) await makeFollow(one, other);
  return people;
}

describe("events of conversations", () => {
  it("tell all of a burst at once, on each server, and nobody else", async () => {
    const [ada, bo, eve] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const thread = (await openThread(ada, { userIds: [bo.id] })).thread.id;
    const [one, two, own, others] = [await listen(bo, 0), await listen(bo, 1), await listen(ada, 1), await listen(eve, 0)];
    const began = performance.now();
    const sent: string[] = [];
    for (let n = 0; n < 5; n++) sent.push(await say(ada, thread));
    for (const stream of [one, two, own]) await expect.poll(() => [...new Set(stream.of("message").map(({ data }) => data.message_id))], { timeout: 3_000 }).toEqual(sent);
    expect(one.of("message")[0]!.at - began).toBeLessThan(800);
    expect(one.of("message").at(-1)!.data).toEqual({ thread_id: thread, message_id: sent.at(-1), what: "sent", unread_count: 1, request_count: 0 });
    await tellTyping(bo, thread);
    expect((await own.next("typing")).data).toEqual({ thread_id: thread, user_id: bo.id, username: bo.username });
    await markRead(bo, thread, sent.at(-1)!);
    await expect.poll(() => own.of("message").map(({ data }) => data.what), { timeout: 4_000 }).toContain("seen");
    await unsendMessage(ada, thread, sent[0]!);
    await expect.poll(() => one.of("message").some(({ data }) => data.what === "changed" && data.message_id === sent[0]), { timeout: 4_000 }).toBe(true);
    expect([others.of("message"), others.of("typing"), one.of("typing")]).toEqual([[], [], []]);
  });

  it("are told again to who was away, but not who was typing", async () => {
    const [ada, bo, eve] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const thread = (await openThread(ada, { userIds: [bo.id] })).thread.id;
    const before = await listen(bo);
    await say(ada, thread);
    await before.next("message");
    const from = before.lastId;
    before.close();
    const missed = [await say(ada, thread), await say(ada, thread)];
    await tellTyping(ada, thread);
    await pause(300);
    const [after, stranger] = [await listen(bo, 1, from), await listen(eve, 1, from)];
    await expect.poll(() => after.of("message").map(({ data }) => data.message_id), { timeout: 4_000 }).toEqual(expect.arrayContaining(missed));
    expect([after.of("typing"), stranger.of("message")]).toEqual([[], []]);
  });

  it("tell nothing across a block, to who was removed, or before a request is accepted", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const group = (await openThread(ada, { userIds: [bo.id, cy.id], name: "Three" })).thread.id;
    await makeBlock(bo, cy);
    const [adas, bos, cys] = [await listen(ada), await listen(bo), await listen(cy, 1)];
    const fromCy = await say(cy, group);
    await adas.next("message");
    await removeMember(ada, group, cy.id);
    const later = await say(ada, group);
    await expect.poll(() => bos.of("message").map(({ data }) => data.message_id), { timeout: 3_000 }).toContain(later);
    expect(bos.of("message").map(({ data }) => data.message_id)).not.toContain(fromCy);
    await pause(1_500);
    expect(cys.of("message").map(({ data }) => data.message_id)).not.toContain(later);

    const stranger = await makeUser();
    const thread = (await openThread(stranger, { userIds: [ada.id] })).thread.id;
    const theirs = await listen(stranger);
    const sent = await say(stranger, thread);
    await expect.poll(() => adas.of("message").at(-1)?.data, { timeout: 3_000 }).toMatchObject({ thread_id: thread, request_count: 1 });
    await markRead(ada, thread, sent);
    await tellTyping(ada, thread);
    await pause(1_500);
    expect([theirs.of("message").map(({ data }) => data.what), theirs.of("typing")]).toEqual([["sent"], []]);
    await acceptThread(ada, thread);
    await tellTyping(ada, thread);
    await theirs.next("typing");
  });

  it("tell one's own tabs of what one does for oneself, and nobody else", async () => {
    const [ada, bo, cy] = (await friends(3)) as [Viewer, Viewer, Viewer];
    const group = (await openThread(ada, { userIds: [bo.id, cy.id], name: "Three" })).thread.id;
    await pause(1_500);
    const [adas, bos, cys, again] = [await listen(ada), await listen(bo), await listen(cy, 1), await listen(bo, 1)];
    const heard = (listener: Listener) => listener.of("message").filter(({ data }) => data.what === "thread").length;
    await changeThread(bo, group, { is_muted: true });
    for (const tab of [bos, again]) await expect.poll(() => heard(tab), { timeout: 4_000 }).toBe(1);
    await pause(1_200);
    expect([heard(adas), heard(cys)]).toEqual([0, 0]);
    await leaveGroup(bo, group);
    for (const tab of [bos, again]) await expect.poll(() => heard(tab), { timeout: 4_000 }).toBe(2);
    await expect.poll(() => heard(adas), { timeout: 4_000 }).toBe(1);
    await removeMember(ada, group, cy.id);
    await expect.poll(() => heard(cys), { timeout: 4_000 }).toBe(2);

    const stranger = await makeUser();
    const thread = (await openThread(stranger, { userIds: [ada.id] })).thread.id;
    await say(stranger, thread);
    const theirs = await listen(stranger);
    const before = heard(adas);
    await declineThread(ada, thread);
    await expect.poll(() => heard(adas), { timeout: 4_000 }).toBe(before + 1);
    expect(adas.of("message").at(-1)!.data).toMatchObject({ thread_id: thread, request_count: 0 });
    expect(theirs.of("message")).toEqual([]);
  });

  it("say nothing of who types to those whom they restrict", async () => {
    const [ada, bo] = (await friends(2)) as [Viewer, Viewer];
    const thread = (await openThread(ada, { userIds: [bo.id] })).thread.id;
    await db().execute(sql`insert into restricts (restricter_id, restricted_id) values (${ada.id}::bigint, ${bo.id}::bigint)`);
    const [adas, bos] = [await listen(ada), await listen(bo)];
    await tellTyping(ada, thread);
    await tellTyping(bo, thread);
    await adas.next("typing");
    await pause(500);
    expect(bos.of("typing")).toEqual([]);
  });
});
