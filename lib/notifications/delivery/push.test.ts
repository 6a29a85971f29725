import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { deactivateAccount } from "@/lib/accounts/leave";
import { endSession } from "@/lib/accounts/sessions";
import { addComment } from "@/lib/comments/service";
import { block } from "@/lib/graph/service";
import { setLike } from "@/lib/interactions/service";
import { registry } from "@/lib/jobs";
import { sendMessageSchema } from "@/lib/messages/schemas";
import { sendMessage } from "@/lib/messages/send";
import { openThread } from "@/lib/messages/service";
import { executeJob } from "@/lib/platform/jobs/execute";
import { MOST_BYTES } from "@/lib/platform/push/encryption";
import { vapidKeys } from "@/lib/platform/push/keys";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { deletePost } from "@/lib/posts/service";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { failure } from "@/lib/testing/failure";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { type Browser, PushService } from "@/lib/testing/push-service";
import { markRead } from "../service";
import { setChoices } from "../settings";
import { deliveryJobs } from "./jobs";
import type { PushMessage } from "./message";
import { sendTest, textOf } from "./push";
import { listPushDevices, subscribe, unsubscribe } from "./subscriptions";

let service: PushService;
beforeAll(async () => {
  await installJobs(registry);
  service = await PushService.open();
});
beforeEach(() => {
  service.received.length = 0;
  service.answer = 201;
});
afterAll(() => service.close());

/** Lets the time pass until every push that waits is due. */
const wait = () => db().execute(sql`update pgboss.job set start_after = now() - interval '1 second' where name like 'notifications.push%' and state < 'active'`);
/** Everything that is due, then the pushes that wait. */
async function settle() {
  await drainJobs(registry);
  await wait();
  return drainJobs(registry);
}

async function withDevice(person?: Viewer): Promise<{ person: Viewer; browser: Browser }> {
  const user = person ?? (await makeUser());
  const browser = service.browser();
  await subscribe(user, browser.toJSON());
  return { person: user, browser };
}

const pushJob = deliveryJobs.find(({ name }) => name === "notifications.push-device")!;
const runAgain = async (attempt: number) => {
  const [job] = await db().execute<{ id: string; data: unknown }>(sql`select id, data from pgboss.job where name = 'notifications.push-device' order by created_on desc limit 1`);
  return executeJob(pushJob, job!.data, { id: job!.id, attempt, signal: new AbortController().signal });
};

describe("what happens while nobody looks", () => {
  it("comes to each device, encrypted, from a sender that can be checked, and says what the page says", async () => {
    const { person: owner, browser } = await withDevice();
    const ada = await makeUser();
    const post = await makePost(owner);
    await setLike(ada, post, true);
    await settle();
    const [message] = service.sentTo(browser);
    expect(message).toEqual({ title: "New like", body: `${ada.username} liked your post`, tag: expect.stringMatching(/^n\d+$/), url: expect.stringMatching(/^\/p\//), unread: 1 });
    const [request] = service.received;
    expect(request!.headers).toMatchObject({ "content-encoding": "aes128gcm", ttl: "86400", topic: message!.tag });
    const claims = PushService.claimsOf(request!);
    expect(claims).toMatchObject({ aud: service.origin, key: (await vapidKeys()).publicKey, sub: expect.stringMatching(/^(mailto:|https:)/) });
    expect(claims.exp - Date.now() / 1000).toBeGreaterThan(3_600);
    expect(claims.exp - Date.now() / 1000).toBeLessThan(86_400);
    expect(request!.body.toString("latin1")).not.toContain(ada.username);
    expect((await listPushDevices(owner))[0]).toMatchObject({ device: "Test", is_current: true, last_ok_at: expect.any(String) });
  });

  it("is one push for a burst, and no more until a while later", async () => {
    const { person: owner, browser } = await withDevice();
    const post = await makePost(owner);
    for (let i = 0; i < 5; i++) await setLike(await makeUser(), post, true);
    await settle();
    expect(service.sentTo(browser).map(({ body }) => body)).toEqual([expect.stringMatching(/ and 4 others liked your post$/)]);
    // It waits for a quarter of an hour, and takes the other's place then.
    await setLike(await makeUser(), post, true);
    await drainJobs(registry);
    const [next] = await db().execute<{ seconds: number }>(sql`select extract(epoch from start_after - now())::int as seconds from pgboss.job where name = 'notifications.push' and state = 'created' order by created_on desc limit 1`);
    expect(next!.seconds).toBeGreaterThan(14 * 60);
    await wait();
    await drainJobs(registry);
    const sent = service.sentTo(browser);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toMatchObject({ tag: sent[0]!.tag, body: expect.stringMatching(/ and 5 others/) });
  });

  it("is not pushed when it was read, taken back, hidden by a block or deleted before", async () => {
    const { person: owner, browser } = await withDevice();
    const [ada, bob, eve] = [await makeUser(), await makeUser(), await makeUser()];
    const [one, two, three, four] = [await makePost(owner), await makePost(owner), await makePost(owner), await makePost(owner)];
    await setLike(ada, one, true);
    await drainJobs(registry);
    await markRead(owner, null);
    await setLike(bob, two, true);
    await drainJobs(registry);
    await setLike(bob, two, false);
    await addComment(eve, three, { content: "Something mean" }, null);
    await drainJobs(registry);
    await block(owner, eve.id);
    await setLike(ada, four, true);
    await drainJobs(registry);
    await deletePost(owner, four);
    await settle();
    expect(service.sentTo(browser)).toEqual([]);
  });

  it("is judged by the block at once, before any job has tidied up, also between the two steps", async () => {
    const { person: owner, browser } = await withDevice();
    const eve = await makeUser();
    await addComment(eve, await makePost(owner), { content: "Boo" }, null);
    await drainJobs(registry);
    await wait();
    await drainJobs(deliveryJobs.filter(({ name }) => name === "notifications.push"));
    await db().execute(sql`insert into blocks (blocker_id, blocked_id) values (${owner.id}::bigint, ${eve.id}::bigint)`);
    await drainJobs(deliveryJobs);
    expect(service.sentTo(browser)).toEqual([]);
  });

  it("goes to all of one's devices, and to none whose session is over", async () => {
    const { person: owner, browser: phone } = await withDevice();
    const [session] = await db().execute<{ id: string }>(sql`insert into sessions (user_id, kind, device, expires_at) values (${owner.id}::bigint, 'browser', 'Laptop', now() + interval '1 day') returning id`);
    const { browser: laptop } = await withDevice({ ...owner, sessionId: session!.id });
    await setLike(await makeUser(), await makePost(owner), true);
    await settle();
    expect([service.sentTo(phone).length, service.sentTo(laptop).length]).toEqual([1, 1]);
    await endSession(owner.id, session!.id);
    expect((await listPushDevices(owner)).map(({ device }) => device)).toEqual(["Test"]);
    await setLike(await makeUser(), await makePost(owner), true);
    await settle();
    expect([service.sentTo(phone).length, service.sentTo(laptop).length]).toEqual([2, 1]);
    await db().execute(sql`insert into pgboss.job (name, data) values ('notifications.sweep-push', '{}')`);
    await drainJobs(registry);
    expect(await db().execute(sql`select 1 from push_subscriptions where user_id = ${owner.id}::bigint`)).toHaveLength(1);
  });

  it("counts conversations, too, and is never too long", async () => {
    const { person: owner, browser } = await withDevice();
    const ada = await makeUser();
    await makeFollow(owner, ada);
    const { thread } = await openThread(ada, { userIds: [owner.id] });
    await sendMessage(ada, thread.id, sendMessageSchema.parse({ client_id: "marks", text: `e${"\u0301".repeat(25)}`.repeat(150) }));
    await setLike(ada, await makePost(owner), true);
    await settle();
    const sent = service.sentTo(browser) as PushMessage[];
    expect(sent.map(({ unread }) => unread)).toEqual([2, 2]);
    const words = sent.find(({ tag }) => tag === `m${thread.id}`)!.body;
    expect(words).toMatch(/…$/);
    expect(Buffer.byteLength(words)).toBeLessThanOrEqual(1_503);
    for (const body of ["\u0001".repeat(1_400), '"'.repeat(4_000), "e\u0301".repeat(2_000)]) {
      expect(Buffer.byteLength(textOf({ title: body, body, tag: "n1", url: "/", unread: 1 }))).toBeLessThanOrEqual(MOST_BYTES);
    }
  });

  it("does not come to an account that rests", async () => {
    const { person: owner, browser } = await withDevice();
    await setLike(await makeUser(), await makePost(owner), true);
    await drainJobs(registry);
    await deactivateAccount(owner);
    await settle();
    expect(service.sentTo(browser)).toEqual([]);
  });
});

describe("a push service", () => {
  it("that says the browser is gone is not asked again", async () => {
    for (const status of [404, 410]) {
      const { person: owner } = await withDevice();
      service.answer = status;
      await setLike(await makeUser(), await makePost(owner), true);
      await settle();
      expect(await listPushDevices(owner)).toEqual([]);
    }
  });

  it("that is busy or broken is asked again, for a while", async () => {
    const { person: owner, browser } = await withDevice();
    await setLike(await makeUser(), await makePost(owner), true);
    service.answer = 429;
    await expect(settle()).rejects.toThrow("429");
    service.answer = 503;
    expect((await runAgain(2)).kind).not.toBe("done");
    expect((await runAgain(7)).kind).toBe("done");
    service.answer = 201;
    expect((await runAgain(3)).kind).toBe("done");
    expect(new Set(service.sentTo(browser).map(({ tag }) => tag)).size).toBe(1);
    expect([...(await db().execute(sql`select failures, problem from push_subscriptions where user_id = ${owner.id}::bigint`))]).toEqual([{ failures: 0, problem: null }]);
    await db().execute(sql`delete from pgboss.job where name = 'notifications.push-device'`);
  });

  it("that was away until the quiet hours is asked again after them", async () => {
    const { person: owner, browser } = await withDevice();
    await setLike(await makeUser(), await makePost(owner), true);
    await settle();
    expect(service.sentTo(browser)).toHaveLength(1);
    await setChoices(owner, { quiet_hours: { from: "00:00", to: "23:59", time_zone: "UTC" } });
    expect((await runAgain(2)).kind).toBe("done");
    expect(service.sentTo(browser)).toHaveLength(1);
    const [waiting] = await db().execute<{ seconds: number }>(sql`select extract(epoch from start_after - now())::int as seconds from pgboss.job where name = 'notifications.push-device' and state = 'created' order by created_on desc limit 1`);
    expect(waiting!.seconds).toBeGreaterThan(-60);
    await setChoices(owner, { quiet_hours: null });
    await wait();
    await drainJobs(registry);
    expect(service.sentTo(browser)).toHaveLength(2);
  });

  it("that refuses or redirects is not followed, and given up after a while", async () => {
    const { person: owner } = await withDevice();
    for (const status of [302, 403]) {
      service.answer = status;
      await setLike(await makeUser(), await makePost(owner), true);
      await settle();
    }
    expect(service.received).toHaveLength(2);
    expect([...(await db().execute(sql`select failures, problem from push_subscriptions where user_id = ${owner.id}::bigint`))]).toEqual([{ failures: 2, problem: "the push service answered 403" }]);
    await db().execute(sql`update push_subscriptions set failures = 9 where user_id = ${owner.id}::bigint`);
    await setLike(await makeUser(), await makePost(owner), true);
    await settle();
    expect(await listPushDevices(owner)).toEqual([]);
  });

  it("is none inside the network", async () => {
    const owner = await makeUser();
    const { keys } = service.browser().toJSON();
    for (const endpoint of ["https://10.0.0.1/x", "http://example.org/x", "https://localhost/x", `http://127.0.0.1:1/x`]) expect(await failure(subscribe(owner, { endpoint, keys }))).toMatchObject({ status: 422 });
    expect(await failure(subscribe(owner, { endpoint: service.browser().endpoint, keys: { p256dh: "x", auth: "y" } }))).toMatchObject({ status: 422 });
  });
});

describe("a device", () => {
  it("has one subscription, whose next owner in the same browser takes it over", async () => {
    const { person: ada, browser } = await withDevice();
    await subscribe(ada, browser.toJSON());
    const fresh = service.browser();
    await subscribe(ada, fresh.toJSON());
    expect(await listPushDevices(ada)).toHaveLength(1);
    const bob = await makeUser();
    await subscribe(bob, fresh.toJSON());
    expect([(await listPushDevices(ada)).length, (await listPushDevices(bob)).length]).toEqual([0, 1]);
    // Who only knows its address does not.
    expect(await failure(subscribe(ada, { endpoint: fresh.endpoint, keys: service.browser().toJSON().keys }))).toMatchObject({ status: 409 });
    expect([(await listPushDevices(ada)).length, (await listPushDevices(bob)).length]).toEqual([0, 1]);
    const [device] = await listPushDevices(bob);
    await unsubscribe(ada, device!.id);
    expect(await listPushDevices(bob)).toHaveLength(1);
    await unsubscribe(bob);
    await unsubscribe(bob);
    expect(await listPushDevices(bob)).toEqual([]);
  });

  it("is sent a test, and is told why when it cannot be", async () => {
    const stranger = await makeUser();
    expect(await failure(sendTest(stranger))).toMatchObject({ status: 409 });
    const { person: ada, browser } = await withDevice();
    await sendTest(ada);
    expect(service.sentTo(browser)[0]).toMatchObject({ title: "It works", url: "/settings/notifications" });
    service.answer = 500;
    expect(await failure(sendTest(ada))).toMatchObject({ status: 503 });
    service.answer = 410;
    expect(await failure(sendTest(ada))).toMatchObject({ status: 409 });
    expect(await listPushDevices(ada)).toEqual([]);
  });
});
