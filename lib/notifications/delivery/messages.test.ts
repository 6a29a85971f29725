import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { block } from "@/lib/graph/service";
import { registry } from "@/lib/jobs";
import { markRead } from "@/lib/messages/change";
import { sendMessageSchema } from "@/lib/messages/schemas";
import { sendMessage } from "@/lib/messages/send";
import { changeThread, openThread } from "@/lib/messages/service";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeFollow, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { type Browser, PushService } from "@/lib/testing/push-service";
import { setChoices } from "../settings";
import { subscribe } from "./subscriptions";

let service: PushService;
beforeAll(async () => {
  await installJobs(registry);
  service = await PushService.open();
});
beforeEach(() => void (service.received.length = 0));
afterAll(() => service.close());

/** Everything that is due, then the pushes that wait. */
async function settle() {
  await drainJobs(registry);
  await db().execute(sql`update pgboss.job set start_after = now() - interval '1 second' where name like 'notifications.push%' and state < 'active'`);
  await drainJobs(registry);
}

async function withDevice(): Promise<{ person: Viewer; browser: Browser }> {
  const [person, browser] = [await makeUser(), service.browser()];
  await subscribe(person, browser.toJSON());
  return { person, browser };
}

let serial = 0;
const say = async (from: Viewer, thread: string, text: string) => (await sendMessage(from, thread, sendMessageSchema.parse({ client_id: `p${serial++}`, text }))).message.id;

async function friends() {
  const { person, browser } = await withDevice();
  const ada = await makeUser();
  await makeFollow(person, ada);
  return { person, browser, ada, thread: (await openThread(ada, { userIds: [person.id] })).thread.id };
}

describe("a message to somebody who takes pushes", () => {
  it("is one push for a burst, with the newest words, and leads to the conversation", async () => {
    const { browser, ada, thread } = await friends();
    for (const text of ["one", "two", "three\nlines"]) await say(ada, thread, text);
    await settle();
    expect(service.sentTo(browser)).toEqual([{ title: ada.username, body: "three lines", tag: `m${thread}`, url: `/direct/${thread}`, unread: expect.any(Number) }]);
    await say(ada, thread, "four");
    await settle();
    expect(service.sentTo(browser).map(({ body }) => body)).toEqual(["three lines", "four"]);
  });

  it("is not pushed when it was read, muted, of one's own, blocked, or not wanted", async () => {
    const { person, browser, ada, thread } = await friends();
    await markRead(person, thread, await say(ada, thread, "read"));
    await settle();
    await say(person, thread, "own");
    await settle();
    await changeThread(person, thread, { is_muted: true });
    await say(ada, thread, "muted");
    await settle();
    await changeThread(person, thread, { is_muted: false });
    await setChoices(person, { topics: { messages: { push: false } } });
    await say(ada, thread, "unwanted");
    await settle();
    await setChoices(person, { topics: { messages: { push: true } } });
    await say(ada, thread, "blocked");
    await drainJobs(registry);
    await block(person, ada.id);
    await settle();
    expect(service.sentTo(browser)).toEqual([]);
  });

  it("says of a stranger only that they want to write, and nothing in quiet hours", async () => {
    const { person, browser } = await withDevice();
    const eve = await makeUser();
    const thread = (await openThread(eve, { userIds: [person.id] })).thread.id;
    await say(eve, thread, "You won a prize");
    await settle();
    expect(service.sentTo(browser)).toMatchObject([{ title: eve.username, body: "Wants to write to you" }]);
    // All day but the minute before it begins anew.
    await setChoices(person, { quiet_hours: { from: "00:00", to: "23:59", time_zone: "UTC" } });
    await say(eve, thread, "Answer me");
    await settle();
    expect(service.sentTo(browser)).toHaveLength(1);
  });
});
