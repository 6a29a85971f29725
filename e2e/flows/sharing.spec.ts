import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import type { Person } from "../fixtures/people";
import { chooseOption, postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

const sheet = (page: Page) => page.getByRole("dialog");
const inFeedOf = (person: Person, id: string) => async () => (await person.expectOk(person.api.get("/api/feed"))).posts.some((post: { id: string }) => post.id === id);

test("emoji beside the heart, by hand and by keyboard", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("First light");
  const page = await visit(bo);
  await page.goto(`/p/${post.shortcode}`);
  const card = postBy(page, ada.username);

  await card.getByRole("button", { name: "React", exact: true }).click();
  await page.getByRole("button", { name: "React with 🔥" }).click();
  await expect(card.getByRole("button", { name: "🔥 1" })).toHaveAttribute("aria-pressed", "true");

  // The whole grid, walked through by keys; the focus comes back to the button.
  await card.getByRole("button", { name: "React", exact: true }).press("Enter");
  await expect(page.getByRole("button", { name: "React with 😍" })).toBeFocused();
  for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "More emoji" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(card.getByRole("list", { name: "Reactions" }).getByRole("button", { pressed: true })).toHaveCount(2);
  await expect(card.getByRole("button", { name: "React", exact: true })).toBeFocused();

  await ada.expectOk(ada.api.put(`/api/posts/${post.id}/reactions/${encodeURIComponent("🔥")}`));
  await page.reload();
  await expect(card.getByRole("button", { name: "🔥 2" })).toHaveAttribute("aria-pressed", "true");
  await card.getByRole("button", { name: "Who reacted" }).click();
  await expect(sheet(page).getByRole("listitem").filter({ hasText: ada.username })).toBeVisible();
  await page.keyboard.press("Escape");
  await card.getByRole("button", { name: "🔥 2" }).click();
  await expect(card.getByRole("button", { name: "🔥 1" })).toHaveAttribute("aria-pressed", "false");
  await expect.poll(async () => (await bo.expectOk(bo.api.get(`/api/posts/${post.id}/reactions`))).reactions.filter((one: { mine: boolean }) => one.mine).length).toBe(1);

  // Over the page it lies on, Escape closes the emoji first, and then the post.
  await page.goto(`/${ada.username}`);
  await page.locator(`a[href="/p/${post.shortcode}"]`).click();
  await card.getByRole("button", { name: "React", exact: true }).click();
  const emoji = page.getByRole("dialog", { name: "React" });
  await expect(emoji).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(emoji).toBeHidden();
  await expect(page).toHaveURL(`/p/${post.shortcode}`);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`/${ada.username}`);
});

test("saved, undone, and kept in a collection that two share", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("Gulls over the harbour");
  const bos = await visit(bo);
  await bos.goto(`/p/${post.shortcode}`);
  const save = postBy(bos, ada.username).getByRole("button", { name: "Save", exact: true });

  await save.click();
  await bos.getByRole("button", { name: "Add to a collection" }).click();
  await sheet(bos).getByRole("button", { name: "New collection" }).click();
  await sheet(bos).getByLabel("Name").fill("Harbours");
  await sheet(bos).getByRole("button", { name: "Create" }).click();
  await expect(sheet(bos).getByRole("checkbox", { name: /Harbours/ })).toBeChecked();
  await bos.keyboard.press("Escape");
  await save.click();
  await expect(save).toHaveAttribute("aria-pressed", "false");
  await bos.getByRole("button", { name: "Undo" }).click();
  await expect(save).toHaveAttribute("aria-pressed", "true");

  await bos.goto("/saved");
  await bos.getByRole("link", { name: /Harbours.*1 post/ }).click();
  await expect(bos.getByRole("heading", { name: "Harbours" })).toBeVisible();
  await chooseOption(bos.locator("main"), "Share with people");
  await sheet(bos).getByLabel("Find people").fill(cy.username);
  await sheet(bos).getByRole("button", { name: "Ask", exact: true }).click();
  await expect(sheet(bos).getByText("Has not answered yet")).toBeVisible();

  const cys = await visit(cy);
  await cys.goto("/saved");
  await cys.getByRole("listitem").filter({ hasText: bo.username }).getByRole("button", { name: "Accept" }).click();
  await expect(cys.getByRole("heading", { name: "Harbours" })).toBeVisible();
  await expect(cys.getByRole("link", { name: /Post by|photo/ }).first()).toBeVisible();
  // Ada hides from Cy: one post less, for Cy alone.
  await ada.block(cy);
  await cys.reload();
  await expect(cys.getByText("0 posts")).toBeVisible();
  await expect(cys.getByText("Nothing in it yet")).toBeVisible();
  // Deleted, what was in it stays saved.
  await bos.reload();
  await chooseOption(bos.locator("main"), "Delete");
  await bos.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(bos).toHaveURL("/saved");
  await expect(bos.locator(`[data-item="${post.id}"]`)).toBeVisible();
});

test("a repost reaches followers, with its note, until it is taken back", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  await cy.follow(bo);
  const post = await ada.post("Over the ridge");
  const bos = await visit(bo);
  await bos.goto(`/p/${post.shortcode}`);
  await bos.getByRole("button", { name: "Share", exact: true }).click();
  await sheet(bos).getByRole("button", { name: "Repost to your followers" }).click();
  await sheet(bos).getByLabel("Note").fill("Worth getting up for");
  await sheet(bos).getByRole("button", { name: "Repost", exact: true }).click();
  await expect(bos.getByText("Reposted to your followers")).toBeVisible();

  const cys = await visit(cy);
  await cys.goto("/");
  const card = postBy(cys, ada.username);
  await expect(card.getByText("reposted")).toBeVisible();
  await expect(card.getByText("Worth getting up for")).toBeVisible();
  await expect(card.getByRole("link", { name: bo.username, exact: true })).toBeVisible();
  await cys.goto(`/${bo.username}`);
  await cys.getByRole("navigation", { name: "Profile" }).getByRole("link", { name: "Reposts" }).click();
  await expect(cys.locator(`[data-item="${post.id}"]`)).toBeVisible();
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/notifications"))).notifications.map((one: { kind: string }) => one.kind), { timeout: 15_000 }).toContain("repost");

  // Who follows Ada, too, has it from her.
  await cy.follow(ada);
  await cys.goto("/");
  await expect(postBy(cys, ada.username)).toHaveCount(1);
  await expect(cys.getByText("Worth getting up for")).toHaveCount(0);
  await cy.expectOk(cy.api.delete(`/api/users/${ada.id}/follow`));
  expect(await inFeedOf(cy, post.id)()).toBe(true);
  // Ada does not want it.
  const adas = await visit(ada);
  await adas.goto(`/p/${post.shortcode}`);
  await chooseOption(postBy(adas, ada.username), "Turn off reposts");
  await expect.poll(inFeedOf(cy, post.id)).toBe(false);
  await chooseOption(postBy(adas, ada.username), "Turn on reposts");
  await expect.poll(inFeedOf(cy, post.id)).toBe(true);
  await bos.getByRole("button", { name: "Share", exact: true }).click();
  await sheet(bos).getByRole("button", { name: "Take back your repost" }).click();
  await expect(bos.getByText("Repost taken back")).toBeVisible();
  expect(await inFeedOf(cy, post.id)()).toBe(false);
});

test("a link, a code, and a frame on another site", async ({ visit, make, context, baseURL }) => {
  const ada = await make("ada");
  const post = await ada.post("Light on the water", { photos: 2 });
  const page = await visit(ada, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(`/p/${post.shortcode}`);
  const share = page.getByRole("button", { name: "Share", exact: true });
  await share.click();
  await expect(sheet(page).getByRole("button", { name: "Copy link" })).toBeVisible();
  await expect(sheet(page).getByRole("button", { name: /Repost/ })).toHaveCount(0);
  await sheet(page).getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Link copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`/p/${post.shortcode}`);
  await expect.poll(async () => (await ada.expectOk(ada.api.get(`/api/posts/${post.id}`))).share_count).toBe(1);

  await share.click();
  await sheet(page).getByRole("button", { name: "QR code" }).click();
  await expect(sheet(page).getByRole("img", { name: /QR code/ })).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), sheet(page).getByRole("link", { name: "Download" }).click()]);
  expect(file.suggestedFilename()).toBe(`heliograph-${post.shortcode}.svg`);
  await sheet(page).getByRole("button", { name: "Back" }).click();
  await sheet(page).getByRole("button", { name: "Embed on a website" }).click();
  const code = await sheet(page).getByLabel("Code for your website").inputValue();

  const elsewhere = await context.newPage();
  // A real server: browsers keep pages from anywhere else away from this machine.
  const site = createServer((_, res) => res.setHeader("content-type", "text/html").end(code.replace(/src="[^"]+\/p\//, `src="${baseURL}/p/`)));
  await new Promise<void>((done) => site.listen(0, "127.0.0.1", done));
  await elsewhere.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  const frame = elsewhere.frameLocator("iframe");
  await expect(frame.getByText("Light on the water")).toBeVisible();
  await expect(frame.getByRole("link", { name: "View on Heliograph" })).toBeVisible();
  site.close();
  const headers = async (path: string) => (await ada.api.get(path)).headers();
  expect(await headers(`/p/${post.shortcode}/embed`)).toMatchObject({ "content-security-policy": expect.stringContaining("frame-ancestors *") });
  expect((await headers(`/p/${post.shortcode}/embed`))["x-frame-options"]).toBeUndefined();
  expect(await headers(`/p/${post.shortcode}`)).toMatchObject({ "x-frame-options": "DENY", "content-security-policy": expect.stringContaining("frame-ancestors 'none'") });
  expect(await (await ada.api.get(`/p/${post.shortcode}`)).text()).toContain("application/json+oembed");
});

test("what is wrong is reported, and one need not see more of it", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Buy this now");
  const page = await visit(bo);
  await page.goto(`/p/${post.shortcode}`);
  await chooseOption(postBy(page, ada.username), "Report");
  await sheet(page).getByRole("button", { name: "Report" }).click();
  await expect(sheet(page).getByText("Choose what is wrong.")).toBeVisible();
  await sheet(page).getByRole("radio", { name: "Spam or a fraud" }).check();
  await sheet(page).getByLabel("Anything else").fill("The third today");
  await sheet(page).getByRole("button", { name: "Report" }).click();
  await expect(sheet(page).getByText(`${ada.username} is not told`)).toBeVisible();
  await sheet(page).getByRole("button", { name: `Mute ${ada.username}` }).click();
  await expect(sheet(page).getByText(`${ada.username} is muted`)).toBeVisible();
  await sheet(page).getByRole("button", { name: "Done" }).click();

  // A follow that ended by a slip.
  await page.goto(`/${ada.username}`);
  const follow = page.getByRole("button", { name: /^Follow(ing)?$/ });
  await follow.click();
  await expect(page.getByRole("button", { name: "Following", exact: true })).toBeVisible();
  await follow.click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Following", exact: true })).toBeVisible();
  await expect.poll(async () => (await bo.expectOk(bo.api.get(`/api/users/${ada.id}`))).viewer.following).toBe(true);
});
