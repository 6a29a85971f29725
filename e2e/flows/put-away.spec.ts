import { makeJpeg } from "../fixtures/photos";
import { answered } from "../fixtures/problems";
import { chooseOption, composer, postBy } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";

test("what was put away is shown again, and what was deleted goes for good", async ({ visit, make, problems }) => {
  problems.allow(answered(404));
  const [ada, bo] = [await make("ada"), await make("bo")];
  await bo.follow(ada);
  const [kept, gone] = [await ada.post("Winter light"), await ada.post("Blurred")];
  const [page, bos] = [await visit(ada), await visit(bo)];
  const tile = (of: typeof page, { shortcode }: { shortcode: string }) => of.locator(`main a[href="/p/${shortcode}"]`);

  await page.goto(`/p/${kept.shortcode}`);
  await chooseOption(postBy(page, ada.username), "Archive");
  await expect.poll(async () => (await bo.api.get(`/api/posts/${kept.id}`)).status()).toBe(404);
  await bos.goto(`/${ada.username}`);
  await expect(tile(bos, gone)).toBeVisible();
  await expect(tile(bos, kept)).toHaveCount(0);

  await page.goto("/settings/archive");
  await tile(page, kept).click();
  await chooseOption(postBy(page, ada.username), "Show on profile again");
  await expect.poll(async () => (await bo.api.get(`/api/posts/${kept.id}`)).status()).toBe(200);
  await page.goto("/settings/archive");
  await expect(page.getByText("Nothing archived")).toBeVisible();
  for (const one of [page, bos]) {
    await one.goto(`/${ada.username}`);
    await expect(tile(one, kept)).toBeVisible();
  }

  await page.goto(`/p/${gone.shortcode}`);
  await chooseOption(postBy(page, ada.username), "Delete");
  await expect(page.getByText("Post deleted")).toBeVisible();
  await page.goto("/settings/archive/deleted");
  await page.getByRole("button", { name: "Delete now “Blurred”" }).click();
  const asked = page.getByRole("alertdialog", { name: "Delete this post for good?" });
  await asked.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByText("Deleted for good")).toBeVisible();
  await expect(page.getByText("Nothing here")).toBeVisible();
  expect((await ada.api.post(`/api/posts/${gone.id}/restore`)).status()).toBe(404);
  expect((await bos.goto(`/p/${gone.shortcode}`))!.status()).toBe(404);
});

test("where it was is written down later, and leads to what else is from there", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Steps down to the water");
  const place = `Quay of ${ada.username}`;
  const [page, bos] = [await visit(ada), await visit(bo)];
  await page.goto(`/p/${post.shortcode}`);
  await chooseOption(postBy(page, ada.username), "Edit post");
  const edit = page.getByRole("dialog", { name: "Edit post" });
  await edit.getByLabel("Place", { exact: true }).fill(place);
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit).toBeHidden();
  await expect(postBy(page, ada.username).getByRole("link", { name: place })).toBeVisible();

  await bos.goto(`/p/${post.shortcode}`);
  await postBy(bos, ada.username).getByRole("link", { name: place }).click();
  await expect(bos).toHaveURL(/\/places\/\d+$/);
  await expect(bos.getByRole("heading", { name: place })).toBeVisible();
  await expect(bos.locator(`main a[href="/p/${post.shortcode}"]`)).toBeVisible();
});

test("a post waits for its day out of everybody's sight, at another time, or is cancelled", async ({ visit, make, problems }) => {
  test.setTimeout(120_000);
  problems.allow(answered(404));
  const [ada, bo] = [await make("ada"), await make("bo")];
  await bo.follow(ada);
  const soon = new Date();
  // A day that any month has, and that lies ahead whatever day it is.
  const day = new Date(Date.UTC(soon.getUTCFullYear(), soon.getUTCMonth() + 1, 15));
  const label = new RegExp(`\\b15 ${day.toLocaleString("en-GB", { month: "long", timeZone: "UTC" })} ${day.getUTCFullYear()}`);
  const cancelled = await ada.schedule("Thought better of", new Date(day.getTime() + 86_400_000));
  const [page, bos] = [await visit(ada), await visit(bo)];

  await page.goto("/create");
  const form = composer(page);
  await form.choose([photoFile("later.jpg", await makeJpeg(4, 640, 480))]);
  await form.caption.fill("Worth waiting for");
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "When should it appear?" });
  const nextMonth = (place: typeof dialog) => place.getByRole("button", { name: "Go to the Next Month" }).click();
  await nextMonth(dialog);
  await dialog.getByRole("button", { name: label }).click();
  await dialog.getByLabel("Time", { exact: true }).fill("08:15");
  await expect(dialog.getByText(/It appears on .*15 .*8:15/)).toBeVisible();
  await dialog.getByRole("button", { name: "Set the time" }).click();
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(page.getByText("Your post is scheduled.")).toBeVisible();
  const scheduled = async () => (await ada.expectOk(ada.api.get("/api/scheduled"))).posts.map((post: { caption: string; scheduled_for: string }) => [post.caption, post.scheduled_for]);
  const at = (time: string) => `${day.toISOString().slice(0, 10)}T${time}:00.000Z`;
  expect(await scheduled()).toContainEqual(["Worth waiting for", at("08:15")]);

  await test.step("The calendar shows what is on a day, and its time is changed", async () => {
    await page.goto("/settings/archive/scheduled");
    await nextMonth(page.locator("main"));
    const marked = page.getByRole("button", { name: label });
    await expect(marked).toHaveAccessibleName(/something is scheduled/);
    await marked.click();
    await expect(page.getByText("1 post on this day")).toBeVisible();
    await expect(page.getByText("Thought better of")).toHaveCount(0);
    await page.getByRole("button", { name: "Show all" }).click();
    await expect(page.getByText("2 posts in all")).toBeVisible();
    await page.getByRole("button", { name: /^Options for “Worth waiting for/ }).click();
    await page.getByRole("menuitem", { name: "Change time" }).click();
    await dialog.getByLabel("Time", { exact: true }).fill("09:30");
    await dialog.getByRole("button", { name: "Change time" }).click();
    await expect(page.getByText("The time is changed")).toBeVisible();
    await expect.poll(scheduled).toContainEqual(["Worth waiting for", at("09:30")]);
  });

  const [mine] = (await ada.expectOk(ada.api.get("/api/scheduled"))).posts.filter((post: { caption: string }) => post.caption === "Worth waiting for");
  await test.step("Nobody sees it, and the other is cancelled", async () => {
    for (const { shortcode } of [mine, cancelled]) expect((await bos.goto(`/p/${shortcode}`))!.status()).toBe(404);
    await bos.goto(`/${ada.username}`);
    await expect(bos.getByText("No posts yet")).toBeVisible();
    expect((await bo.expectOk(bo.api.get("/api/feed"))).posts).toEqual([]);
    await page.getByRole("button", { name: /^Options for “Thought better of/ }).click();
    await page.getByRole("menuitem", { name: "Cancel this post" }).click();
    await expect(page.getByText("Post cancelled")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Options for “Thought better of/ })).toHaveCount(0);
    expect((await scheduled()).map(([caption]: [string]) => caption)).toEqual(["Worth waiting for"]);
  });

  await test.step("Posted now, it is there for whoever follows", async () => {
    await page.getByRole("button", { name: /^Options for “Worth waiting for/ }).click();
    await page.getByRole("menuitem", { name: "Post now" }).click();
    await expect(page.getByText("Nothing is scheduled")).toBeVisible();
    await expect.poll(async () => (await bo.expectOk(bo.api.get("/api/feed"))).posts.map(({ caption }: { caption: string }) => caption), { timeout: 15_000 }).toEqual(["Worth waiting for"]);
    await bos.goto("/");
    await expect(postBy(bos, ada.username).getByText("Worth waiting for")).toBeVisible();
    expect((await bos.goto(`/p/${cancelled.shortcode}`))!.status()).toBe(404);
  });
});
