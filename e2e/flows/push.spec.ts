import type { Page } from "@playwright/test";
import { findWholeBrowser } from "../fixtures/browser.mjs";
import { nav } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, executablePath: findWholeBrowser() ?? launchOptions.executablePath }) });

const open = async (page: Page) => {
  await page.goto("/settings/notifications");
  await expect(page.getByRole("heading", { name: "Push on this device" })).toBeVisible();
};
const pushSwitch = (page: Page) => page.getByRole("switch", { name: "Notifications on this device" });

/** Registers the worker as turning on does, and gives what the browser itself knows of it. */
async function workerOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  const found = new Promise<string>((resolve) => session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    const [one] = registrations.filter(({ isDeleted }) => !isDeleted);
    if (one) resolve(one.registrationId);
  }));
  await session.send("ServiceWorker.enable");
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
    await navigator.serviceWorker.ready;
  });
  return { session, registrationId: await found };
}

/** Delivers a push until the page has what it brings: Chromium's own tools lose one now and then. Each has its tag, so that it is there once. */
const until = (deliver: () => Promise<unknown>, look: () => Promise<unknown>, wanted: unknown) =>
  expect(async () => {
    await deliver();
    await expect.poll(look, { timeout: 5_000 }).toEqual(wanted);
  }).toPass({ timeout: 30_000 });

const shown = (page: Page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, data: data as { url: string } }));
});

test("nothing is registered before notifications are turned on", async ({ make, visit }) => {
  const page = await visit(await make("ada"));
  for (const path of ["/", "/notifications", "/settings/notifications"]) {
    await page.goto(path);
    await page.waitForTimeout(300);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), path).toBe(0);
  }
});

test("the worker's script is never kept, and is for the whole site", async ({ request }) => {
  const answer = await request.get("/sw.js");
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toContain("javascript");
  expect(answer.headers()["cache-control"]).toMatch(/no-cache/);
  expect(answer.headers()["service-worker-allowed"]).toBe("/");
});

test("where the browser has no push service it is said in words, and the switch is off again", async ({ make, visit, baseURL, problems }) => {
  // The windows of these tests are private ones, which have none.
  problems.allow(/does not support the Push API in incognito mode/);
  const page = await visit(await make("ada"));
  await page.context().grantPermissions(["notifications"], { origin: baseURL! });
  await open(page);
  await expect(page.getByText("No device of yours gets notifications yet.")).toBeVisible();
  await expect(pushSwitch(page)).not.toBeChecked();
  await pushSwitch(page).click();
  await expect(page.getByText(/could not get an address from its push service/)).toBeVisible({ timeout: 30_000 });
  await expect(pushSwitch(page)).not.toBeChecked();
  await expect(pushSwitch(page)).toBeEnabled();
});

test("where notifications are not allowed it is said how to change that", async ({ make, visit }) => {
  const page = await visit(await make("ada"));
  // As when somebody has pressed “Block”.
  await page.addInitScript(() => Object.defineProperty(Notification, "permission", { get: () => "denied" }));
  await open(page);
  await expect(page.getByText(/does not let Heliograph notify you/)).toBeVisible();
  await expect(pushSwitch(page)).toBeDisabled();
});

test("a push is shown, takes the place of the earlier one of its group, and opens its page", async ({ make, visit, baseURL }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.context().grantPermissions(["notifications"], { origin: baseURL! });
  await open(page);
  const { session, registrationId } = await workerOf(page);
  const deliver = (message: object | string) => session.send("ServiceWorker.deliverPushMessage", { origin: baseURL!, registrationId, data: typeof message === "string" ? message : JSON.stringify(message) });
  await until(() => deliver({ title: "New like", body: "bo liked your post", tag: "n1", url: `/${ada.username}`, unread: 1 }), async () => (await shown(page)).map(({ body }) => body), ["bo liked your post"]);
  await until(() => deliver({ title: "New like", body: "bo and cy liked your post", tag: "n1", url: `/${ada.username}`, unread: 1 }), () => shown(page), [{ title: "New like", body: "bo and cy liked your post", tag: "n1", data: { url: `${baseURL}/${ada.username}` } }]);
  // Whatever comes, something is shown, and it leads nowhere else.
  await until(() => deliver("no JSON"), async () => (await shown(page)).length, 2);
  await until(() => deliver({ title: "Elsewhere", body: "", tag: "n2", url: "https://elsewhere.example/", unread: "many" }), async () => (await shown(page)).map(({ data }) => data.url).toSorted(), [`${baseURL}/${ada.username}`, `${baseURL}/notifications`, `${baseURL}/notifications`]);
  // The click is the system's; the worker hears of it as of any event.
  const [worker] = page.context().serviceWorkers();
  const opened = await worker!.evaluate(async () => {
    const scope = globalThis as unknown as { registration: ServiceWorkerRegistration; clients: { openWindow: (url: string) => Promise<null> }; dispatchEvent: (event: Event) => boolean; NotificationEvent: new (type: string, init: object) => Event };
    const asked: string[] = [];
    scope.clients.openWindow = async (url) => {
      asked.push(url);
      return null;
    };
    const [notification] = await scope.registration.getNotifications({ tag: "n1" });
    scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
    for (let i = 0; i < 50 && asked.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 20));
    return asked;
  });
  expect(opened).toEqual([`${baseURL}/${ada.username}`]);
  await expect.poll(async () => (await shown(page)).some(({ tag }) => tag === "n1")).toBe(false);
});

test("what is said in a conversation is heard each time, and all is put away when one logs out", async ({ make, visit, baseURL }) => {
  const page = await visit(await make("ada"));
  await page.context().grantPermissions(["notifications"], { origin: baseURL! });
  await open(page);
  const { session, registrationId } = await workerOf(page);
  const deliver = (message: object) => session.send("ServiceWorker.deliverPushMessage", { origin: baseURL!, registrationId, data: JSON.stringify(message) });
  const heard = () => page.evaluate(async () => {
    const notifications = await (await navigator.serviceWorker.ready).getNotifications();
    return notifications.map((one) => [one.tag, one.body, (one as Notification & { renotify: boolean }).renotify]).toSorted();
  });
  await until(() => deliver({ title: "bo", body: "One", tag: "m7", url: "/direct/7", unread: 1 }), heard, [["m7", "One", true]]);
  await until(() => deliver({ title: "bo", body: "Two", tag: "m7", url: "/direct/7", unread: 1 }), heard, [["m7", "Two", true]]);
  await until(() => deliver({ title: "New like", body: "bo liked your post", tag: "n1", url: "/", unread: 2 }), heard, [["m7", "Two", true], ["n1", "bo liked your post", false]]);
  if (page.viewportSize()!.width < 768) {
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
  } else await nav(page).getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("link", { name: "Sign up" }).first()).toBeVisible();
  // The page is loaded anew meanwhile.
  await expect.poll(() => shown(page).catch(() => null)).toEqual([]);
});

test("devices that take notifications are listed and can be turned off from another", async ({ make, visit }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  // A program's subscription, as a phone's: what is sent there nobody reads here.
  const key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
  const put = await ada.api.put("/api/push/subscription", { data: { endpoint: `https://push.example.org/${crypto.randomUUID()}`, keys: { p256dh: key, auth: "BTBZMqHH6r4Tts7J_aSIgg" } } });
  expect(put.status()).toBe(200);
  await open(page);
  const list = page.getByRole("list", { name: "Devices that get notifications" });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await list.getByRole("button", { name: /^Turn off on/ }).click();
  await expect(page.getByText("No device of yours gets notifications yet.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("No device of yours gets notifications yet.")).toBeVisible();
});
