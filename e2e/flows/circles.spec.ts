import type { Locator, Page } from "@playwright/test";
import { makeJpeg } from "../fixtures/photos";
import { chooseOption, composer, postBy } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";

/** The radio itself is for assistive technology; one presses its label. */
const choice = (place: Page | Locator, text: string) => place.getByRole("group", { name: "Who can see it" }).getByText(text, { exact: true });

test("a circle is made, posted for, shown to its people alone, and changed", async ({ visit, make }) => {
  test.setTimeout(90_000);
  const [ada, bo, cy] = [await make("ada"), await make("bo", { fullName: "Bo of the Harbour" }), await make("cy")];
  for (const one of [bo, cy]) await one.follow(ada);
  const [adas, bos, cys] = [await visit(ada), await visit(bo), await visit(cy)];

  await adas.goto("/settings/circles");
  await expect(adas.getByRole("link", { name: /Close friends/ })).toBeVisible();
  await adas.getByLabel("A new circle").fill("Sailing club");
  await adas.getByRole("button", { name: "Make circle" }).click();
  await expect(adas.getByRole("heading", { name: "Sailing club" })).toBeVisible();
  await adas.getByLabel("Add people").fill(bo.username);
  await adas.getByRole("list", { name: "People found" }).getByRole("listitem").filter({ hasText: bo.username }).getByRole("button", { name: "Add" }).click();
  await expect(adas.locator("[data-item]").filter({ hasText: bo.username }).getByRole("button", { name: "Remove" })).toBeVisible();

  await adas.goto("/create");
  const { choose, caption, share } = composer(adas);
  await choose([photoFile("harbour.jpg", await makeJpeg(7, 800, 600))]);
  await caption.fill("Only for the club");
  await choice(adas, "Circles").click();
  await adas.getByRole("checkbox", { name: "Sailing club" }).check();
  await share.click();
  await expect(adas).toHaveURL("/");
  await expect(postBy(adas, ada.username).getByText("Sailing club")).toBeVisible();

  await expect.poll(async () => (await bo.expectOk(bo.api.get("/api/feed"))).posts.length, { timeout: 20_000 }).toBe(1);
  await bos.goto("/");
  await expect(postBy(bos, ada.username).getByText("A circle")).toBeVisible();
  await expect(bos.getByText("Sailing club")).toHaveCount(0);
  await cys.goto("/");
  await expect(postBy(cys, ada.username)).toHaveCount(0);
  await cys.goto(`/${ada.username}`);
  await expect(cys.getByText("No posts yet")).toBeVisible();

  // For all followers, and with Undo for the club again.
  await adas.reload();
  await chooseOption(postBy(adas, ada.username), "Who can see it");
  const dialog = adas.getByRole("dialog");
  await expect(dialog.getByRole("checkbox", { name: "Sailing club" })).toBeChecked();
  await choice(dialog, "Followers").click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(postBy(adas, ada.username).getByText("Followers")).toBeVisible();
  expect((await cy.expectOk(cy.api.get(`/api/users/${ada.id}/posts`))).posts).toHaveLength(1);
  await adas.getByRole("button", { name: "Undo" }).click();
  await expect(postBy(adas, ada.username).getByText("Sailing club")).toBeVisible();
  await cys.goto(`/${ada.username}`);
  await expect(cys.getByText("No posts yet")).toBeVisible();

  // Taken out, he sees nothing, and is not told.
  await adas.goto(`/${bo.username}`);
  await chooseOption(adas.locator("main"), "Circles");
  await adas.getByRole("dialog").getByRole("checkbox", { name: "Sailing club" }).uncheck();
  await expect.poll(async () => (await bo.expectOk(bo.api.get("/api/feed"))).posts.length).toBe(0);
  await bos.goto("/");
  await expect(postBy(bos, ada.username)).toHaveCount(0);
});

test("one looks at one's own profile as others see it, with nothing to press", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await ada.post("For everyone");
  const circle = await ada.circle("Inner", [bo]);
  await ada.post("For the inner", { circles: [circle] });
  const page = await visit(ada);
  await page.goto(`/${ada.username}`);
  const pictures = page.locator("main li[data-item], main li").getByRole("img");
  await expect(pictures).toHaveCount(2);
  await page.getByRole("button", { name: "View as" }).click();
  await page.getByRole("menuitem", { name: "As a stranger" }).click();
  const bar = page.getByRole("region", { name: "View as" });
  await expect(bar).toContainText("a stranger");
  await expect(pictures).toHaveCount(1);
  for (const name of ["Edit profile", "New post", "More options", "Follow"]) await expect(page.locator("main").getByRole("button", { name, exact: true })).toHaveCount(0);
  // Nothing leads out of it but the way out.
  const leads = await page.locator("main").getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(leads.filter((href) => !href.includes("as=stranger"))).toEqual([`/${ada.username}`]);

  await bar.getByRole("link", { name: "Leave" }).click();
  await expect(bar).toHaveCount(0);
  await page.getByRole("button", { name: "View as" }).click();
  await page.getByRole("menuitem", { name: "As a certain person" }).click();
  await page.getByRole("dialog").getByLabel("Who").fill(bo.username);
  await page.getByRole("link", { name: `View as ${bo.username}` }).click();
  await expect(bar).toContainText(`@${bo.username}`);
  await expect(pictures).toHaveCount(2);
});

test("one keeps people nearer or further away, and takes it back", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await bo.post("From Bo");
  await ada.follow(bo);
  const page = await visit(ada);
  await page.goto(`/${bo.username}`);
  const wish = async (item: string, said: RegExp) => {
    await page.getByRole("button", { name: "More options" }).click();
    await page.getByRole("menuitemcheckbox", { name: item }).click();
    await expect(page.getByText(said).first()).toBeVisible();
  };
  await wish("Favourite", /is a favourite/);
  await wish(`Restrict ${bo.username}`, /wait for your word/);
  await wish("Mute posts", /not see .* posts/);
  await page.getByRole("listitem").filter({ hasText: /not see .* posts/ }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await ada.expectOk(ada.api.get(`/api/users/${bo.id}`))).viewer).toMatchObject({ muting: false, restricting: true, is_favourite: true });

  await page.goto("/?feed=favourites");
  await expect(postBy(page, bo.username)).toBeVisible();
  await page.goto("/settings/privacy");
  await page.getByRole("listitem").filter({ hasText: bo.username }).getByRole("button", { name: "Unrestrict" }).click();
  await expect(page.getByText(`${bo.username} is no longer restricted`)).toBeVisible();

  await page.goto(`/${bo.username}`);
  await chooseOption(page.locator("main"), `Block ${bo.username}`);
  const asked = page.getByRole("alertdialog");
  await expect(asked.getByRole("checkbox", { name: "And new accounts they make" })).toBeChecked();
  await asked.getByRole("button", { name: "Block" }).click();
  await expect(page.getByText(`You blocked ${bo.username}`)).toBeVisible();
  expect((await bo.api.get(`/api/users/${ada.id}`)).status()).toBe(404);
});
