import { makeJpeg } from "../fixtures/photos";
import { answered } from "../fixtures/problems";
import { chooseOption, composer, postBy, untilTold } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";

test("somebody is tagged where one taps the photo, before it is shared, and declines", async ({ visit, make, isMobile }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  await bo.expectOk(bo.api.patch("/api/me/privacy", { data: { approves_tags: true } }));
  const page = await visit(ada);
  await page.goto("/create");
  const form = composer(page);
  await form.choose([photoFile("pier.jpg", await makeJpeg(5, 800, 600))]);
  await page.getByRole("button", { name: "Tag people in" }).click();
  const tags = page.getByRole("dialog", { name: "Tag people" });
  const photo = tags.locator("img").first();
  await expect(photo).toBeVisible();
  const { width, height } = (await photo.boundingBox())!;
  const position = { x: width / 4, y: (height * 3) / 4 };
  await (isMobile ? photo.tap({ position }) : photo.click({ position }));
  await tags.getByLabel("Who is here?").fill(bo.username);
  await tags.getByRole("button", { name: `Tag ${bo.username}` }).click();
  await expect(tags.getByRole("button", { name: new RegExp(`^${bo.username}, 2[45] percent from the left, 7[45] percent from the top`) })).toBeVisible();
  await tags.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(bo.username, { exact: true })).toBeVisible();
  await form.caption.fill("At the pier");
  await form.share.click();
  await expect(page).toHaveURL("/");
  await expect(postBy(page, ada.username).getByRole("img").first()).toBeVisible({ timeout: 20_000 });

  const bos = await visit(bo);
  await untilTold(bos, "wants to tag you in a photo");
  const [post] = (await ada.expectOk(ada.api.get(`/api/users/${ada.id}/posts`))).posts;
  await bos.goto(`/p/${post.shortcode}`);
  await expect(bos.getByText(`${ada.username} wants to show you on this photo`)).toBeVisible();
  await bos.getByRole("button", { name: `Decline: photo by ${ada.username}` }).click();
  await expect(bos.getByText("You are not shown on the photo.")).toBeVisible();
  await bos.goto(`/${bo.username}/tagged`);
  await expect(bos.locator(`a[href="/p/${post.shortcode}"]`)).toHaveCount(0);
  for (const person of [cy, ada]) expect((await person.expectOk(person.api.get(`/api/posts/${post.id}`))).media[0].tags).toEqual([]);
  // Nobody puts him there again.
  const again = await ada.api.patch(`/api/posts/${post.id}`, { data: { media: [{ id: post.media[0].id, tags: [{ username: bo.username, x: 0.5, y: 0.5 }] }] } });
  expect(again.status()).toBe(422);
  expect((await cy.expectOk(cy.api.get(`/api/posts/${post.id}`))).media[0].tags).toEqual([]);
});

test("whoever follows both authors of a post has it once", async ({ visit, make, problems }) => {
  problems.allow(answered(404));
  const [ada, bo, dan, fan] = [await make("ada"), await make("bo"), await make("dan"), await make("fan")];
  for (const author of [ada, bo]) await fan.follow(author);
  const post = await ada.post("The three of us");
  await ada.expectOk(ada.api.patch(`/api/posts/${post.id}`, { data: { collaborators: [bo.username, dan.username] } }));
  const inFeed = async () => (await fan.expectOk(fan.api.get("/api/feed"))).posts.map(({ id }: { id: string }) => id);
  await expect.poll(inFeed, { timeout: 15_000 }).toEqual([post.id]);

  const bos = await visit(bo);
  await untilTold(bos, "invites you to share a post");
  await bos.getByRole("button", { name: "Accept" }).click();
  await expect(bos.getByText("The post is on your profile, too.")).toBeVisible();
  // Who was asked and says no is not among its authors.
  const dans = await visit(dan);
  await untilTold(dans, "invites you to share a post");
  await dans.getByRole("button", { name: /^Decline/ }).click();
  await expect(dans.getByText("You declined.")).toBeVisible();

  const fans = await visit(fan);
  await fans.goto("/");
  await expect(postBy(fans, ada.username).getByRole("link", { name: bo.username }).first()).toBeVisible();
  await expect(postBy(fans, ada.username).getByRole("link", { name: dan.username })).toHaveCount(0);
  await expect(fans.getByText("The three of us")).toHaveCount(1);
  expect(await inFeed()).toEqual([post.id]);
  for (const author of [ada, bo]) {
    await fans.goto(`/${author.username}`);
    await expect(fans.locator(`main a[href="/p/${post.shortcode}"]`)).toHaveCount(1);
  }
  // One author less, and it comes by the other.
  await fan.expectOk(fan.api.delete(`/api/users/${ada.id}/follow`));
  await expect.poll(inFeed).toEqual([post.id]);
  await fan.expectOk(fan.api.delete(`/api/users/${bo.id}/follow`));
  await expect.poll(inFeed).toEqual([]);
});

test("a collection that two share is renamed, has another cover, and is left", async ({ visit, make }) => {
  const [ada, dan, bo, cy] = [await make("ada"), await make("dan"), await make("bo"), await make("cy")];
  const posts = new Map([[ada, await ada.post("Gulls")], [dan, await dan.post("Ropes")]]);
  const { id } = await bo.expectOk(bo.api.post("/api/collections", { data: { name: "Harbours" } }));
  for (const post of posts.values()) await bo.expectOk(bo.api.put(`/api/collections/${id}/posts/${post.id}`, { data: {} }));
  await bo.expectOk(bo.api.put(`/api/collections/${id}/members/${cy.id}`));
  await cy.expectOk(cy.api.post(`/api/collections/${id}/join`));
  const [bos, cys] = [await visit(bo), await visit(cy)];
  const link = (name: string) => cys.locator(`a[href="/saved/${id}"]`).filter({ hasText: name });
  const cover = async () => /\/media\/(\d+)\//.exec((await link("").locator("img").getAttribute("src"))!)![1];
  await cys.goto("/saved");
  await expect(link("Harbours")).toContainText(`By ${bo.username} · 2 posts`);
  const before = await cover();
  const [author, wanted] = [...posts].find(([, post]) => post.media[0]!.id !== before)!;

  await bos.goto(`/saved/${id}`);
  await chooseOption(bos.locator("main"), "Choose the cover");
  const covers = bos.getByRole("dialog", { name: "Choose the cover" });
  await covers.getByRole("button", { name: `Post by ${author.username}` }).click();
  await expect(covers).toBeHidden();
  await cys.reload();
  await expect(link("Harbours")).toBeVisible();
  expect(await cover()).toBe(wanted.media[0]!.id);

  await chooseOption(bos.locator("main"), "Rename");
  await bos.getByRole("dialog").getByLabel("Name").fill("Quays");
  await bos.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(bos.getByRole("heading", { name: "Quays" })).toBeVisible();
  await cys.reload();
  await link("Quays").click();
  await expect(cys.getByRole("heading", { name: "Quays" })).toBeVisible();

  await chooseOption(cys.locator("main"), "Leave");
  await cys.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
  await expect(cys.getByText("You left the collection")).toBeVisible();
  await expect(cys).toHaveURL("/saved");
  await expect(link("Quays")).toHaveCount(0);
  expect((await cy.api.get(`/api/collections/${id}`)).status()).toBe(404);
  await bos.reload();
  await expect(bos.getByText("2 posts · Only you see it")).toBeVisible();
});
