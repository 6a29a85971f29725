import type { Page } from "@playwright/test";
import { befriend, field, log, onMessage, openDirect, openThread, row, say, send } from "../fixtures/direct";
import { makeJpeg } from "../fixtures/photos";
import { answered, LOST } from "../fixtures/problems";
import { nav } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";
import { quiet } from "../fixtures/traffic";

type Shown = { text: string | null; reply_to: { is_gone: boolean } | null };
const flag = (page: Page, id: string) => page.evaluate((key) => localStorage.getItem(key), `heliograph.outbox.${id}`);

test("what was written offline goes from any page, also when its conversation was closed and what it answers is gone", async ({ make, visit, problems }) => {
  problems.allow(LOST, answered(422));
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
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
  const said = async () => (await bo.expectOk(bo.api.get(`/api/direct/${thread}/messages`))).messages.map(({ text, reply_to }: Shown) => [text, reply_to]);
  await expect.poll(said, { timeout: 20_000 }).toEqual(expect.arrayContaining([["In the tunnel", null], ["And out again", null]]));
  // Then no page looks there any more.
  await expect.poll(() => flag(other, ada.id)).toBe(null);
});

test("a message waits for its writer to log in again, and does not count as refused", async ({ make, visit, problems }) => {
  problems.allow(answered(401));
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(bo, thread, "Hello");
  const page = await visit(ada);
  await openThread(page, thread);
  await page.route(/\/messages$/, (route) => route.fulfill({ status: 401, contentType: "application/json", body: JSON.stringify({ error: { code: "unauthenticated", message: "Log in first.", request_id: "x" } }) }));
  await send(page, "Still to say");
  await expect(row(page, "Still to say")).toContainText("You are logged out. This goes when you log in again.");
  await expect(row(page, "Still to say").getByRole("button", { name: "Copy" })).toBeVisible();
  await expect(row(page, "Still to say").getByRole("alert")).toHaveCount(0);
  await page.unroute(/\/messages$/);
  await page.reload();
  await expect.poll(async () => (await bo.expectOk(bo.api.get(`/api/direct/${thread}/messages`))).messages.length).toBe(2);
  await expect(row(page, "Still to say")).not.toContainText("logged out");
});

test("tried again, a message brings its files anew: the server may have swept them", async ({ make, visit, problems }) => {
  problems.allow(answered(422));
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(bo, thread, "Show me");
  const page = await visit(ada);
  await openThread(page, thread);
  await page.route(/\/messages$/, (route) => route.fulfill({ status: 422, contentType: "application/json", body: JSON.stringify({ error: { code: "invalid", message: "A file is gone.", request_id: "x" } }) }));
  await page.getByLabel("Add photos or videos").setInputFiles([photoFile("quay.jpg", await makeJpeg(5))]);
  await expect(page.getByRole("list", { name: "Goes with the message" }).getByRole("img")).toHaveCount(1);
  await send(page, "The quay");
  await expect(row(page, "The quay").getByRole("alert")).toContainText("A file is gone.", { timeout: 20_000 });
  await page.unroute(/\/messages$/);
  const brought = page.waitForRequest((request) => request.method() === "POST" && new URL(request.url()).pathname === "/api/uploads");
  await row(page, "The quay").getByRole("button", { name: "Try again" }).click();
  await brought;
  await expect.poll(async () => (await bo.expectOk(bo.api.get(`/api/direct/${thread}/messages`))).messages.at(-1).media.length, { timeout: 20_000 }).toBe(1);
  await expect(row(page, "The quay").getByRole("button", { name: /^Open photo/ })).toBeVisible({ timeout: 20_000 });
});

test("a conversation out of the browser's memory is as it is by now", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  const { id } = await say(bo, thread, "Regretted at once");
  await say(ada, thread, "What do you mean?", { reply_to: id });
  await say(bo, thread, "Nothing");
  const page = await visit(ada);
  await page.goto("/direct");
  await page.getByRole("list", { name: "Conversations" }).getByRole("link").click();
  await expect(row(page, "What do you mean?").getByText("Regretted at once")).toBeVisible();
  await page.getByRole("link", { name: /Details|Back/ }).filter({ visible: true }).last().click();
  await expect(field(page)).toHaveCount(0);
  await bo.expectOk(bo.api.delete(`/api/direct/${thread}/messages/${id}`));
  // Older than what is trusted.
  await page.waitForTimeout(3_200);
  await page.goBack();
  await expect(row(page, "What do you mean?")).toContainText("A message that is gone", { timeout: 5_000 });
  await expect(log(page).getByText("Regretted at once")).toHaveCount(0);
});

test("what quotes a message goes with it, where it is not loaded, too", async ({ make, visit }) => {
  test.setTimeout(90_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  const { id } = await say(bo, thread, "Far above");
  for (let i = 0; i < 40; i++) await say(ada, thread, `Filling ${i}`);
  await say(ada, thread, "As you said", { reply_to: id });
  const page = await visit(ada);
  await openThread(page, thread);
  await expect(row(page, "As you said").getByText("Far above")).toBeVisible();
  await bo.expectOk(bo.api.delete(`/api/direct/${thread}/messages/${id}`));
  await expect(row(page, "As you said")).toContainText("A message that is gone", { timeout: 5_000 });
});

test("an older page that comes late leaves no gap where another part is shown by then @desktop", async ({ make, visit }) => {
  test.setTimeout(90_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(ada, thread, "Line 0. The lighthouse");
  for (let i = 1; i <= 95; i++) await say(ada, thread, `Line ${i}.`);
  const page = await visit(ada);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => void (letGo = resolve));
  await page.route(/messages\?before=/, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(/messages\?before=/);
  await openThread(page, thread);
  await log(page).evaluate((box) => void (box.scrollTop = -10_000));
  await asked;
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  await page.getByRole("searchbox", { name: "Search in this conversation" }).fill("lighthouse");
  await page.getByRole("list", { name: "Messages found" }).getByRole("button").click();
  await expect(row(page, "The lighthouse")).toBeInViewport();
  letGo();
  await quiet(page);
  const numbers = (await log(page).textContent())!.match(/Line \d+\./g)!.map((line) => Number(line.match(/\d+/)![0]));
  expect(numbers).toEqual(numbers.map((_, i) => i));
  // From there one comes down to the end, and what was said meanwhile is there.
  await say(bo, thread, "Said meanwhile");
  for (let i = 0; i < 20 && (await row(page, "Said meanwhile").count()) === 0; i++) {
    await log(page).evaluate((box) => void (box.scrollTop += 2_000));
    await page.waitForTimeout(200);
  }
  await expect(row(page, "Said meanwhile")).toHaveCount(1);
});

test("a declined request is not counted any more", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const thread = await openDirect(ada, [bo]);
  await say(ada, thread, "You do not know me");
  const page = await visit(bo);
  await page.goto("/direct");
  await page.getByRole("link", { name: "1 message request" }).click();
  await page.getByRole("link", { name: /You do not know me/ }).click();
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(page.getByRole("heading", { name: "No requests" })).toBeVisible();
  const back = page.getByRole("link", { name: "Back" }).filter({ visible: true });
  if (await back.count()) await back.click();
  else await nav(page).getByRole("link", { name: "Messages", exact: true }).click();
  await expect(page.getByText("No messages yet").filter({ visible: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "1 message request" })).toHaveCount(0);
});

test("the focus stays with who writes: after a file is removed, and a search closed @desktop", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(bo, thread, "Show me");
  const page = await visit(ada);
  await openThread(page, thread);
  await page.getByLabel("Add photos or videos").setInputFiles([photoFile("quay.jpg", await makeJpeg(3)), photoFile("gulls.jpg", await makeJpeg(4))]);
  const remove = (at: number) => page.getByRole("button", { name: `Remove photo ${at}` });
  await expect(remove(2)).toBeVisible();
  await remove(1).focus();
  await page.keyboard.press("Enter");
  await expect(remove(2)).toHaveCount(0);
  await expect(remove(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  const search = page.getByRole("button", { name: "Search in this conversation" });
  await search.click();
  await page.keyboard.type("show");
  await expect(page.getByRole("list", { name: "Messages found" }).getByRole("button")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(search).toBeFocused();
});
