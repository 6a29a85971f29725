import { answered } from "../fixtures/problems";
import { logIn, nav, postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

test("what one person read in a tab is not there for the next who logs in in it, nor can the former one's page act for them", async ({ visit, make, problems }) => {
  // The other tab asks what is new between the two people, too.
  problems.allow(answered(404), answered(409), answered(401));
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy", { isPrivate: true })];
  await ada.follow(cy);
  await cy.expectOk(cy.api.post(`/api/follow-requests/${ada.id}/accept`));
  const { shortcode } = await cy.post("For my followers alone");
  const page = await visit(ada);
  await page.goto(`/${cy.username}`);
  await page.getByRole("link", { name: new RegExp(`Post by ${cy.username}`) }).click();
  await expect(page.getByText("For my followers alone").first()).toBeVisible();
  await page.goto("/");
  await expect(postBy(page, cy.username)).toBeVisible();
  const other = await page.context().newPage();
  await other.goto(`/${bo.username}`);
  await expect(other.getByRole("button", { name: "Follow", exact: true })).toBeVisible();

  // Everything after this happens without the address bar: only the product's own links and the history.
  await page.evaluate(() => Object.assign(window, { isFormer: true }));
  const isFormer = () => page.evaluate(() => "isFormer" in window).catch(() => true);
  await (page.viewportSize()!.width < 768 ? page.getByRole("button", { name: "More", exact: true }).click().then(() => page.getByRole("menuitem", { name: "Log out" }).click()) : nav(page).getByRole("button", { name: "Log out" }).click());
  await expect.poll(isFormer).toBe(false);
  await page.evaluate(() => Object.assign(window, { isFormer: true }));
  await page.getByRole("link", { name: "Log in" }).first().click();
  await logIn(page, bo.username);
  await expect.poll(isFormer).toBe(false);
  await expect(page.getByText("Your feed begins here")).toBeVisible();
  for (let steps = 0; steps < 4; steps++) {
    await page.goBack();
    await expect(page.getByText("For my followers alone")).toHaveCount(0);
    await expect(postBy(page, cy.username)).toHaveCount(0);
  }
  expect((await page.goto(`/p/${shortcode}`))!.status()).toBe(404);

  // The other tab is Ada's still: what she presses there is not done as Bo.
  await other.getByRole("button", { name: "Follow", exact: true }).click();
  await expect(other.getByText("Somebody else is logged in in this browser by now.")).toBeVisible();
  await other.reload();
  await expect(other.getByRole("link", { name: "Edit profile" })).toBeVisible();
});
