import { chooseOption, postBy, submit } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";
import { quiet } from "../fixtures/traffic";

test("who may comment and which words are hidden is the author's to say", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Under my roof");
  const [adas, bos] = [await visit(ada), await visit(bo)];

  await adas.goto("/settings/comments");
  await adas.getByLabel("Word or phrase").fill("Lottery");
  await adas.getByLabel("How long").selectOption("For a week");
  await submit(adas, "Hide this word");
  await expect(adas.getByText("“Lottery” is hidden from now on.")).toBeVisible();
  await expect(adas.getByRole("listitem").filter({ hasText: "Lottery" })).toContainText("In comments, messages, until");

  await bos.goto(`/p/${post.shortcode}`);
  const field = bos.getByRole("textbox", { name: "Add a comment" });
  await field.fill("Win the LOT\u200bTERY");
  await field.press("Enter");
  await expect(bos.getByText("Win the")).toBeVisible();
  await expect.poll(async () => (await ada.expectOk(ada.api.get(`/api/posts/${post.id}/comments`))).comments.map(({ state }: { state: string }) => state)).toEqual(["hidden"]);

  await adas.getByLabel("Comment on my posts").selectOption("My followers");
  await adas.getByRole("button", { name: "Save" }).first().click();
  await expect(adas.getByText("Saved.")).toBeVisible();
  await bos.reload();
  await expect(bos.getByText(`Only people who follow ${ada.username} can comment here.`)).toBeVisible();
  expect((await bo.api.post(`/api/posts/${post.id}/comments`, { data: { content: "Let me" } })).status()).toBe(403);
  await bo.follow(ada);
  await bos.reload();
  await expect(bos.getByRole("textbox", { name: "Add a comment" })).toBeVisible();
});

test("a sensitive post is covered, nothing of it is fetched, and it can be shown", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  await bo.follow(ada);
  const post = await ada.post("Handle with care");
  const adas = await visit(ada);
  await adas.goto(`/p/${post.shortcode}`);
  await chooseOption(postBy(adas, ada.username), "Mark as sensitive");
  await expect(adas.getByText("Others see it covered now")).toBeVisible();
  await ada.expectOk(ada.api.patch(`/api/posts/${post.id}`, { data: { caption: "Handle with more care" } }));

  const bos = await visit(bo);
  const fetched: string[] = [];
  bos.on("request", (request) => void (request.url().includes(post.media[0]!.id) && fetched.push(request.url())));
  await expect.poll(async () => (await bo.expectOk(bo.api.get("/api/feed"))).posts.length, { timeout: 15_000 }).toBe(1);
  const shelf = await bo.expectOk(bo.api.post("/api/collections", { data: { name: "Wounds", post_id: post.id } }));
  for (const path of ["/", `/p/${post.shortcode}`, `/${ada.username}`, "/saved", `/saved/${shelf.id}`]) {
    await bos.goto(path);
    await expect(bos.getByText(/Its author marked this post as sensitive|Sensitive: post by/).first()).toBeAttached();
    await quiet(bos);
    expect(fetched, path).toEqual([]);
  }
  await test.step("nor where it could be a collection's cover, nor of what it was before", async () => {
    await chooseOption(bos.locator("main"), "Choose the cover");
    await expect(bos.getByRole("dialog").getByText(/Sensitive: post by/)).toBeAttached();
    await bos.goto(`/p/${post.shortcode}`);
    await bos.getByRole("button", { name: "Edited" }).click();
    const sheet = bos.getByRole("dialog", { name: "Earlier versions" });
    await expect(sheet.getByRole("group", { name: "Sensitive" })).toBeVisible();
    await quiet(bos);
    expect([fetched, await sheet.getByText("Handle with care").count()]).toEqual([[], 0]);
    await sheet.getByRole("button", { name: "Show" }).press("Enter");
    await expect(sheet.getByText("Handle with care")).toBeVisible();
    await expect(sheet.getByRole("img")).toHaveCount(1);
    await expect.poll(() => fetched.length).toBeGreaterThan(0);
  });
  await test.step("its author sees that others see it covered", async () => {
    const another = await visit(ada);
    const seen: string[] = [];
    another.on("request", (request) => void (request.url().includes(post.media[0]!.id) && seen.push(request.url())));
    await another.goto(`/${ada.username}?as=stranger`);
    await expect(another.getByText(/Sensitive: post by/)).toBeAttached();
    await quiet(another);
    expect(seen).toEqual([]);
  });
  await bos.goto("/");
  const card = postBy(bos, ada.username);
  await card.getByRole("button", { name: "Show", exact: true }).press("Enter");
  await expect(card.getByRole("img")).toBeVisible();

  // Out of the way where posts are proposed; still there, covered, where it was looked for.
  await bo.expectOk(bo.api.patch("/api/me/privacy", { data: { sensitive: "hide", hides_like_counts: true } }));
  const seen = await bo.expectOk(bo.api.get(`/api/posts/${post.id}`));
  expect(seen).toMatchObject({ cover: "sensitive", like_count: null, like_count_hidden: true });
  await bos.goto(`/p/${post.shortcode}`);
  await expect(bos.getByText("No likes yet")).toHaveCount(0);
});

test("an author hides how many like one post, and thinks better of it", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Not for the numbers");
  await bo.expectOk(bo.api.post(`/api/posts/${post.id}/like`));
  const isHidden = async () => (await bo.expectOk(bo.api.get(`/api/posts/${post.id}`))).like_count_hidden;
  const page = await visit(ada);
  await page.goto(`/p/${post.shortcode}`);
  const own = postBy(page, ada.username);
  await chooseOption(own, "Hide like count");
  await expect(page.getByText("Only you see how many like this post")).toBeVisible();
  expect(await isHidden()).toBe(true);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Everybody sees how many like this post")).toBeVisible();
  expect(await isHidden()).toBe(false);
  await chooseOption(own, "Hide like count");
  await expect.poll(isHidden).toBe(true);
  await page.reload();
  await chooseOption(own, "Show like count");
  await expect.poll(isHidden).toBe(false);
});

test("a caption with a hidden word is covered, and who does not want to be found is not shown to other sites", async ({ make, visit, request }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Who wins in the end");
  await bo.expectOk(bo.api.post("/api/me/hidden-words", { data: { phrase: "the END", scopes: ["posts"] } }));
  const bos = await visit(bo);
  await bos.goto(`/p/${post.shortcode}`);
  await expect(bos.getByText("Hidden because of a word in your list.")).toBeVisible();
  await expect(bos.getByText("Who wins in the end")).toHaveCount(0);
  expect(await bos.title()).not.toContain("in the end");
  await bos.getByRole("button", { name: "Show", exact: true }).click();
  await expect(bos.getByText("Who wins in the end")).toBeVisible();

  await ada.expectOk(ada.api.patch("/api/me/privacy", { data: { is_indexed: false } }));
  for (const path of [`/p/${post.shortcode}`, `/${ada.username}`]) {
    const page = await (await request.get(path)).text();
    expect(page).toMatch(/<meta name="robots" content="noindex, nofollow/);
    expect(page).not.toContain("og:image");
  }
});
