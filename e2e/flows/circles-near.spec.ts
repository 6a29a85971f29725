import type { Page } from "@playwright/test";
import { makeJpeg } from "../fixtures/photos";
import { answered } from "../fixtures/problems";
import { composer, postBy } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";

const pictures = (page: Page) => page.locator("main li").getByRole("img");

test("close friends see that a post is for them, and nobody else sees it", async ({ visit, make }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  for (const one of [bo, cy]) await one.follow(ada);
  const [adas, bos, cys] = [await visit(ada), await visit(bo), await visit(cy)];
  await adas.goto("/settings/circles");
  await adas.getByRole("link", { name: /Close friends/ }).click();
  await expect(adas.getByRole("heading", { name: "Close friends" })).toBeVisible();
  await adas.getByLabel("Add people").fill(bo.username);
  await adas.getByRole("list", { name: "People found" }).getByRole("button", { name: "Add" }).click();
  await expect(adas.locator("[data-item]").filter({ hasText: bo.username }).getByRole("button", { name: "Remove" })).toBeVisible();
  // It is everybody's own, and stays.
  await expect(adas.getByLabel("Name of the circle")).toHaveCount(0);
  await expect(adas.getByRole("button", { name: "Delete circle" })).toHaveCount(0);

  await adas.goto("/create");
  const { choose, caption, share } = composer(adas);
  await choose([photoFile("porch.jpg", await makeJpeg(9, 800, 600))]);
  await caption.fill("On the porch");
  await adas.getByRole("group", { name: "Who can see it" }).getByText("Circles", { exact: true }).click();
  await adas.getByRole("checkbox", { name: "Close friends" }).check();
  await share.click();
  await expect(adas).toHaveURL("/");
  await expect(postBy(adas, ada.username).getByTitle("Who can see it: Close friends")).toBeVisible();

  await expect.poll(async () => (await bo.expectOk(bo.api.get("/api/feed"))).posts.length, { timeout: 20_000 }).toBe(1);
  const [post] = (await bo.expectOk(bo.api.get("/api/feed"))).posts;
  for (const path of ["/", `/p/${post.shortcode}`]) {
    await bos.goto(path);
    await expect(postBy(bos, ada.username).getByTitle("You see it through: Close friends")).toBeVisible();
  }
  await cys.goto("/");
  await expect(postBy(cys, ada.username)).toHaveCount(0);
  expect((await cy.api.get(`/api/posts/${post.id}`)).status()).toBe(404);
});

test("a circle is called something else, and its end leaves its posts to their author", async ({ visit, make, problems }) => {
  problems.allow(answered(404));
  const [ada, bo] = [await make("ada"), await make("bo")];
  await bo.follow(ada);
  const circle = await ada.circle("Sailing club", [bo]);
  const post = await ada.post("Only for the club", { circles: [circle] });
  const [adas, bos] = [await visit(ada), await visit(bo)];
  await adas.goto("/settings/circles");
  await adas.getByRole("link", { name: /Sailing club/ }).click();
  await adas.getByLabel("Name of the circle").fill("Rowing club");
  await adas.getByRole("region", { name: "Name" }).getByRole("button", { name: "Save" }).click();
  await expect(adas.getByRole("heading", { name: "Rowing club" })).toBeVisible();
  await adas.goto(`/p/${post.shortcode}`);
  await expect(postBy(adas, ada.username).getByTitle("Who can see it: Rowing club")).toBeVisible();
  // Its people learn neither name.
  await bos.goto(`/p/${post.shortcode}`);
  await expect(postBy(bos, ada.username).getByTitle("You see it through: A circle")).toBeVisible();
  await expect(bos.getByText(/(Sailing|Rowing) club/)).toHaveCount(0);

  await adas.goto(`/settings/circles/${circle}`);
  await adas.getByRole("button", { name: "Delete circle" }).click();
  await adas.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(adas.getByText("Circle deleted")).toBeVisible();
  await expect(adas).toHaveURL("/settings/circles");
  await expect(adas.getByRole("link", { name: /Rowing club/ })).toHaveCount(0);
  await adas.goto(`/p/${post.shortcode}`);
  await expect(postBy(adas, ada.username).getByTitle("Who can see it: Only you")).toBeVisible();
  expect((await bos.goto(`/p/${post.shortcode}`))!.status()).toBe(404);
  expect((await bo.expectOk(bo.api.get("/api/feed"))).posts).toEqual([]);
});

test("a private account is looked at as a follower, a stranger and a certain person have it", async ({ visit, make }) => {
  const ada = await make("ada", { isPrivate: true });
  const [bo, cy] = [await make("bo"), await make("cy")];
  await bo.follow(ada);
  await ada.expectOk(ada.api.post(`/api/follow-requests/${bo.id}/accept`));
  const tagHer = async (post: Awaited<ReturnType<typeof ada.post>>) =>
    ada.expectOk(ada.api.patch(`/api/posts/${post.id}`, { data: { media: [{ id: post.media[0]!.id, tags: [{ username: ada.username, x: 0.5, y: 0.5 }] }] } }));
  await tagHer(await ada.post("For followers"));
  await tagHer(await ada.post("For the inner", { circles: [await ada.circle("Inner", [bo])] }));
  const page = await visit(ada);
  const bar = page.getByRole("region", { name: "View as" });
  const tabs = page.getByRole("navigation", { name: "Profile" });
  const openTab = async (name: string) => {
    await tabs.getByRole("link", { name }).press("Enter");
    await expect(tabs.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
  };
  const look = async (item: string) => {
    await page.goto(`/${ada.username}`);
    await page.getByRole("button", { name: "View as" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  const lookAs = async (name: string) => {
    await look("As a certain person");
    await page.getByRole("dialog").getByLabel("Who").fill(name);
    await page.getByRole("link", { name: `View as ${name}` }).click();
    await expect(bar).toContainText(`@${name}`);
  };

  await look("As a follower");
  await expect(bar).toContainText("a follower");
  await expect(pictures(page)).toHaveCount(1);
  await openTab("Tagged");
  await expect(bar).toContainText("a follower");
  await expect(pictures(page)).toHaveCount(1);
  await openTab("Reposts");
  await expect(page.getByText("Of your reposts, a follower sees none.")).toBeVisible();
  await expect(tabs.getByRole("link", { name: "Saved" })).toHaveCount(0);
  await page.getByRole("link", { name: "1 follower" }).click();
  await expect(page.getByRole("navigation", { name: "People" }).getByRole("link", { name: "Followers" })).toHaveAttribute("aria-current", "page");
  await expect(bar).toContainText("a follower");
  await expect(page.locator("main li").filter({ hasText: bo.username })).toBeVisible();
  await expect(page.locator("main li").getByRole("button")).toHaveCount(0);
  await page.getByRole("link", { name: "Following" }).click();
  await expect(page.getByText("You follow nobody yet.")).toBeVisible();
  await look("As a stranger");
  await expect(bar).toContainText("a stranger");
  await expect(page.getByText("This account is private")).toBeVisible();
  await expect(pictures(page)).toHaveCount(0);
  await expect(tabs).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("listitem").filter({ hasText: /^1\s*follower$/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "1 follower" })).toHaveCount(0);
  await page.goto(`/${ada.username}/followers?as=stranger`);
  await expect(page.getByText("Your lists are closed")).toBeVisible();
  await lookAs(bo.username);
  await expect(pictures(page)).toHaveCount(2);
  await openTab("Tagged");
  await expect(pictures(page)).toHaveCount(2);
  await bar.getByRole("link", { name: "Leave" }).click();
  await expect(bar).toHaveCount(0);
  await lookAs(cy.username);
  await expect(page.getByText("This account is private")).toBeVisible();
  await expect(pictures(page)).toHaveCount(0);
  // As they themselves have it.
  for (const [person, count] of [[bo, 2], [cy, 0]] as const) {
    const theirs = await visit(person);
    await theirs.goto(`/${ada.username}`);
    await expect(theirs.getByRole("heading", { name: "ada" })).toBeVisible();
    await expect(pictures(theirs)).toHaveCount(count);
  }
});
