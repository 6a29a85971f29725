import { answered } from "../fixtures/problems";
import { chooseOption, postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

test("a private account is asked, and answers", async ({ visit, make }) => {
  const ada = await make("ada", { isPrivate: true });
  const [bo, cy] = [await make("bo"), await make("cy")];
  const post = await ada.post("For friends only");
  const bos = await visit(bo);
  const adas = await visit(ada);

  await bos.goto(`/${ada.username}`);
  await expect(bos.getByRole("img", { name: /For friends|Post by/ })).toHaveCount(0);
  await bos.getByRole("button", { name: "Follow", exact: true }).click();
  await expect(bos.getByRole("button", { name: "Requested", exact: true })).toBeVisible();
  // Taken back and asked again.
  await bos.getByRole("button", { name: "Requested", exact: true }).click();
  await expect(bos.getByRole("button", { name: "Follow", exact: true })).toBeVisible();
  await bos.getByRole("button", { name: "Follow", exact: true }).click();
  await expect(bos.getByRole("button", { name: "Requested", exact: true })).toBeVisible();
  await cy.follow(ada);
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/follow-requests"))).users.length).toBe(2);
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/notifications"))).notifications.length, { timeout: 15_000 }).toBe(2);

  await adas.goto("/notifications");
  const line = (name: string) => adas.getByRole("listitem").filter({ hasText: name });
  await line(bo.username).getByRole("button", { name: "Accept" }).first().click();
  await expect(adas.getByText(`${bo.username} follows you now`).first()).toBeVisible();
  await line(cy.username).getByRole("button", { name: "Decline" }).first().click();
  await adas.getByRole("button", { name: "Undo" }).click();
  await expect(adas.getByText(`The request by ${cy.username} waits again`)).toBeVisible();
  expect((await ada.expectOk(ada.api.get("/api/follow-requests"))).users).toHaveLength(1);
  await line(cy.username).getByRole("button", { name: "Decline" }).first().click();
  await expect(line(cy.username).getByRole("button", { name: "Decline" })).toHaveCount(0);

  await bos.goto(`/${ada.username}`);
  await bos.getByRole("link", { name: /Post by/ }).click();
  await expect(bos).toHaveURL(new RegExp(post.shortcode));
  await expect(postBy(bos, ada.username)).toBeVisible();
  expect((await cy.api.get(`/api/posts/${post.id}`)).status()).toBe(404);

  // Removed, he sees nothing again, and is not told.
  await adas.goto(`/${bo.username}`);
  await adas.getByRole("button", { name: "More options" }).click();
  await adas.getByRole("menuitem", { name: "Remove follower" }).click();
  await adas.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(adas.getByText(`${bo.username} no longer follows you`)).toBeVisible();
  expect((await bo.api.get(`/api/posts/${post.id}`)).status()).toBe(404);
  await bos.goto("/");
  await expect(postBy(bos, ada.username)).toHaveCount(0);
});

test("who is blocked and who blocks vanish for each other", async ({ visit, make, problems }) => {
  problems.allow(answered(404));
  const [ada, bo] = [await make("ada"), await make("bo")];
  const adasPost = await ada.post("From Ada");
  await bo.post("From Bo");
  await bo.follow(ada);
  await ada.follow(bo);
  await bo.expectOk(bo.api.post(`/api/posts/${adasPost.id}/comments`, { data: { content: "Lovely, says Bo" } }));
  const adas = await visit(ada);
  const bos = await visit(bo);

  await adas.goto(`/${bo.username}`);
  await chooseOption(adas.locator("main"), `Block ${bo.username}`);
  await adas.getByRole("alertdialog").getByRole("button", { name: "Block" }).click();
  await expect(adas.getByText(`You blocked ${bo.username}`)).toBeVisible();

  for (const [page, other] of [[adas, bo], [bos, ada]] as const) {
    expect((await page.goto(`/${other.username}`))?.status()).toBe(404);
    await page.goto("/");
    await expect(postBy(page, other.username)).toHaveCount(0);
    await page.goto(`/search?q=${other.username}`);
    await expect(page.locator("[data-results]").getByText(other.username)).toHaveCount(0);
    await page.goto("/notifications");
    await expect(page.locator("main").getByText(other.username)).toHaveCount(0);
  }
  expect((await bos.goto(`/p/${adasPost.shortcode}`))?.status()).toBe(404);
  await adas.goto(`/p/${adasPost.shortcode}`);
  await expect(adas.getByText("Lovely, says Bo")).toHaveCount(0);

  await adas.goto("/settings/privacy");
  await adas.getByRole("listitem").filter({ hasText: bo.username }).getByRole("button", { name: /Unblock/ }).click();
  await expect.poll(async () => (await bos.goto(`/${ada.username}`))?.status()).toBe(200);
});

test("pages tell other sites nothing of a private account", async ({ visit, make, request, problems }) => {
  problems.allow(answered(404));
  const ada = await make("ada", { isPrivate: true, fullName: "Ada of the Hidden Harbour" });
  const eve = await make("eve");
  await ada.expectOk(ada.api.patch("/api/me", { data: { bio: "Secret bio of hers" } }));
  const post = await ada.post("Secret caption of hers");

  const profile = await (await request.get(`/${ada.username}`)).text();
  expect(profile).not.toMatch(/og:(image|description)/);
  expect(profile).toMatch(/<meta name="robots" content="noindex/);
  expect(profile).not.toContain(post.shortcode);
  const hidden = await request.get(`/p/${post.shortcode}`);
  expect(hidden.status()).toBe(404);
  const text = await hidden.text();
  for (const secret of ["Secret caption", ada.username, "Hidden Harbour", "og:image"]) expect(text).not.toContain(secret);

  const eves = await visit(eve);
  await eves.goto(`/p/${post.shortcode}`);
  expect(await eves.title()).not.toContain("Secret");
  // A public one does tell.
  const open = await make("open");
  const shown = await open.post("For everybody to see");
  const page = await (await request.get(`/p/${shown.shortcode}`)).text();
  expect(page).toMatch(/<meta property="og:image" content="http[^"]+"/);
  expect(page).toContain("For everybody to see");
});
