import type { Page } from "@playwright/test";
import { CuttingProxy } from "../fixtures/cutting-proxy";
import { friends, log, onMessage, openThread, row, say, send } from "../fixtures/direct";
import type { Person } from "../fixtures/people";
import { makeJpeg } from "../fixtures/photos";
import { answered, LOST } from "../fixtures/problems";
import { expect, photoFile, test } from "../fixtures/test";
import { quiet } from "../fixtures/traffic";

type Said = { id: string; text: string | null; reply_to: { is_gone: boolean } | null; media: unknown[] };

/** What has arrived, as the other sees it. */
const said = async (by: Person, thread: string): Promise<Said[]> => (await by.expectOk(by.api.get(`/api/direct/${thread}/messages`))).messages;
const texts = async (by: Person, thread: string) => (await said(by, thread)).map(({ text }) => text);
const flag = (page: Page, id: string) => page.evaluate((key) => localStorage.getItem(key), `heliograph.outbox.${id}`);

/** The server answers to the next messages so. */
const answerMessages = (page: Page, status: number, code: string, message: string) =>
  page.route(/\/messages$/, (route) => route.fulfill({ status, contentType: "application/json", body: JSON.stringify({ error: { code, message, request_id: "x" } }) }));

test("after ten seconds without network nothing is lost and nothing is doubled", async ({ make, visit, baseURL, problems }) => {
  test.setTimeout(120_000);
  problems.allow(LOST, /net::ERR_(EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/);
  const { ada, bo, thread } = await friends(make);
  await say(bo, thread, "Before");
  const wire = await CuttingProxy.open(baseURL!);
  const page = await visit(ada);
  await openThread(page, thread, wire.origin);
  await expect(row(page, "Before")).toBeVisible();

  wire.sever();
  for (const text of ["One.", "Two.", "Three."]) await send(page, text);
  await say(bo, thread, "Meanwhile.");
  await page.waitForTimeout(10_000);
  await expect(row(page, "One.").getByText("Sending…")).toBeVisible();
  expect(await texts(bo, thread)).toEqual(["Before", "Meanwhile."]);
  wire.mend();
  const all = ["Before", "Meanwhile.", "One.", "Two.", "Three."];
  await expect.poll(() => texts(bo, thread), { timeout: 30_000 }).toEqual(all);
  await expect(page.getByText("Sending…")).toHaveCount(0, { timeout: 10_000 });
  for (const text of all) await expect(row(page, text)).toHaveCount(1);
  expect((await log(page).textContent())!.match(/Before|Meanwhile\.|One\.|Two\.|Three\./g)).toEqual(all);
  wire.close();
});

test("what was written offline waits, outlives a reload, and goes when the network is back", async ({ make, visit, problems }) => {
  problems.allow(LOST);
  const { ada, bo, thread } = await friends(make);
  await say(bo, thread, "Are you there?");
  const page = await visit(ada);
  await openThread(page, thread);
  await quiet(page);
  await page.context().setOffline(true);
  await send(page, "Under way");
  await send(page, "Taken back again");
  await expect(row(page, "Under way").getByText("Waits for a connection")).toBeVisible();
  await row(page, "Taken back again").getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("Taken back again")).toHaveCount(0);
  // Only the sending stays cut off, so that the page can be loaded anew.
  await page.route(/\/messages$/, (route) => route.abort());
  await page.context().setOffline(false);
  await page.reload();
  await expect(row(page, "Under way").getByText("Sending…")).toBeVisible();
  await page.unroute(/\/messages$/);
  await expect(row(page, "Under way").getByText("Sending…")).toHaveCount(0, { timeout: 20_000 });
  expect(await texts(bo, thread)).toEqual(["Are you there?", "Under way"]);
});

test("what was written offline goes from any page, also when its conversation was closed and what it answers is gone", async ({ make, visit, problems }) => {
  problems.allow(LOST, answered(422));
  const { ada, bo, thread } = await friends(make);
  const { id } = await say(bo, thread, "Are you there?");
  const page = await visit(ada);
  await openThread(page, thread);
  await quiet(page);
  const context = page.context();
  await onMessage(page, "Are you there?", "Reply");
  await context.setOffline(true);
  await send(page, "In the tunnel");
  await send(page, "And out again");
  await expect(row(page, "And out again").getByText("Waits for a connection")).toBeVisible();
  expect(await flag(page, ada.id)).toBe("1");
  await page.close();
  await bo.expectOk(bo.api.delete(`/api/direct/${thread}/messages/${id}`));

  const other = await context.newPage();
  await context.setOffline(false);
  await other.goto("/");
  await expect.poll(async () => (await said(bo, thread)).map(({ text, reply_to }) => [text, reply_to]), { timeout: 20_000 }).toEqual(expect.arrayContaining([["In the tunnel", null], ["And out again", null]]));
  // Then no page looks there any more.
  await expect.poll(() => flag(other, ada.id)).toBe(null);
});

test("a refused message says why, and can be sent again or deleted", async ({ make, visit, problems }) => {
  problems.allow(answered(403), answered(422), answered(404));
  const { ada, bo, thread } = await friends(make);
  await say(bo, thread, "Hello");
  const page = await visit(ada);
  await openThread(page, thread);
  await answerMessages(page, 422, "invalid", "The server does not want this today.");
  await send(page, "Take this");
  await expect(row(page, "Take this").getByRole("alert")).toContainText("The server does not want this today.");
  await page.unroute(/\/messages$/);
  await row(page, "Take this").getByRole("button", { name: "Try again" }).click();
  await expect(row(page, "Take this").getByRole("alert")).toHaveCount(0);
  await expect.poll(async () => (await said(bo, thread)).length).toBe(2);
});

test("a message waits for its writer to log in again, and does not count as refused", async ({ make, visit, problems }) => {
  problems.allow(answered(401));
  const { ada, bo, thread } = await friends(make);
  await say(bo, thread, "Hello");
  const page = await visit(ada);
  await openThread(page, thread);
  await answerMessages(page, 401, "unauthenticated", "Log in first.");
  await send(page, "Still to say");
  await expect(row(page, "Still to say")).toContainText("You are logged out. This goes when you log in again.");
  await expect(row(page, "Still to say").getByRole("button", { name: "Copy" })).toBeVisible();
  await expect(row(page, "Still to say").getByRole("alert")).toHaveCount(0);
  await page.unroute(/\/messages$/);
  await page.reload();
  await expect.poll(async () => (await said(bo, thread)).length).toBe(2);
  await expect(row(page, "Still to say")).not.toContainText("logged out");
});

test("tried again, a message brings its files anew: the server may have swept them", async ({ make, visit, problems }) => {
  problems.allow(answered(422));
  const { ada, bo, thread } = await friends(make);
  await say(bo, thread, "Show me");
  const page = await visit(ada);
  await openThread(page, thread);
  await answerMessages(page, 422, "invalid", "A file is gone.");
  await page.getByLabel("Add photos or videos").setInputFiles([photoFile("quay.jpg", await makeJpeg(5))]);
  await expect(page.getByRole("list", { name: "Goes with the message" }).getByRole("img")).toHaveCount(1);
  await send(page, "The quay");
  await expect(row(page, "The quay").getByRole("alert")).toContainText("A file is gone.", { timeout: 20_000 });
  await page.unroute(/\/messages$/);
  const brought = page.waitForRequest((request) => request.method() === "POST" && new URL(request.url()).pathname === "/api/uploads");
  await row(page, "The quay").getByRole("button", { name: "Try again" }).click();
  await brought;
  await expect.poll(async () => (await said(bo, thread)).at(-1)!.media.length, { timeout: 20_000 }).toBe(1);
  await expect(row(page, "The quay").getByRole("button", { name: /^Open photo/ })).toBeVisible({ timeout: 20_000 });
});

test("a message that arrived, and was unsent before its writer heard of it, is not sent again", async ({ make, visit, problems }) => {
  problems.allow(LOST);
  const { ada, bo, thread } = await friends(make);
  await say(bo, thread, "Hello");
  const page = await visit(ada);
  await openThread(page, thread);
  await quiet(page);
  // It arrives, but the answer is lost; so are those of the attempts after it.
  let isLost = true;
  await page.route(/\/messages$/, async (route) => {
    const answer = await route.fetch();
    await (isLost ? route.abort() : route.fulfill({ response: answer }));
  });
  // What is heard of it by the stream would confirm it.
  await page.route(/\/messages\?|\/api\/stream/, (route) => route.abort());
  await send(page, "Once and no more");
  await expect.poll(() => texts(bo, thread)).toEqual(["Hello", "Once and no more"]);
  await ada.expectOk(ada.api.delete(`/api/direct/${thread}/messages/${(await said(bo, thread)).at(-1)!.id}`));
  isLost = false;
  await expect(row(page, "Once and no more").getByText("Sending…")).toHaveCount(0, { timeout: 30_000 });
  await expect.poll(() => flag(page, ada.id)).toBe(null);
  await page.unrouteAll();
  await page.reload();
  await expect(row(page, "Hello")).toBeVisible();
  await expect(log(page).getByText("Once and no more")).toHaveCount(0);
  expect(await texts(bo, thread)).not.toContain("Once and no more");
});
