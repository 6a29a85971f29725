import { field, friends, log, openThread, row, say } from "../fixtures/direct";
import { expect, test } from "../fixtures/test";
import { quiet } from "../fixtures/traffic";

test("older messages come above without a jump, and one comes back to the newest", async ({ make, visit }) => {
  test.setTimeout(120_000);
  const { ada, bo, thread } = await friends(make);
  for (let i = 1; i <= 95; i++) await say(i % 3 === 0 ? ada : bo, thread, `Line ${i}. ${"word ".repeat(i % 9)}`);
  await bo.expectOk(bo.api.post(`/api/direct/${thread}/read`, { data: { up_to: (await bo.expectOk(bo.api.get(`/api/direct/${thread}/messages?limit=1`))).messages[0].id } }));
  const page = await visit(bo);
  await openThread(page, thread);
  await expect(row(page, "Line 95.")).toBeInViewport();
  await quiet(page);
  let worst = 0;
  // So often as there are pages, and once more at their end.
  for (let i = 0; i < 14 && (await row(page, "Line 1. ").count()) === 0; i++) {
    await log(page).evaluate((box) => void (box.scrollTop -= 700));
    await page.waitForTimeout(60);
    // By its lower edge: the first one that is loaded says its time above itself, which goes when those before it come.
    const place = () => log(page).evaluate((box) => {
      const top = box.getBoundingClientRect().top;
      const first = [...box.querySelectorAll("[data-message]")].find((one) => one.getBoundingClientRect().bottom > top + 80)!;
      return { id: first.getAttribute("data-message"), y: first.getBoundingClientRect().bottom };
    });
    const before = await place();
    await quiet(page);
    const after = await log(page).evaluate((box, id) => box.querySelector(`[data-message="${id}"]`)!.getBoundingClientRect().bottom, before.id);
    worst = Math.max(worst, Math.abs(after - before.y));
  }
  process.stdout.write(`Paging upwards: nothing moved by more than ${worst.toFixed(1)} px\n`);
  expect(worst).toBeLessThan(2);
  await expect(row(page, "Line 1. ")).toHaveCount(1);
  // Somebody writes while one reads far above: nothing moves.
  const at = await log(page).evaluate((box) => box.querySelectorAll("[data-message]")[3]!.getBoundingClientRect().top);
  await say(ada, thread, "The newest of all");
  await expect(page.getByRole("button", { name: "To the newest message, 1 new" })).toBeVisible({ timeout: 3_000 });
  expect(Math.abs((await log(page).evaluate((box) => box.querySelectorAll("[data-message]")[3]!.getBoundingClientRect().top)) - at)).toBeLessThan(2);
  await page.getByRole("button", { name: /^To the newest message/ }).click();
  await expect(row(page, "The newest of all")).toBeInViewport();
});

test("an older page that comes late leaves no gap where another part is shown by then @desktop", async ({ make, visit }) => {
  test.setTimeout(90_000);
  const { ada, bo, thread } = await friends(make);
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

test("a conversation out of the browser's memory is as it is by now", async ({ make, visit }) => {
  const { ada, bo, thread } = await friends(make);
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
  const { ada, bo, thread } = await friends(make);
  const { id } = await say(bo, thread, "Far above");
  for (let i = 0; i < 40; i++) await say(ada, thread, `Filling ${i}`);
  await say(ada, thread, "As you said", { reply_to: id });
  const page = await visit(ada);
  await openThread(page, thread);
  await expect(row(page, "As you said").getByText("Far above")).toBeVisible();
  await bo.expectOk(bo.api.delete(`/api/direct/${thread}/messages/${id}`));
  await expect(row(page, "As you said")).toContainText("A message that is gone", { timeout: 5_000 });
});

test("messages are found, and a press leads to them", async ({ make, visit }) => {
  test.setTimeout(90_000);
  const { ada, bo, thread } = await friends(make);
  await say(bo, thread, "The lighthouse keeper waves");
  for (let i = 0; i < 70; i++) await say(ada, thread, `Filling ${i}`);
  const page = await visit(ada);
  await page.goto("/direct");
  await page.getByRole("searchbox", { name: "Search messages" }).fill("lighthouse");
  await page.getByRole("link", { name: /lighthouse keeper/ }).click();
  await expect(row(page, "The lighthouse keeper waves")).toBeInViewport();
  await page.getByRole("button", { name: /^To the newest message/ }).click();
  await expect(row(page, "Filling 69")).toBeInViewport();
  await page.getByRole("button", { name: "Search in this conversation" }).click();
  await page.getByRole("searchbox", { name: "Search in this conversation" }).fill("keeper");
  await page.getByRole("list", { name: "Messages found" }).getByRole("button").click();
  await expect(row(page, "The lighthouse keeper waves")).toBeInViewport();
});
