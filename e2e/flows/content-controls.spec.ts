import type { Locator, Page } from "@playwright/test";
import { type Person, uniqueName } from "../fixtures/people";
import { answered } from "../fixtures/problems";
import { chooseOption, postBy, submit } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

/** Changes one part of the settings as its owner does, and waits until they are kept. */
async function set(page: Page, part: "Comments, mentions and tags" | "What you are shown", change: (part: Locator) => Promise<unknown>) {
  await page.goto("/settings/comments");
  const region = page.getByRole("region", { name: part });
  await change(region);
  await region.getByRole("button", { name: "Save" }).click();
  await expect(region.getByText("Saved.")).toBeVisible();
}

test("nobody comments, or followers of some time, or whom one follows", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("Under my roof");
  await bo.follow(ada);
  const [adas, bos] = [await visit(ada), await visit(bo)];
  const field = bos.getByRole("textbox", { name: "Add a comment" });
  const answerTo = async (who: Person) => (await who.api.post(`/api/posts/${post.id}/comments`, { data: { content: "Let me" } })).status();
  const allow = (who: string, days?: string) =>
    set(adas, "Comments, mentions and tags", async (part) => {
      await part.getByLabel("Comment on my posts").selectOption(who);
      if (days) await part.getByLabel("Followers of some time have followed me for").fill(days);
      else await expect(part.getByLabel("Followers of some time have followed me for")).toBeHidden();
    });

  await bos.goto(`/p/${post.shortcode}`);
  await expect(field).toBeVisible();
  await allow("Nobody");
  await bos.reload();
  await expect(bos.getByText(`${ada.username} lets nobody comment.`)).toBeVisible();
  await expect(field).toHaveCount(0);
  expect([await answerTo(bo), await answerTo(ada)]).toEqual([403, 201]);

  await allow("My followers of some time", "30");
  await bos.reload();
  // He follows since a moment ago.
  await expect(bos.getByText(`Only people who have followed ${ada.username} for 30 days can comment here.`)).toBeVisible();
  expect([await answerTo(bo), await answerTo(cy)]).toEqual([403, 403]);

  await allow("People I follow");
  await bos.reload();
  await expect(bos.getByText(`Only people ${ada.username} follows can comment here.`)).toBeVisible();
  await ada.follow(bo);
  await bos.reload();
  await field.fill("At last");
  const kept = bos.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().endsWith("/comments"));
  await field.press("Enter");
  await kept;
  await adas.goto(`/p/${post.shortcode}`);
  await expect(adas.getByText("At last")).toBeVisible();
});

test("who may tag a person is theirs to say", async ({ make, visit, problems }) => {
  // The author is told.
  problems.allow(answered(422));
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("At the quay");
  const [adas, bos] = [await visit(ada), await visit(bo)];
  const tagBo = async () => {
    await adas.goto(`/p/${post.shortcode}`);
    await chooseOption(postBy(adas, ada.username), "Edit post");
    const edit = adas.getByRole("dialog", { name: "Edit post" });
    await edit.getByRole("button", { name: "Tag people" }).click();
    const tags = adas.getByRole("dialog", { name: "Tag people" });
    await tags.getByRole("button", { name: "Add a person" }).click();
    await tags.getByLabel("Who is here?").fill(bo.username);
    await tags.getByRole("button", { name: `Tag ${bo.username}` }).click();
    await tags.getByRole("button", { name: "Done" }).click();
    await edit.getByRole("button", { name: "Save" }).click();
    return edit;
  };
  await set(bos, "Comments, mentions and tags", (part) => part.getByLabel("Tag me in photos").selectOption("Nobody"));
  const refused = await tagBo();
  await expect(refused.getByText(`@${bo.username} can’t be tagged by you.`)).toBeVisible();
  await bos.goto(`/${bo.username}/tagged`);
  await expect(bos.locator(`a[href="/p/${post.shortcode}"]`)).toHaveCount(0);

  await set(bos, "Comments, mentions and tags", (part) => part.getByLabel("Tag me in photos").selectOption("My followers"));
  await ada.follow(bo);
  const taken = await tagBo();
  await expect(taken).toBeHidden();
  await bos.goto(`/p/${post.shortcode}`);
  await postBy(bos, ada.username).getByLabel("1 person in this photo").click();
  await expect(bos.getByRole("list", { name: "People in this photo" }).getByRole("link", { name: bo.username })).toBeVisible();
});

test("sensitive posts are covered, shown, or kept out of what is proposed", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const tag = uniqueName("storm");
  const post = await ada.post(`Heavy weather #${tag}`);
  await ada.expectOk(ada.api.patch(`/api/posts/${post.id}`, { data: { is_sensitive: true } }));
  const page = await visit(bo);
  const tile = page.locator(`main a[href="/p/${post.shortcode}"]`);
  const choose = (level: string) => set(page, "What you are shown", (part) => part.getByRole("group", { name: "Posts marked as sensitive" }).getByText(level, { exact: true }).click());
  const sensitive = page.getByText("Its author marked this post as sensitive.");

  await expect.poll(async () => {
    await page.goto(`/tags/${tag}`);
    return tile.count();
  }, { timeout: 15_000 }).toBe(1);
  await expect(tile.getByText(`Sensitive: post by ${ada.username}`)).toBeAttached();
  await expect(tile.getByRole("img")).toHaveCount(0);

  await choose("Show");
  await page.goto(`/tags/${tag}`);
  await expect(tile.getByRole("img")).toBeVisible();
  await page.goto(`/p/${post.shortcode}`);
  await expect(postBy(page, ada.username).getByRole("img")).toBeVisible();
  await expect(sensitive).toHaveCount(0);

  await choose("Hide");
  await page.goto(`/tags/${tag}`);
  await expect(page.getByRole("heading", { name: `#${tag}` })).toBeVisible();
  await expect(tile).toHaveCount(0);
  // Looked for by its address it is there, covered.
  await page.goto(`/p/${post.shortcode}`);
  await expect(sensitive).toBeVisible();
});

test("a word hides captions, and is taken out of the list with a way back", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("All of the Lottery’s numbers");
  await cy.expectOk(cy.api.post(`/api/posts/${post.id}/comments`, { data: { content: "The lottery again" } }));
  const page = await visit(bo);
  const covered = page.getByText("Hidden because of a word in your list.");
  await page.goto("/settings/comments");
  const words = page.getByRole("region", { name: "Hidden words" });
  await words.getByLabel("Word or phrase").fill("lottery");
  for (const others of ["Comments", "Messages"]) await words.getByLabel(others).uncheck();
  await words.getByLabel("Captions of posts").check();
  await submit(page, "Hide this word");
  const row = words.getByRole("listitem").filter({ hasText: "lottery" });
  await expect(row).toContainText("In captions");
  await page.goto(`/p/${post.shortcode}`);
  await expect(covered).toBeVisible();
  await expect(page.getByText("All of the")).toHaveCount(0);
  // Of this word only captions are meant.
  await expect(page.getByText("The lottery again")).toBeVisible();

  await page.goto("/settings/comments");
  await row.getByRole("button", { name: "Remove lottery" }).click();
  await expect(row).toHaveCount(0);
  await expect(page.getByText("“lottery” is no longer hidden")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText("In captions");
  const { hidden_words: kept } = await bo.expectOk(bo.api.get("/api/me/hidden-words"));
  expect(kept).toMatchObject([{ phrase: "lottery", scopes: ["posts"] }]);
  await page.goto(`/p/${post.shortcode}`);
  await expect(covered).toBeVisible();

  await page.goto("/settings/comments");
  await row.getByRole("button", { name: "Remove lottery" }).click();
  await expect(page.getByText("“lottery” is no longer hidden")).toBeVisible();
  await page.goto(`/p/${post.shortcode}`);
  await expect(page.getByText("All of the")).toBeVisible();
  await expect(covered).toHaveCount(0);
});

test("whoever wants no reposts has none, of all their posts", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const [early, late] = [await ada.post("Early"), await ada.post("Late")];
  await cy.follow(bo);
  await bo.expectOk(bo.api.put(`/api/posts/${early.id}/repost`, { data: {} }));
  const inFeed = async () => (await cy.expectOk(cy.api.get("/api/feed"))).posts.map((post: { id: string }) => post.id);
  await expect.poll(inFeed, { timeout: 15_000 }).toEqual([early.id]);
  const [adas, bos] = [await visit(ada), await visit(bo)];
  const offered = async () => {
    await bos.goto(`/p/${late.shortcode}`);
    await bos.getByRole("button", { name: "Share", exact: true }).click();
    await expect(bos.getByRole("dialog").getByRole("button", { name: "Copy link" })).toBeVisible();
    return bos.getByRole("dialog").getByRole("button", { name: /Repost/ }).count();
  };
  expect(await offered()).toBe(1);

  await set(adas, "Comments, mentions and tags", (part) => part.getByRole("switch", { name: "Let others repost my posts" }).uncheck());
  expect(await offered()).toBe(0);
  expect((await bo.api.put(`/api/posts/${late.id}/repost`, { data: {} })).status()).toBe(403);
  await expect.poll(inFeed).toEqual([]);
  const cys = await visit(cy);
  await cys.goto("/");
  await expect(postBy(cys, ada.username)).toHaveCount(0);

  await set(adas, "Comments, mentions and tags", (part) => part.getByRole("switch", { name: "Let others repost my posts" }).check());
  expect(await offered()).toBe(1);
  await expect.poll(inFeed).toEqual([early.id]);
  await cys.reload();
  await expect(postBy(cys, ada.username)).toBeVisible();
});
