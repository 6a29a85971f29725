import { chooseOption, postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

test("a reader chooses the order, asks why, and turns it", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  await bo.follow(ada);
  await ada.follow(cy);
  await ada.post("First light");
  await cy.post("From the ridge");
  const page = await visit(bo);
  await page.goto("/");
  const orders = page.getByRole("navigation", { name: "Which posts" });
  await expect(orders.getByRole("link", { name: "Following" })).toHaveAttribute("aria-current", "page");
  await expect(postBy(page, ada.username)).toBeVisible();

  // In Following the reason is that one follows, and nothing else.
  await chooseOption(postBy(page, ada.username), "Why this post?");
  await expect(page.getByRole("dialog").getByText(`You follow ${ada.username}`)).toBeVisible();
  await page.keyboard.press("Escape");

  const kept = page.waitForResponse((answer) => answer.url().endsWith("/api/feed/preferences") && answer.request().method() === "PATCH");
  await orders.getByRole("link", { name: "For you" }).click();
  await expect(page).toHaveURL("/?feed=for-you");
  await kept;
  await expect(orders.getByRole("link", { name: "For you" })).toHaveAttribute("aria-current", "page");
  // Whatever is first here: other people of this server may be more popular.
  await chooseOption(page.getByRole("article").first(), "Why this post?");
  const why = page.getByRole("dialog");
  await expect(why.getByRole("listitem").filter({ hasText: /^Posted .* ago|^Posted just now/ })).toContainText(/\+\d+\.\d/);
  await expect(why.getByText("Together")).toBeVisible();
  await page.keyboard.press("Escape");

  // Remembered, also on another device; the other order keeps its address.
  const phone = await visit(bo);
  await phone.goto("/");
  await expect(phone.getByRole("link", { name: "For you" })).toHaveAttribute("aria-current", "page");
  await phone.goto("/?feed=following");
  await expect(phone.getByRole("link", { name: "Following", exact: true })).toHaveAttribute("aria-current", "page");

  // The sliders change the order at once.
  // While the sheet is open the page behind it has no roles.
  const first = () => page.locator("article").first().getAttribute("aria-label");
  await page.getByRole("button", { name: "Feed settings" }).click();
  const who = page.getByRole("slider", { name: "Friends or discovery" });
  await who.fill("100");
  await expect.poll(first).not.toBe(`Post by ${ada.username}`);
  await who.fill("0");
  await expect.poll(first).toBe(`Post by ${ada.username}`);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(who).toHaveValue("50");
  await page.getByRole("button", { name: "Done" }).click();
  await expect.poll(async () => await bo.expectOk(bo.api.get("/api/feed/preferences"))).toEqual({ order: "for_you", discovery: 0.5, best: 0.5, video: 0.5 });
});

test("what one does not want leaves both orders, and comes back", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  for (const friend of [ada, cy]) await bo.follow(friend);
  const post = await ada.post("Too much of a good thing");
  await cy.post("Quiet water");
  const page = await visit(bo);
  await page.goto("/");
  await chooseOption(postBy(page, ada.username), "Not interested");
  await expect(postBy(page, ada.username)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(postBy(page, ada.username)).toBeVisible();
  const put = page.waitForResponse((answer) => answer.url().endsWith("/not-interested") && answer.request().method() === "POST");
  await chooseOption(postBy(page, ada.username), "Not interested");
  await put;
  const snoozed = page.waitForResponse((answer) => answer.url().endsWith("/snooze"));
  await chooseOption(postBy(page, cy.username), `Snooze ${cy.username} for 30 days`);
  await snoozed;
  await expect(postBy(page, cy.username)).toHaveCount(0);
  expect((await bo.expectOk(bo.api.get("/api/feed"))).posts).toEqual([]);

  await page.goto("/settings/feed");
  await page.getByRole("button", { name: `Show again: ${cy.username}` }).click();
  await expect(page.getByRole("button", { name: `Snooze: ${cy.username}` })).toBeVisible();
  await page.getByRole("button", { name: `Take back: the post by ${ada.username}` }).click();
  await expect(page.getByRole("button", { name: `Put away: the post by ${ada.username}` })).toBeVisible();
  const posts = (await bo.expectOk(bo.api.get("/api/feed"))).posts as { id: string }[];
  expect(posts).toHaveLength(2);
  expect(posts.some(({ id }) => id === post.id)).toBe(true);
});

test("one is caught up with what was seen on any device", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  await bo.follow(ada);
  await cy.post("By nobody they follow");
  for (const words of ["One", "Two", "Three"]) await ada.post(words);
  const page = await visit(bo);
  await page.goto("/");
  const line = page.getByText("You’re all caught up");
  const before = () => page.evaluate(() => {
    const note = [...document.querySelectorAll("[role=note]")].find((one) => one.textContent?.includes("all caught up"));
    return [...document.querySelectorAll("article")].filter((post) => note && post.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING).length;
  });
  await expect(line).toBeAttached();
  expect(await before()).toBe(3);
  // Suggestions come after it, and are called so.
  await expect(page.getByRole("heading", { name: "Suggested posts" })).toBeAttached();
  await expect(page.getByRole("article").nth(3).getByText(/^Suggested/)).toBeAttached();

  // Looked at here; on the other device, and after a new post, that one alone is new.
  for (const words of ["Three", "Two", "One"]) {
    await page.getByRole("article").filter({ hasText: words }).first().scrollIntoViewIfNeeded();
    await page.waitForTimeout(1_300);
  }
  await page.goto("/explore");
  await ada.post("Four");
  const other = await visit(bo);
  await expect.poll(async () => {
    await other.goto("/?feed=following");
    return other.evaluate(() => {
      const note = document.querySelector("[role=note]");
      return [...document.querySelectorAll("article")].filter((post) => note && post.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING).length;
    });
  }, { timeout: 20_000 }).toBe(1);
  await expect(other.getByText("What follows you have seen before.")).toBeAttached();
});
