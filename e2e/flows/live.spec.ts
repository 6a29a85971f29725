import type { Page } from "@playwright/test";
import { CuttingProxy } from "../fixtures/cutting-proxy";
import { LOST } from "../fixtures/problems";
import { nav, postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

/** Waits until the page hears of what happens: whichever tab has the connection. */
const listening = (page: Page) => page.waitForResponse((response) => new URL(response.url()).pathname === "/api/stream" && response.ok());

async function open(page: Page, path: string) {
  await Promise.all([listening(page), page.goto(path)]);
}

test("numbers and comments under a post follow what others do", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("Low sun over the harbour");
  const [bos, cys] = [await visit(bo), await visit(cy)];
  await Promise.all([open(bos, `/p/${post.shortcode}`), open(cys, `/p/${post.shortcode}`)]);

  await test.step("a like, and one taken back", async () => {
    await postBy(cys, ada.username).getByRole("button", { name: "Like", exact: true }).click();
    await expect(postBy(bos, ada.username).getByText("1 like", { exact: true })).toBeVisible({ timeout: 2_000 });
    await postBy(bos, ada.username).getByRole("button", { name: "Like", exact: true }).click();
    await expect(postBy(bos, ada.username).getByText("2 likes", { exact: true })).toBeVisible();
    await expect(postBy(cys, ada.username).getByText("2 likes", { exact: true })).toBeVisible({ timeout: 3_000 });
    await postBy(cys, ada.username).getByRole("button", { name: "Unlike", exact: true }).click();
    await expect(postBy(bos, ada.username).getByText("1 like", { exact: true })).toBeVisible({ timeout: 3_000 });
  });
  await test.step("a comment, its reply, a change, and their end", async () => {
    await cys.getByLabel("Add a comment").fill("What light");
    await cys.getByRole("button", { name: "Post", exact: true }).click();
    const comment = bos.getByRole("listitem").filter({ hasText: "What light" });
    await expect(comment).toBeVisible({ timeout: 3_000 });
    await expect(cys.getByText("What light")).toHaveCount(1);
    await comment.getByRole("button", { name: "Reply" }).click();
    await bos.getByLabel(`Reply to ${cy.username}`).fill("Is it not");
    await bos.getByLabel(`Reply to ${cy.username}`).press("ControlOrMeta+Enter");
    await expect(cys.getByText("Is it not")).toBeVisible({ timeout: 3_000 });
    await expect(bos.getByText("Is it not")).toHaveCount(1);
    const { comments } = await cy.expectOk(cy.api.get(`/api/posts/${post.id}/comments`));
    await cy.expectOk(cy.api.patch(`/api/comments/${comments[0].id}`, { data: { content: "What a light" } }));
    await expect(bos.getByText("What a light")).toBeVisible({ timeout: 3_000 });
    await expect(bos.getByText("Is it not")).toBeVisible();
    await cy.expectOk(cy.api.delete(`/api/comments/${comments[0].id}`));
    await expect(bos.getByText("What a light")).toHaveCount(0, { timeout: 3_000 });
    await expect(bos.getByText("Is it not")).toHaveCount(0);
  });
  await test.step("an emoji", async () => {
    await cy.expectOk(cy.api.put(`/api/posts/${post.id}/reactions/${encodeURIComponent("🔥")}`));
    await expect(bos.getByRole("button", { name: "🔥 1" })).toBeVisible({ timeout: 3_000 });
  });
});

test("what is new shows by itself: a post, and a notification in every tab", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  await bo.follow(ada);
  const own = await bo.post("The quay");
  await ada.post("Low sun");
  const page = await visit(bo);
  await open(page, "/");
  await expect(postBy(page, ada.username)).toBeVisible();
  const second = await page.context().newPage();
  await second.goto("/explore");

  await ada.post("Lower sun");
  const pill = page.getByRole("button", { name: /New posts|1 new post/ });
  await expect(pill).toBeVisible({ timeout: 8_000 });
  await pill.click();
  await expect(postBy(page, ada.username).first().getByText("Lower sun")).toBeVisible();

  await cy.expectOk(cy.api.post(`/api/posts/${own.id}/like`));
  for (const tab of [page, second]) {
    await expect(nav(tab).getByRole("link", { name: "Notifications", exact: true })).toHaveAccessibleDescription("1 unread", { timeout: 5_000 });
    await expect(tab).toHaveTitle(/^\(1\) /);
  }
  await page.goto("/notifications");
  await expect(page.getByText(`${cy.username} liked your post`)).toBeVisible();
  await expect(second).not.toHaveTitle(/^\(/, { timeout: 5_000 });
});

test("many tabs share one connection, and when its tab goes another takes over @desktop", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const posts = [await ada.post("First"), await ada.post("Second"), await ada.post("Third")];
  const page = await visit(bo);
  let asked = 0;
  const openNow = new Set<unknown>();
  page.context().on("request", (request) => {
    if (new URL(request.url()).pathname !== "/api/stream") return;
    asked++;
    openNow.add(request);
  });
  const closed = (request: unknown) => void openNow.delete(request);
  page.context().on("requestfinished", closed);
  page.context().on("requestfailed", closed);
  const tabs = [page, await page.context().newPage(), await page.context().newPage()];
  for (const [at, tab] of tabs.entries()) await tab.goto(`/p/${posts[at]!.shortcode}`);
  await expect.poll(() => asked).toBeGreaterThan(0);
  await expect.poll(() => openNow.size).toBe(1);
  for (const post of posts) await ada.expectOk(ada.api.post(`/api/posts/${post.id}/like`));
  for (const tab of tabs) await expect(postBy(tab, ada.username).getByText("1 like", { exact: true })).toBeVisible({ timeout: 5_000 });

  await tabs[0]!.close();
  await ada.expectOk(ada.api.delete(`/api/posts/${posts[1]!.id}/like`));
  await ada.expectOk(ada.api.delete(`/api/posts/${posts[2]!.id}/like`));
  for (const tab of tabs.slice(1)) await expect(postBy(tab, ada.username).getByText("No likes yet")).toBeVisible({ timeout: 8_000 });
});

test("a tab hears also of what happened after its page was made and before it listened, while another has the connection @desktop", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("First");
  const page = await visit(ada);
  await open(page, "/explore");
  const late = await page.context().newPage();
  // As on a slow phone, whose script comes long after the page.
  await late.addInitScript(() => void (window.requestIdleCallback = (work) => window.setTimeout(work, 4_000)));
  await late.goto("/settings");
  await bo.expectOk(bo.api.post(`/api/posts/${post.id}/comments`, { data: { content: "Lovely" } }));
  await expect(page).toHaveTitle(/^\(1\) /, { timeout: 4_000 });
  await expect(late).toHaveTitle(/^\(1\) /, { timeout: 8_000 });
});

test("a tab that the system put to sleep holds nobody up @desktop", async ({ visit, make }) => {
  test.setTimeout(90_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Low sun over the harbour");
  const asleep = await visit(bo);
  await open(asleep, "/explore");
  // It holds connection and lock, and says nothing.
  await asleep.evaluate(() => void (BroadcastChannel.prototype.postMessage = () => {}));
  const page = await asleep.context().newPage();
  const asked = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/stream" && response.ok(), { timeout: 40_000 });
  await page.goto(`/p/${post.shortcode}`);
  await asked;
  await ada.expectOk(ada.api.post(`/api/posts/${post.id}/like`));
  await expect(postBy(page, ada.username).getByText("1 like", { exact: true })).toBeVisible({ timeout: 5_000 });
});

test("where tabs cannot agree, each hears by itself while it is looked at @desktop", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Low sun over the harbour");
  const page = await visit(bo);
  // As at an address that is not secure.
  await page.addInitScript(() => delete (Navigator.prototype as { locks?: unknown }).locks);
  await open(page, `/p/${post.shortcode}`);
  await ada.expectOk(ada.api.post(`/api/posts/${post.id}/like`));
  await expect(postBy(page, ada.username).getByText("1 like", { exact: true })).toBeVisible({ timeout: 5_000 });
});

test("what happened in ten seconds without network is caught up on, once", async ({ visit, make, problems, baseURL }) => {
  problems.allow(LOST, /net::ERR_(EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/);
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Low sun over the harbour");
  const wire = await CuttingProxy.open(baseURL!);
  const page = await visit(bo);
  await open(page, `${wire.origin}/p/${post.shortcode}`);
  const say = (content: string) => ada.expectOk(ada.api.post(`/api/posts/${post.id}/comments`, { data: { content } }));
  await say("Heard before");
  await expect(page.getByText("Heard before")).toBeVisible();

  wire.sever();
  await ada.expectOk(ada.api.post(`/api/posts/${post.id}/like`));
  const { id } = await say("Nobody hears this");
  await say("Heard after");
  await ada.expectOk(ada.api.delete(`/api/comments/${id}`));
  await page.waitForTimeout(10_000);
  await expect(page.getByText("No likes yet")).toBeVisible();
  wire.mend();
  await expect(postBy(page, ada.username).getByText("1 like", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("Heard after")).toHaveCount(1);
  await expect(page.getByText("Heard before")).toHaveCount(1);
  await expect(page.getByText("Nobody hears this")).toHaveCount(0);
  wire.close();
});

test("where streams do not get through it is asked again and again @desktop", async ({ visit, make, problems }) => {
  test.setTimeout(90_000);
  problems.allow(LOST);
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Low sun over the harbour");
  const page = await visit(bo);
  // As a proxy that passes an answer on when it is whole: that of a stream never is.
  await page.route(/\/api\/stream\?(?!.*once=true)/, () => new Promise(() => {}));
  await page.goto(`/p/${post.shortcode}`);
  await page.waitForResponse((response) => response.url().includes("once=true") && response.ok(), { timeout: 30_000 });
  await ada.expectOk(ada.api.post(`/api/posts/${post.id}/like`));
  await expect(postBy(page, ada.username).getByText("1 like", { exact: true })).toBeVisible({ timeout: 15_000 });
});
