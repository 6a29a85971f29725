import { LOST } from "../fixtures/problems";
import { postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";
import { quiet } from "../fixtures/traffic";

test("likes, saves and follows without a connection say so and are put back", async ({ visit, make, problems }) => {
  problems.allow(LOST);
  const ada = await make("ada");
  const bo = await make("bo");
  await bo.follow(ada);
  const post = await ada.post("Before the storm");
  const page = await visit(bo);

  await page.goto(`/p/${post.shortcode}`);
  const shown = postBy(page, ada.username);
  await quiet(page);
  await page.context().setOffline(true);
  await shown.getByRole("button", { name: "Like", exact: true }).click();
  await expect(page.getByText("Your like was not kept")).toBeVisible();
  await expect(shown.getByRole("button", { name: "Like", exact: true })).toBeVisible();
  await expect(shown.getByText("No likes yet")).toBeVisible();
  await shown.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The post was not saved")).toBeVisible();
  await expect(shown.getByRole("button", { name: "Save", exact: true })).toHaveAttribute("aria-pressed", "false");
  const field = page.getByLabel("Add a comment");
  await field.fill("Still here?");
  await field.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "offline" })).toBeVisible();
  await expect(field).toHaveValue("Still here?");

  await page.context().setOffline(false);
  await field.press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "Still here?" })).toBeVisible();
  await expect.poll(async () => (await bo.expectOk(bo.api.get(`/api/posts/${post.id}/comments`))).comments.length).toBe(1);

  await page.goto(`/${ada.username}`);
  await quiet(page);
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Following", exact: true }).click();
  await expect(page.getByText(`You still follow ${ada.username}`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Following", exact: true })).toBeVisible();
  await page.context().setOffline(false);
  expect((await bo.expectOk(bo.api.get(`/api/users/${ada.id}`))).viewer.following).toBe(true);
});

test("pressed again and again, the last intention counts", async ({ visit, make }) => {
  const ada = await make("ada");
  const bo = await make("bo");
  const post = await ada.post("Many taps");
  const page = await visit(bo);
  // A slow line, so that the presses overtake the answers.
  await page.route(/\/api\/(posts|users)\/\d+\/(like|follow)$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await page.goto(`/p/${post.shortcode}`);
  const like = page.getByRole("button", { name: /^(Like|Unlike)$/ }).first();
  for (let i = 0; i < 5; i++) await like.click();
  await expect(like).toHaveAccessibleName("Unlike");
  const state = async () => (({ is_liked, like_count }) => ({ is_liked, like_count }))(await bo.expectOk(bo.api.get(`/api/posts/${post.id}`)));
  await expect.poll(state, { timeout: 10_000 }).toEqual({ is_liked: true, like_count: 1 });
  await like.click();
  await like.click();
  await like.click();
  await expect.poll(state, { timeout: 10_000 }).toEqual({ is_liked: false, like_count: 0 });
  await expect(like).toHaveAccessibleName("Like");

  await page.goto(`/${ada.username}`);
  const follow = page.getByRole("button", { name: /^(Follow|Following)$/ });
  await follow.click();
  await follow.click();
  await follow.click();
  await expect(follow).toHaveAccessibleName("Following");
  const person = async () => (({ follower_count, viewer }) => ({ follower_count, following: viewer.following }))(await bo.expectOk(bo.api.get(`/api/users/${ada.id}`)));
  await expect.poll(person, { timeout: 10_000 }).toEqual({ follower_count: 1, following: true });
});
