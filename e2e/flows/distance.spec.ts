import { answered } from "../fixtures/problems";
import { chooseOption, postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

test("everybody whom one has blocked can be found, also by keyboard", async ({ visit, make }) => {
  const ada = await make("ada");
  const people = [];
  for (let i = 0; i < 22; i++) people.push(await make(`far${i}x`));
  for (const person of people) await ada.block(person);
  const page = await visit(ada);
  await page.goto("/settings/privacy");
  const list = page.getByRole("list", { name: "Blocked people" });
  await expect(list.getByRole("listitem")).toHaveCount(20);
  await page.getByRole("button", { name: "Show more" }).focus();
  await page.keyboard.press("Enter");
  await expect(list.getByRole("listitem")).toHaveCount(22);
  await expect(list.getByRole("listitem").nth(20).getByRole("link")).toBeFocused();
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
  await list.getByRole("listitem").filter({ hasText: people[0]!.username }).getByRole("button", { name: "Unblock" }).click();
  await expect(page.getByText(`${people[0]!.username} is no longer blocked`)).toBeVisible();
  const blocked = (await ada.expectOk(ada.api.get("/api/me/blocked?limit=100"))).users.map((user: { id: string }) => user.id);
  expect(blocked.toSorted()).toEqual(people.slice(1).map((person) => person.id).toSorted());
});

test("whom one follows sees that one is there, unless one does not show it", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await bo.follow(ada);
  const page = await visit(ada);
  await page.goto(`/${bo.username}`);
  await expect(page.getByText("Active now")).toBeVisible();
  const bos = await visit(bo);
  await bos.goto(`/${ada.username}`);
  await expect(bos.getByRole("heading", { name: "ada" })).toBeVisible();
  await expect(bos.getByText(/^Active/)).toHaveCount(0);
  await bos.goto("/settings/comments");
  await bos.getByRole("switch", { name: "Show when I was active" }).click();
  await bos.getByRole("region", { name: "Being found" }).getByRole("button", { name: "Save" }).click();
  await expect(bos.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "bo" })).toBeVisible();
  await expect(page.getByText(/^Active/)).toHaveCount(0);
});

test("blocking asks the same from a post and after a report", async ({ visit, make, problems }) => {
  problems.allow(answered(404));
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const [first, second] = [await bo.post("Loud"), await cy.post("Rude")];
  const page = await visit(ada);
  await page.goto(`/p/${first.shortcode}`);
  await chooseOption(postBy(page, bo.username), `Block ${bo.username}`);
  const asked = page.getByRole("alertdialog");
  await asked.getByRole("checkbox", { name: "And new accounts they make" }).uncheck();
  await asked.getByRole("button", { name: "Block" }).click();
  await expect(page.getByText(`You blocked ${bo.username}`)).toBeVisible();
  expect((await bo.api.get(`/api/users/${ada.id}`)).status()).toBe(404);
  await page.getByRole("button", { name: "Unblock" }).click();
  await expect(page.getByText(`You unblocked ${bo.username}`)).toBeVisible();
  expect((await bo.api.get(`/api/users/${ada.id}`)).status()).toBe(200);
  await page.goto(`/p/${second.shortcode}`);
  await chooseOption(postBy(page, cy.username), "Report");
  await page.getByRole("radio", { name: "Bullying or harassment" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Report" }).click();
  await page.getByRole("button", { name: `Block ${cy.username}` }).click();
  await expect(asked.getByRole("checkbox", { name: "And new accounts they make" })).toBeChecked();
  await asked.getByRole("button", { name: "Block" }).click();
  await expect(page.getByText(`You blocked ${cy.username}`)).toBeVisible();
  expect((await cy.api.get(`/api/users/${ada.id}`)).status()).toBe(404);
});
