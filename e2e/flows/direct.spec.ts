import { CuttingProxy } from "../fixtures/cutting-proxy";
import { befriend, field, log, onMessage, openDirect, openThread, pressedAt, reactTo, row, say, send, shownAt } from "../fixtures/direct";
import { makeJpeg } from "../fixtures/photos";
import { answered, LOST } from "../fixtures/problems";
import { nav, postBy } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";
import { quiet } from "../fixtures/traffic";

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

test("what one writes is on the other's screen in a moment", async ({ make, visit }, info) => {
  test.setTimeout(120_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(ada, thread, "Hello");
  const [adas, bos] = [await visit(ada), await visit(bo)];
  await openThread(adas, thread);
  await openThread(bos, thread);
  const took: number[] = [];
  for (let i = 1; i <= 30; i++) {
    const [from, to] = i % 2 === 0 ? [adas, bos] : [bos, adas];
    await field(from).fill(`Message ${i}.`);
    const [shown, pressed] = [shownAt(to, `Message ${i}.`), pressedAt(from)];
    await from.getByRole("button", { name: "Send", exact: true }).click();
    took.push((await shown) - (await pressed));
  }
  const figure = median(took);
  process.stdout.write(`On the other's screen (${info.project.name}): median ${figure} ms, slowest ${Math.max(...took)} ms, of 30\n`);
  // 300 where the machine has nothing else to do; the tests beside this one do not leave it alone.
  expect(figure).toBeLessThan(1_000);
  for (const page of [adas, bos]) {
    const shown = (await log(page).textContent())!.match(/Message \d+\./g)!;
    expect(shown).toEqual(Array.from({ length: 30 }, (_, i) => `Message ${i + 1}.`));
  }
});

test("writing, seen, reactions, replies, changes and unsending are seen by the other", async ({ make, visit }) => {
  test.setTimeout(90_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  const [adas, bos] = [await visit(ada), await visit(bo)];
  await say(ada, thread, "Is the light still good?");
  await openThread(adas, thread);
  await expect(adas.getByText("Sent", { exact: true })).toBeVisible();

  await test.step("seen, once it was looked at", async () => {
    await openThread(bos, thread);
    await expect(adas.getByText("Seen", { exact: true })).toBeVisible({ timeout: 3_000 });
  });
  await test.step("somebody writes", async () => {
    await field(bos).pressSequentially("Ver");
    await expect(adas.getByText(`${bo.username} is writing…`)).toBeVisible({ timeout: 3_000 });
    await send(bos, "Very much so");
    await expect(row(adas, "Very much so")).toBeVisible({ timeout: 3_000 });
    await expect(adas.getByText(`${bo.username} is writing…`)).toHaveCount(0);
  });
  await test.step("an emoji, and one taken back", async () => {
    await reactTo(adas, "Very much so", "🔥");
    await expect(row(bos, "Very much so").getByRole("button", { name: "🔥 1" })).toBeVisible({ timeout: 3_000 });
    await row(adas, "Very much so").getByRole("button", { name: "🔥 1" }).click();
    await expect(row(bos, "Very much so").getByRole("button", { name: "🔥 1" })).toHaveCount(0, { timeout: 3_000 });
  });
  await test.step("a reply leads to what it answers", async () => {
    await onMessage(adas, "Very much so", "Reply");
    await expect(adas.getByText(`Reply to ${bo.username}`)).toBeVisible();
    await send(adas, "Then I come");
    const answer = bos.locator("[data-message]").filter({ hasText: "Then I come" });
    await expect(answer).toContainText("Very much so", { timeout: 3_000 });
  });
  await test.step("a change", async () => {
    await onMessage(adas, "Then I come", "Edit");
    const edit = adas.getByRole("textbox", { name: "Edit message" });
    await expect(edit).toHaveValue("Then I come");
    // By the keys themselves: the field has the focus, and what is there already stands before the caret.
    await expect(edit).toBeFocused();
    await adas.keyboard.type(" at six");
    await expect(edit).toHaveValue("Then I come at six");
    await adas.getByRole("button", { name: "Save", exact: true }).click();
    await expect(row(bos, "Then I come at six")).toContainText("edited", { timeout: 3_000 });
  });
  await test.step("unsent for both", async () => {
    await onMessage(adas, "Then I come at six", "Unsend");
    await adas.getByRole("alertdialog").getByRole("button", { name: "Unsend" }).click();
    await expect(bos.getByText("Then I come at six")).toHaveCount(0, { timeout: 3_000 });
    await expect(adas.getByText("Then I come at six")).toHaveCount(0);
  });
});

test("after ten seconds without network nothing is lost and nothing is doubled", async ({ make, visit, baseURL, problems }) => {
  test.setTimeout(120_000);
  problems.allow(LOST, /net::ERR_(EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
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
  expect((await bo.expectOk(bo.api.get(`/api/direct/${thread}/messages`))).messages.map(({ text }: { text: string }) => text)).toEqual(["Before", "Meanwhile."]);
  wire.mend();
  const all = ["Before", "Meanwhile.", "One.", "Two.", "Three."];
  const texts = async () => (await bo.expectOk(bo.api.get(`/api/direct/${thread}/messages`))).messages.map(({ text }: { text: string }) => text);
  await expect.poll(texts, { timeout: 30_000 }).toEqual(all);
  await expect(page.getByText("Sending…")).toHaveCount(0, { timeout: 10_000 });
  for (const text of all) await expect(row(page, text)).toHaveCount(1);
  expect((await log(page).textContent())!.match(/Before|Meanwhile\.|One\.|Two\.|Three\./g)).toEqual(all);
  wire.close();
});

test("what was written offline waits, outlives a reload, and goes when the network is back", async ({ make, visit, problems }) => {
  problems.allow(LOST);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
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
  const { messages } = await bo.expectOk(bo.api.get(`/api/direct/${thread}/messages`));
  expect(messages.map(({ text }: { text: string }) => text)).toEqual(["Are you there?", "Under way"]);
});

test("a refused message says why, and can be sent again or deleted", async ({ make, visit, problems }) => {
  problems.allow(answered(403), answered(422), answered(404));
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(bo, thread, "Hello");
  const page = await visit(ada);
  await openThread(page, thread);
  await page.route(/\/messages$/, (route) => route.fulfill({ status: 422, contentType: "application/json", body: JSON.stringify({ error: { code: "invalid", message: "The server does not want this today.", request_id: "x" } }) }));
  await send(page, "Take this");
  await expect(row(page, "Take this").getByRole("alert")).toContainText("The server does not want this today.");
  await page.unroute(/\/messages$/);
  await row(page, "Take this").getByRole("button", { name: "Try again" }).click();
  await expect(row(page, "Take this").getByRole("alert")).toHaveCount(0);
  await expect.poll(async () => (await bo.expectOk(bo.api.get(`/api/direct/${thread}/messages`))).messages.length).toBe(2);
});

test("two tabs of one person are in step @desktop", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(bo, thread, "Hello");
  const first = await visit(ada);
  const second = await first.context().newPage();
  await second.goto("/explore");
  await quiet(second);
  await expect(nav(second).getByRole("link", { name: "Messages", exact: true })).toHaveAccessibleDescription("1 unread");
  // The other tab has the connection.
  await first.goto(`/direct/${thread}`);
  await expect(nav(second).getByRole("link", { name: "Messages", exact: true })).not.toHaveAccessibleDescription("1 unread", { timeout: 5_000 });
  await second.goto(`/direct/${thread}`);
  await expect(row(second, "Hello")).toBeVisible();
  await send(first, "From the first tab");
  await expect(row(second, "From the first tab")).toHaveCount(1, { timeout: 3_000 });
  await send(second, "From the second tab");
  await expect(row(first, "From the second tab")).toHaveCount(1, { timeout: 3_000 });
  await expect(row(second, "From the second tab")).toHaveCount(1);
});

test("older messages come above without a jump, and one comes back to the newest", async ({ make, visit }) => {
  test.setTimeout(120_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  for (let i = 1; i <= 95; i++) await say(i % 3 === 0 ? ada : bo, thread, `Line ${i}. ${"word ".repeat(i % 9)}`);
  await bo.expectOk(bo.api.post(`/api/direct/${thread}/read`, { data: { up_to: (await bo.expectOk(bo.api.get(`/api/direct/${thread}/messages?limit=1`))).messages[0].id } }));
  const page = await visit(bo);
  await openThread(page, thread);
  await expect(row(page, "Line 95.")).toBeInViewport();
  let worst = 0;
  // So often as there are pages, and once more at their end.
  for (let i = 0; i < 14 && (await row(page, "Line 1. ").count()) === 0; i++) {
    await log(page).evaluate((box) => void (box.scrollTop -= 700));
    await page.waitForTimeout(60);
    const place = () => log(page).evaluate((box) => {
      const top = box.getBoundingClientRect().top;
      const first = [...box.querySelectorAll("[data-message]")].find((one) => one.getBoundingClientRect().bottom > top + 80)!;
      return { id: first.getAttribute("data-message"), y: first.getBoundingClientRect().top };
    });
    const before = await place();
    await quiet(page);
    const after = await log(page).evaluate((box, id) => box.querySelector(`[data-message="${id}"]`)!.getBoundingClientRect().top, before.id);
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

test("what is unread is divided off, counted, and read once it is seen", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  const { id } = await say(ada, thread, "Read already");
  await bo.expectOk(bo.api.post(`/api/direct/${thread}/read`, { data: { up_to: id } }));
  await say(ada, thread, "New one");
  await say(ada, thread, "Newer one");
  const page = await visit(bo);
  await page.goto("/direct");
  const line = page.getByRole("list", { name: "Conversations" }).getByRole("listitem").filter({ hasText: "ada" });
  await expect(line).toContainText("2 unread");
  await line.getByRole("link").click();
  await expect(page.locator("[data-divider]")).toHaveText("New messages");
  await expect(row(page, "New one").locator("[data-divider]")).toHaveCount(1);
  await expect.poll(async () => (await bo.expectOk(bo.api.get("/api/direct/unread"))).unread_count).toBe(0);
});

test("photos are sent and opened, and a post is shared into a conversation", async ({ make, visit }) => {
  test.setTimeout(90_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(bo, thread, "Show me");
  const post = await bo.post("The quay at dusk");
  const [adas, bos] = [await visit(ada), await visit(bo)];
  await openThread(bos, thread);
  await openThread(adas, thread);
  await adas.getByLabel("Add photos or videos").setInputFiles([photoFile("quay.jpg", await makeJpeg(3)), photoFile("gulls.jpg", await makeJpeg(4))]);
  await expect(adas.getByRole("list", { name: "Goes with the message" }).getByRole("img")).toHaveCount(2);
  await send(adas, "Two of today");
  const photos = row(bos, "Two of today").getByRole("button", { name: /^Open photo/ });
  await expect(photos).toHaveCount(2, { timeout: 20_000 });
  await photos.first().click();
  await expect(bos.getByRole("dialog")).toContainText("1 of 2");
  await bos.keyboard.press("ArrowRight");
  await expect(bos.getByRole("dialog")).toContainText("2 of 2");
  await bos.keyboard.press("Escape");

  await adas.goto(`/p/${post.shortcode}`);
  await postBy(adas, bo.username).getByRole("button", { name: "Share", exact: true }).click();
  await adas.getByRole("dialog").getByRole("button", { name: "Send in a message" }).click();
  const target = adas.getByRole("checkbox", { name: "bo" }).first();
  await target.click();
  await adas.getByRole("textbox", { name: "Message" }).fill("This one of yours");
  await adas.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
  await expect(adas.getByText("Sent", { exact: true })).toBeVisible();
  await expect(row(bos, "This one of yours").getByRole("link", { name: "See post" })).toHaveAttribute("href", `/p/${post.shortcode}`, { timeout: 5_000 });
});

test("a stranger's message is a request until it is accepted", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const page = await visit(ada);
  await page.goto(`/${bo.username}`);
  await page.getByRole("button", { name: "Message", exact: true }).click();
  await expect(page).toHaveURL(/\/direct\/\d+/);
  await send(page, "You do not know me");
  await expect(row(page, "You do not know me").getByText("Sending…")).toHaveCount(0);

  const bos = await visit(bo);
  await bos.goto("/direct");
  await bos.getByRole("link", { name: "1 message request" }).click();
  await bos.getByRole("link", { name: /You do not know me/ }).click();
  await expect(bos.getByRole("region", { name: "Message request" })).toBeVisible();
  await expect(field(bos)).toHaveCount(0);
  await expect(page.getByText("Seen", { exact: true })).toHaveCount(0);
  await bos.getByRole("button", { name: "Accept" }).click();
  await expect(field(bos)).toBeVisible();
  await expect(page.getByText("Seen", { exact: true })).toBeVisible({ timeout: 5_000 });
  await send(bos, "Now I do");
  await expect(row(page, "Now I do")).toBeVisible({ timeout: 3_000 });
});

test("words that were begun are there again, and the list says so", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(bo, thread, "Hello");
  const page = await visit(ada);
  await openThread(page, thread);
  await field(page).fill("I was about to say");
  await page.goto("/direct");
  await expect(page.getByRole("link", { name: /Draft: I was about to say/ })).toBeVisible();
  await page.goto(`/direct/${thread}`);
  await expect(field(page)).toHaveValue("I was about to say");
});

test("messages are found, and a press leads to them", async ({ make, visit }) => {
  test.setTimeout(90_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
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

test("by keyboard alone: Enter sends, Shift and Enter break the line, arrows walk to a message and Tab to what can be done @desktop", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(bo, thread, "First of all");
  const page = await visit(ada);
  await openThread(page, thread);
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("One line");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("and another");
  await page.keyboard.press("Enter");
  await expect(row(page, "and another")).toBeVisible();
  await log(page).focus();
  await page.keyboard.press("ArrowUp");
  await expect(row(page, "and another")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(row(page, "First of all")).toBeFocused();
  const react = row(page, "First of all").getByRole("button", { name: "React", exact: true });
  for (let i = 0; i < 4 && !(await react.evaluate((one) => one === document.activeElement)); i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "React with 😍" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row(page, "First of all").getByRole("button", { name: "😍 1" })).toBeVisible();
});

test("on a phone the field stays above the keyboard and Enter is a new line @phone", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  for (let i = 0; i < 30; i++) await say(bo, thread, `Line ${i}`);
  const page = await visit(ada);
  await openThread(page, thread);
  await expect(page.getByRole("navigation", { name: "Main" }).filter({ visible: true })).toHaveCount(0);
  // They are unread, so it begins with the first of them.
  await page.getByRole("button", { name: /^To the newest message/ }).click();
  await expect(row(page, "Line 29")).toBeInViewport();
  await field(page).fill("One line");
  await field(page).press("End");
  await field(page).press("Enter");
  await expect(field(page)).toHaveValue("One line\n");
  // As a keyboard that takes the lower half of the window.
  const { width, height } = page.viewportSize()!;
  await page.setViewportSize({ width, height: Math.round(height / 2) });
  await expect(row(page, "Line 29")).toBeInViewport();
  const box = (await field(page).boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(Math.round(height / 2));
});
