import type { Page } from "@playwright/test";
import { chooseOption, go, nav, postBy, submit } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

/** Opens a page and waits until it hears of what happens. */
const open = (page: Page, path: string) =>
  Promise.all([page.waitForResponse((response) => new URL(response.url()).pathname === "/api/stream" && response.ok()), page.goto(path)]);

const tab = (page: Page, name: string) => page.getByRole("navigation", { name: "Kinds of notifications" }).getByRole("link", { name, exact: true });
const list = (page: Page) => page.getByRole("main").getByRole("listitem");

test("notifications come while one looks, stand under their tabs, and can be turned off", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Low sun over the harbour");
  const adas = await visit(ada);
  await open(adas, "/notifications");

  await test.step("Nothing yet, each tab in words of its own", async () => {
    await expect(adas.getByRole("heading", { name: "Nothing new yet" })).toBeVisible();
    for (const [name, title] of [["Follows", "Nobody new yet"], ["Comments", "No comments yet"], ["Mentions & tags", "Not mentioned yet"], ["Likes", "No likes yet"]] as const) {
      await tab(adas, name).click();
      await expect(adas.getByRole("heading", { name: title })).toBeVisible();
      await expect(tab(adas, name)).toHaveAttribute("aria-current", "page");
    }
    await tab(adas, "All").click();
    await expect(adas.getByRole("heading", { name: "Nothing new yet" })).toBeVisible();
  });

  await test.step("What Bo does shows by itself, and is read by being seen", async () => {
    await bo.expectOk(bo.api.post(`/api/posts/${post.id}/like`));
    await expect(list(adas).filter({ hasText: `${bo.username} liked your post` })).toBeVisible({ timeout: 8_000 });
    await bo.expectOk(bo.api.post(`/api/posts/${post.id}/comments`, { data: { content: "What light" } }));
    await expect(list(adas).filter({ hasText: "commented: “What light”" })).toBeVisible({ timeout: 8_000 });
    await bo.follow(ada);
    await expect(list(adas).filter({ hasText: "follows you now" })).toBeVisible({ timeout: 8_000 });
    await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/notifications"))).unread_count, { timeout: 8_000 }).toBe(0);
    await expect(adas).not.toHaveTitle(/^\(/);
  });

  await test.step("Each tab has its own", async () => {
    for (const [name, text] of [["Likes", "liked your post"], ["Comments", "commented"], ["Follows", "follows you now"]] as const) {
      await tab(adas, name).click();
      await expect(list(adas)).toHaveCount(1);
      await expect(list(adas)).toContainText(text);
    }
    await expect(adas).toHaveURL("/notifications?show=follows");
  });

  await test.step("Ada wants to hear of likes only from people she follows, and nothing of follows", async () => {
    await adas.getByRole("link", { name: "Notification settings" }).click();
    await expect(adas).toHaveURL("/settings/notifications");
    await adas.getByLabel("Likes: from").selectOption("People I follow");
    await adas.getByRole("checkbox", { name: "Follows: In the app" }).uncheck();
    await submit(adas, "Save");
    await expect(adas.getByText("Saved.")).toBeVisible();
    await expect(adas.getByRole("checkbox", { name: "Follows: In the app" })).not.toBeChecked();
    await expect(adas.getByRole("checkbox", { name: "Security: In the app" })).toBeDisabled();
    const { topics } = await ada.expectOk(ada.api.get("/api/me/notifications"));
    expect([topics.likes.from, topics.follows.in_app, topics.comments.in_app]).toEqual(["followed", false, true]);
  });

  await test.step("Nor anything of this post", async () => {
    await adas.goto(`/p/${post.shortcode}`);
    await chooseOption(postBy(adas, ada.username), "Notifications");
    const wanted = adas.getByRole("switch", { name: "Notifications for this post" });
    await expect(wanted).toBeChecked();
    await Promise.all([adas.waitForResponse((response) => response.request().method() === "DELETE" && response.ok()), wanted.click()]);
    await adas.keyboard.press("Escape");
    await adas.reload();
    await chooseOption(postBy(adas, ada.username), "Notifications");
    await expect(wanted).not.toBeChecked();
    await adas.keyboard.press("Escape");
    const other = await ada.post("The quay");
    await bo.expectOk(bo.api.post(`/api/posts/${post.id}/comments`, { data: { content: "Unheard" } }));
    await bo.expectOk(bo.api.post(`/api/posts/${other.id}/like`));
    await bo.expectOk(bo.api.post(`/api/posts/${other.id}/comments`, { data: { content: "Heard" } }));
    await expect(nav(adas).getByRole("link", { name: "Notifications", exact: true })).toHaveAccessibleDescription("1 unread", { timeout: 8_000 });
    await go(adas, "Notifications");
    await expect(list(adas).filter({ hasText: "“Heard”" })).toBeVisible();
    await expect(adas.getByText("Unheard")).toHaveCount(0);
    await expect(list(adas).filter({ hasText: "liked your post" })).toHaveCount(1);
  });
});

test("far down in the list what is new waits above, and two tabs keep in step", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await bo.post("Low sun over the harbour");
  const mention = (words: string) => bo.expectOk(bo.api.post(`/api/posts/${post.id}/comments`, { data: { content: `@${ada.username} ${words}` } }));
  for (let i = 0; i < 18; i++) await mention(`look, number ${i}`);
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/notifications"))).notifications.length, { timeout: 15_000 }).toBe(18);
  const adas = await visit(ada);
  await open(adas, "/notifications");
  await expect(list(adas)).toHaveCount(18);
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/notifications"))).unread_count, { timeout: 8_000 }).toBe(0);
  const second = await adas.context().newPage();
  await second.goto("/settings");

  await adas.bringToFront();
  await adas.mouse.wheel(0, 500);
  await expect.poll(() => adas.evaluate(() => window.scrollY)).toBeGreaterThan(200);
  await mention("once more");
  const pill = adas.getByRole("button", { name: "New notifications" });
  await expect(pill).toBeVisible({ timeout: 8_000 });
  await expect(list(adas)).toHaveCount(18);
  await expect(second).toHaveTitle(/^\(1\) /);
  await pill.click();
  await expect(list(adas)).toHaveCount(19);
  await expect(pill).toHaveCount(0);
  await expect.poll(() => adas.evaluate(() => window.scrollY)).toBe(0);
  await expect(second).not.toHaveTitle(/^\(/, { timeout: 8_000 });
});

test("tabs and settings work where no script runs", async ({ make, visit }) => {
  const ada = await make("ada");
  const page = await visit(ada, { javaScriptEnabled: false });
  await page.goto("/notifications");
  await page.getByRole("link", { name: "Likes", exact: true }).click();
  await expect(page.getByRole("heading", { name: "No likes yet" })).toBeVisible();
  await page.goto("/settings/notifications");
  await page.getByRole("checkbox", { name: "Milestones: In the app" }).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Milestones: In the app" })).not.toBeChecked();
});
