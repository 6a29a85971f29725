import type { Page } from "@playwright/test";
import { chooseOption, postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

const addressesOf = (page: Page) => page.getByRole("link", { name: /, pinned/ }).evaluateAll((links) => links.map((link) => link.getAttribute("href")));

test("three posts stand first on a profile, a fourth makes the oldest go, and their order is the author's", async ({ make, visit }) => {
  test.setTimeout(90_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  const posts = [];
  for (const caption of ["One", "Two", "Three", "Four", "Five"]) posts.push(await ada.post(caption));
  const [one, two, three, four] = posts.map(({ shortcode }) => `/p/${shortcode}`) as [string, string, string, string];
  const [page, bos, visitors] = [await visit(ada), await visit(bo), await visit(null)];
  const choose = async (address: string, item: string, said: string) => {
    await page.goto(address);
    await chooseOption(postBy(page, ada.username), item);
    await expect(page.getByText(said, { exact: true })).toBeVisible();
  };
  /** As others see it, signed in and not; and that the rest stands behind, each post once. */
  const expectOrder = async (addresses: string[]) => {
    for (const others of [bos, visitors]) {
      await expect.poll(async () => {
        await others.goto(`/${ada.username}`);
        return addressesOf(others);
      }, { timeout: 15_000 }).toEqual(addresses);
      await expect(others.locator("main li a[href^='/p/']")).toHaveCount(posts.length);
    }
  };

  for (const address of [one, two, three]) await choose(address, "Pin to profile", "Pinned to your profile");
  await expectOrder([three, two, one]);

  await choose(four, "Pin to profile", "Pinned to your profile");
  await expect(page.getByText("The one that was pinned longest made room: three stand there at most.")).toBeVisible();
  const { posts: pinned } = await bo.expectOk(bo.api.get(`/api/users/${ada.id}/pinned`));
  expect(pinned.map(({ shortcode }: { shortcode: string }) => `/p/${shortcode}`)).toEqual([four, three, two]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Taken back")).toBeVisible();
  await expectOrder([three, two, one]);

  await choose(one, "Move up among pinned", "Moved");
  await expectOrder([three, one, two]);
  await choose(four, "Pin to profile", "Pinned to your profile");
  await expectOrder([four, three, one]);
  await choose(three, "Unpin from profile", "No longer pinned");
  await expectOrder([four, one]);
});
