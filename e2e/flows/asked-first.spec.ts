import { answered } from "../fixtures/problems";
import { chooseOption, logIn, nav, postBy, signUp, untilTold } from "../fixtures/screens";
import { uniqueName } from "../fixtures/people";
import { expect, test } from "../fixtures/test";

test("who wants to be asked is shown on a photo only when they agree", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("At the pier");
  const bos = await visit(bo);
  await bos.goto("/settings/comments");
  await bos.getByRole("switch", { name: "Ask me before I am tagged" }).click();
  await bos.getByRole("button", { name: "Save" }).first().click();
  await expect(bos.getByText("Saved.")).toBeVisible();

  await ada.expectOk(ada.api.patch(`/api/posts/${post.id}`, { data: { media: [{ id: post.media[0]!.id, tags: [{ username: bo.username, x: 0.5, y: 0.5 }] }] } }));
  const tagsFor = async (person: typeof cy) => (await person.expectOk(person.api.get(`/api/posts/${post.id}`))).media[0].tags.length;
  await untilTold(bos, "wants to tag you in a photo");
  expect(await tagsFor(cy)).toBe(0);
  await bos.goto(`/p/${post.shortcode}`);
  await bos.getByRole("button", { name: "Decline" }).click();
  await expect(bos.getByText("You are not shown on the photo.")).toBeVisible();
  await bos.getByRole("button", { name: "Undo" }).click();
  await expect(bos.getByText("You can answer again")).toBeVisible();
  expect(await tagsFor(cy)).toBe(0);
  await bos.getByRole("button", { name: "Show me" }).click();
  await expect(bos.getByText("You are shown on the photo.")).toBeVisible();
  expect(await tagsFor(cy)).toBe(1);

  const cys = await visit(cy);
  await cys.goto(`/${bo.username}/tagged`);
  await expect(cys.locator(`a[href="/p/${post.shortcode}"]`)).toBeVisible();
});

test("a name is a link only where its owner lets the writer mention them", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await bo.expectOk(bo.api.patch("/api/me/privacy", { data: { mentions_from: "followed" } }));
  const post = await ada.post(`With @${bo.username}`);
  const page = await visit(ada);
  await page.goto(`/p/${post.shortcode}`);
  const caption = postBy(page, ada.username).getByText(`With @${bo.username}`);
  await expect(caption).toBeVisible();
  await expect(page.getByRole("link", { name: `@${bo.username}` })).toHaveCount(0);
  await bo.follow(ada);
  await page.reload();
  await expect(page.getByRole("link", { name: `@${bo.username}` })).toBeVisible();
});

test("a block covers the next account that is made in the same browser", async ({ visit, make, problems }) => {
  problems.allow(answered(404));
  const [ada, eve] = [await make("ada"), await make("eve")];
  const eves = await visit(null);
  await eves.goto("/login");
  await logIn(eves, eve.username);
  await expect(nav(eves)).toBeVisible();
  const adas = await visit(ada);
  await adas.goto(`/${eve.username}`);
  await chooseOption(adas.locator("main"), `Block ${eve.username}`);
  const asked = adas.getByRole("alertdialog");
  await expect(asked.getByRole("checkbox", { name: "And new accounts they make" })).toBeChecked();
  await asked.getByRole("button", { name: "Block" }).click();
  await expect(adas.getByText(`You blocked ${eve.username}`)).toBeVisible();

  await eves.context().clearCookies({ name: "heliograph.session" });
  const second = uniqueName("eva");
  await signUp(eves, second, "Somebody new");
  await expect.poll(async () => (await eves.goto(`/${ada.username}`))!.status(), { timeout: 15_000 }).toBe(404);
  expect((await adas.goto(`/${second}`))!.status()).toBe(404);
});

test("a comment and a person are reported where they are seen", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("Calm water");
  await bo.expectOk(bo.api.post(`/api/posts/${post.id}/comments`, { data: { content: "Cheap watches here" } }));
  const page = await visit(cy);
  await page.goto(`/p/${post.shortcode}`);
  const line = page.getByRole("region", { name: "Comments" }).getByRole("listitem").filter({ hasText: "Cheap watches" });
  await line.getByRole("button", { name: `Options for the comment by ${bo.username}` }).click();
  await page.getByRole("menuitem", { name: "Report" }).click();
  const sheet = page.getByRole("dialog", { name: "Report this comment" });
  await sheet.getByRole("radio", { name: "Spam or a fraud" }).check();
  await sheet.getByRole("button", { name: "Report" }).click();
  await expect(page.getByText(`${bo.username} is not told`)).toBeVisible();

  await page.goto(`/${bo.username}`);
  await chooseOption(page.locator("main"), "Report");
  const person = page.getByRole("dialog", { name: "Report this person" });
  await person.getByRole("radio", { name: "Something else" }).check();
  await person.getByLabel("Anything else").fill("Every day");
  await person.getByRole("button", { name: "Report" }).click();
  await expect(page.getByText(`${bo.username} is not told`)).toBeVisible();
});

test("comments that wait or are hidden are found by their author's filters", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("Under the arches");
  await ada.expectOk(ada.api.post(`/api/users/${bo.id}/restrict`));
  await bo.expectOk(bo.api.post(`/api/posts/${post.id}/comments`, { data: { content: "It waits" } }));
  const { id } = await cy.expectOk(cy.api.post(`/api/posts/${post.id}/comments`, { data: { content: "It is out of sight" } }));
  await ada.expectOk(ada.api.post(`/api/comments/${id}/hide`));
  const page = await visit(ada);
  await page.goto(`/p/${post.shortcode}`);
  const comments = page.getByRole("region", { name: "Comments" });
  const choose = async (what: string) => {
    await comments.getByRole("button", { name: /^Comments shown/ }).click();
    await page.getByRole("menuitemcheckbox", { name: what }).click();
  };
  await choose("Waiting for you");
  await expect(comments.getByRole("group", { name: `Restricted comment by ${bo.username}` })).toBeVisible();
  await expect(comments.getByRole("group", { name: `Hidden comment by ${cy.username}` })).toHaveCount(0);
  await choose("Hidden");
  await expect(comments.getByRole("group", { name: `Hidden comment by ${cy.username}` })).toBeVisible();
});
