import type { Page } from "@playwright/test";
import { untilUnsaid } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

const comments = (page: Page) => page.getByRole("region", { name: "Comments" });
const line = (page: Page, text: string) => comments(page).getByRole("listitem").filter({ hasText: text }).first();

async function option(page: Page, text: string, item: string) {
  await untilUnsaid(page);
  await line(page, text).getByRole("button", { name: /^Options for the comment/ }).first().click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

test("a conversation: named, changed, pinned, hidden, deleted and brought back", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  await bo.follow(cy);
  const post = await ada.post("Low tide");
  await cy.expectOk(cy.api.post(`/api/posts/${post.id}/comments`, { data: { content: "First of all" } }));
  const [adas, bos] = [await visit(ada), await visit(bo)];

  await test.step("Bo names somebody, by a suggestion taken with the keyboard, and changes his words", async () => {
    await bos.goto(`/p/${post.shortcode}`);
    const field = bos.getByRole("textbox", { name: "Add a comment" });
    await field.pressSequentially(`Look, @${cy.username.slice(0, -1)}`);
    await expect(bos.getByRole("option", { name: new RegExp(cy.username) })).toBeVisible();
    await field.press("Enter");
    await expect(field).toHaveValue(`Look, @${cy.username} `);
    await field.press("Enter");
    await expect(line(bos, "Look,").getByRole("link", { name: `@${cy.username}` })).toBeVisible();
    await option(bos, "Look,", "Edit");
    const edit = bos.getByRole("textbox", { name: "Edit comment" });
    await expect(edit).toBeFocused();
    await edit.fill(`Look here, @${cy.username}`);
    await comments(bos).getByRole("button", { name: "Save", exact: true }).click();
    await expect(line(bos, "Look here,").getByText("edited")).toBeVisible();
  });

  await test.step("Ada pins it: it stands first for everybody", async () => {
    await adas.goto(`/p/${post.shortcode}`);
    await option(adas, "Look here,", "Pin");
    await expect(line(adas, "Look here,").getByText("Pinned by the author")).toBeVisible();
    await adas.getByRole("button", { name: "Undo" }).click();
    await expect(line(adas, "Look here,").getByText("Pinned by the author")).toHaveCount(0);
    await option(adas, "Look here,", "Pin");
    await expect(line(adas, "Look here,").getByText("Pinned by the author")).toBeVisible();
    await bos.reload();
    await expect(comments(bos).getByRole("listitem").first()).toContainText("Pinned by the author");
  });

  await test.step("Ada hides the other one, and it can be undone", async () => {
    await option(adas, "First of all", "Hide");
    await expect(adas.getByRole("group", { name: `Hidden comment by ${cy.username}` })).toBeVisible();
    await expect(comments(adas).getByText("First of all")).toHaveCount(0);
    await bos.reload();
    await expect(comments(bos).getByText("First of all")).toHaveCount(0);
    await adas.getByRole("group", { name: `Hidden comment by ${cy.username}` }).getByRole("button", { name: "Show", exact: true }).click();
    await expect(line(adas, "First of all")).toBeVisible();
    await option(adas, "First of all", "Unhide");
    await expect(adas.getByText("Everybody sees this comment now")).toBeVisible();
    await bos.reload();
    await expect(comments(bos).getByText("First of all")).toBeVisible();
  });

  await test.step("Bo deletes his comment and thinks better of it", async () => {
    await line(bos, "Look here,").getByRole("button", { name: "Delete" }).click();
    await expect(comments(bos).getByText("Look here,")).toHaveCount(0);
    await bos.getByRole("button", { name: "Undo" }).click();
    await expect(line(bos, "Look here,")).toBeVisible();
    await bos.reload();
    await expect(line(bos, "Look here,")).toBeVisible();
  });

  await test.step("who likes a comment", async () => {
    await line(bos, "First of all").getByRole("button", { name: "Like comment" }).click();
    await line(bos, "First of all").getByRole("button", { name: "1 like" }).click();
    await expect(bos.getByRole("dialog").getByRole("link", { name: new RegExp(bo.username) })).toBeVisible();
    await bos.keyboard.press("Escape");
  });
});

test("a notification leads to one reply in a long thread", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Long talk");
  const say = (who: typeof ada, content: string, parent_id?: string) => who.expectOk(who.api.post(`/api/posts/${post.id}/comments`, { data: { content, parent_id } }));
  const thread = await say(ada, "Where was it?");
  for (let i = 0; i < 14; i++) await say(ada, `Guess ${i}`, thread.id);
  await say(bo, `There, @${ada.username}`, thread.id);
  for (let i = 0; i < 20; i++) await say(ada, `Another ${i}`);
  const adas = await visit(ada);
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/notifications"))).notifications.length, { timeout: 15_000 }).toBe(1);
  await adas.goto("/notifications");
  await adas.getByRole("listitem").filter({ hasText: bo.username }).getByRole("link").last().click();
  await expect(adas).toHaveURL(/\?comment=\d+/);
  const reply = comments(adas).getByRole("listitem").filter({ hasText: `There, @${ada.username}` }).last();
  await expect(reply).toBeInViewport();
  await expect(reply).toBeFocused();
  await expect(comments(adas).getByText("Guess 13")).toBeVisible();
  await expect(comments(adas).getByText("Guess 2", { exact: true })).toHaveCount(0);
  await comments(adas).getByRole("button", { name: "View earlier replies" }).click();
  await expect(comments(adas).getByText("Guess 2", { exact: true })).toBeVisible();
});

test("a restricted person's comment waits, and nobody notices", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("Quiet please");
  await ada.expectOk(ada.api.post(`/api/users/${bo.id}/restrict`));
  const [adas, bos] = [await visit(ada), await visit(bo)];
  await bos.goto(`/p/${post.shortcode}`);
  await bos.getByRole("textbox", { name: "Add a comment" }).fill("Said in passing");
  await Promise.all([bos.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().includes("/comments")), bos.keyboard.press("Enter")]);
  await expect(line(bos, "Said in passing")).toBeVisible();
  await bos.reload();
  await expect(line(bos, "Said in passing")).toBeVisible();
  expect((await cy.expectOk(cy.api.get(`/api/posts/${post.id}`))).comment_count).toBe(0);
  expect((await bo.expectOk(bo.api.get(`/api/posts/${post.id}`))).comment_count).toBe(1);
  await adas.goto(`/p/${post.shortcode}`);
  const waiting = adas.getByRole("group", { name: `Restricted comment by ${bo.username}` });
  await waiting.getByRole("button", { name: "Show", exact: true }).click();
  await line(adas, "Said in passing").getByRole("button", { name: "Approve" }).click();
  await expect(adas.getByText("Everybody sees this comment now")).toBeVisible();
  expect((await cy.expectOk(cy.api.get(`/api/posts/${post.id}/comments`))).comments).toHaveLength(1);
  await adas.getByRole("button", { name: "Undo" }).click();
  await expect(adas.getByText("It waits for your word again")).toBeVisible();
  expect((await cy.expectOk(cy.api.get(`/api/posts/${post.id}/comments`))).comments).toHaveLength(0);
});

test("a tag that the author writes below a post makes it findable, one that somebody else writes does not", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Low tide");
  const [hers, his] = [`quay${post.id}`, `pills${post.id}`];
  const found = async (tag: string) => (await bo.expectOk(bo.api.get(`/api/tags/${tag}/posts`))).posts.map(({ id }: { id: string }) => id);
  await bo.expectOk(bo.api.post(`/api/posts/${post.id}/comments`, { data: { content: `Buy #${his}` } }));
  const page = await visit(ada);
  await page.goto(`/p/${post.shortcode}`);
  const field = page.getByRole("textbox", { name: "Add a comment" });
  await field.fill(`At the #${hers}`);
  await field.press("Enter");
  const link = line(page, "At the").getByRole("link", { name: `#${hers}` });
  await expect(link).toBeVisible();
  await expect.poll(() => found(hers), { timeout: 15_000 }).toEqual([post.id]);
  await link.click();
  await expect(page.getByRole("heading", { name: `#${hers}` })).toBeVisible();
  await expect(page.locator(`a[href="/p/${post.shortcode}"]`).first()).toBeVisible();
  expect(await found(his)).toEqual([]);

  await page.goto(`/p/${post.shortcode}`);
  await line(page, "At the").getByRole("button", { name: "Delete" }).click();
  await expect(comments(page).getByText("At the")).toHaveCount(0);
  await expect.poll(() => found(hers), { timeout: 15_000 }).toEqual([]);
});
