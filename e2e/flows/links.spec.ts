import { awake, postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

test("where no script runs the feed is there, and its links lead on @desktop", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await bo.follow(ada);
  await ada.post("Low sun over the harbour");
  const page = await visit(bo, { javaScriptEnabled: false });
  await page.goto("/");
  await expect(postBy(page, ada.username).getByText("Low sun over the harbour")).toBeVisible();
  await postBy(page, ada.username).getByRole("link", { name: ada.username, exact: true }).click();
  await expect(page).toHaveURL(`/${ada.username}`);
});

test("links of cards move without a reload, and open elsewhere when that is asked for @desktop", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await bo.follow(ada);
  const { shortcode } = await ada.post("Low sun over the harbour");
  const page = await visit(bo);
  await page.goto("/");
  const card = postBy(page, ada.username);
  const author = card.getByRole("link", { name: ada.username, exact: true });
  await awake(card.getByRole("button", { name: "Like", exact: true }));
  await page.evaluate(() => Object.assign(window, { isSame: true }));

  const [tab] = await Promise.all([page.context().waitForEvent("page"), author.click({ modifiers: ["ControlOrMeta"] })]);
  await expect(tab).toHaveURL(`/${ada.username}`);
  await expect(page).toHaveURL("/");

  // A post opens over the feed, which stays where it was.
  await page.mouse.wheel(0, 120);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
  const before = await page.evaluate(() => window.scrollY);
  await card.getByRole("link", { name: /comment/ }).click();
  await expect(page).toHaveURL(`/p/${shortcode}`);
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await page.evaluate(() => window.scrollY)).toBe(before);

  await author.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/${ada.username}`);
  expect(await page.evaluate(() => (window as unknown as { isSame?: true }).isSame)).toBe(true);
});
