import { makeJpeg } from "../fixtures/photos";
import { answered } from "../fixtures/problems";
import { chooseOption, composer, postBy, refreshed, untilTold } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";

const small = (seed: number) => makeJpeg(seed, 640, 480);

test("a post is edited on two devices, put away, deleted and brought back", async ({ visit, make, problems }) => {
  test.setTimeout(90_000);
  // The second device is told.
  problems.allow(answered(409));
  const [ada, bob] = [await make("ada"), await make("bob")];
  await bob.follow(ada);
  const post = await ada.post("First words", { photos: 2 });
  const [page, phone] = [await visit(ada), await visit(ada)];
  const own = postBy(page, ada.username);

  await test.step("Order, cover, description, another photo and words are changed at once", async () => {
    await page.goto(`/p/${post.shortcode}`);
    await chooseOption(own, "Edit post");
    const dialog = page.getByRole("dialog", { name: "Edit post" });
    await dialog.getByRole("button", { name: "Photo 2 of 2" }).click();
    await dialog.getByLabel("Alt text of photo 2").fill("The cover by now");
    await dialog.getByRole("button", { name: "Move earlier" }).click();
    await expect(dialog.getByRole("button", { name: "Photo 1 of 2, cover" })).toHaveAttribute("aria-current", "true");
    await dialog.getByRole("button", { name: "Photo 2 of 2" }).click();
    await dialog.getByLabel("Replace this photo").setInputFiles(photoFile("new.jpg", await small(7)));
    await expect(dialog.getByText("Replaced when you save.")).toBeVisible();
    await dialog.getByLabel("Caption").fill("Second words");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect(own.getByText("Second words")).toBeVisible();
    await expect(own.getByRole("img", { name: "The cover by now" })).toBeVisible();
    await expect.poll(async () => (await ada.expectOk(ada.api.get(`/api/posts/${post.id}/versions`))).versions.length, { timeout: 20_000 }).toBe(2);
  });

  await test.step("A follower looks at what it was", async () => {
    const bobs = await visit(bob);
    await bobs.goto(`/p/${post.shortcode}`);
    await bobs.getByRole("button", { name: "Edited" }).click();
    const sheet = bobs.getByRole("dialog", { name: "Earlier versions" });
    await expect(sheet.getByText("First words")).toBeVisible();
    await expect(sheet.getByRole("img")).toHaveCount(4);
  });

  await test.step("The second of two devices is told, and loses nothing", async () => {
    await phone.goto(`/p/${post.shortcode}`);
    await chooseOption(postBy(phone, ada.username), "Edit post");
    const dialog = phone.getByRole("dialog", { name: "Edit post" });
    await dialog.getByLabel("Caption").fill("Words of the phone");
    await ada.expectOk(ada.api.patch(`/api/posts/${post.id}`, { data: { caption: "Words of the laptop", location: "Faro" } }));
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByText("Changed in the meantime")).toBeVisible();
    await expect(dialog.getByLabel("Caption")).toHaveValue("Words of the phone");
    await expect(dialog.getByLabel("Place", { exact: true })).toHaveValue("Faro");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect(postBy(phone, ada.username).getByText("Words of the phone")).toBeVisible();
  });

  await test.step("It is pinned, archived with a change of mind, deleted, and restored", async () => {
    await page.goto("/");
    await refreshed(page, () => chooseOption(own, "Pin to profile"));
    await expect(page.getByText("Pinned to your profile")).toBeVisible();
    await chooseOption(own, "Archive");
    await expect(own).toHaveCount(0);
    await refreshed(page, () => page.getByRole("button", { name: "Undo" }).click());
    await expect(own.getByText("Words of the phone")).toBeVisible();
    await chooseOption(own, "Delete");
    await expect(own).toHaveCount(0);
    await expect(page.getByText("Post deleted")).toBeVisible();
    await page.goto("/settings/archive/deleted");
    await expect(page.getByText("30 days left")).toBeVisible();
    await page.getByRole("button", { name: "Restore" }).click();
    await expect(page.getByText("Nothing here")).toBeVisible();
    await page.goto(`/${ada.username}`);
    await expect(page.getByRole("link", { name: /The cover by now.*pinned/ })).toBeVisible();
  });
});

test("a draft goes on on another device, and appears when it is wanted", async ({ visit, make }) => {
  test.setTimeout(90_000);
  const ada = await make("ada");
  const laptop = await visit(ada);
  await laptop.goto("/create");
  const there = composer(laptop);
  await there.choose([photoFile("a.jpg", await small(3))]);
  await there.caption.fill("Begun on the laptop");
  await there.alt.fill("Waves");
  await expect(there.arrived).toBeVisible();
  // Nothing can be typed that would not go with it.
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  await laptop.route("**/api/drafts", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await laptop.getByRole("button", { name: "Save draft" }).click();
  await expect(laptop.getByRole("button", { name: "Discard" })).toBeDisabled();
  expect(await there.caption.evaluate((field) => field.closest("[inert]") !== null)).toBe(true);
  letGo();
  await expect(laptop.getByText("Draft saved")).toBeVisible();

  const phone = await visit(ada);
  await phone.goto("/create");
  await phone.getByRole("listitem").filter({ hasText: "Begun on the laptop" }).getByRole("button", { name: "Continue" }).click();
  const here = composer(phone);
  await expect(here.caption).toHaveValue("Begun on the laptop");
  await expect(here.alt).toHaveValue("Waves");
  await here.caption.fill("Ended on the phone");
  await phone.getByRole("button", { name: "Schedule", exact: true }).click();
  const dialog = phone.getByRole("dialog", { name: "When should it appear?" });
  await expect(dialog.getByText(/It appears on/)).toBeVisible();
  await dialog.getByRole("button", { name: "Set the time" }).click();
  await phone.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(phone.getByText("Your post is scheduled.")).toBeVisible();
  await expect(phone).toHaveURL("/");
  await expect(postBy(phone, ada.username)).toHaveCount(0);

  await phone.goto("/settings/archive/scheduled");
  await expect(phone.getByRole("grid")).toBeVisible();
  const row = phone.getByRole("listitem").filter({ hasText: "Ended on the phone" });
  await row.getByRole("button", { name: /^Options for/ }).click();
  await phone.getByRole("menuitem", { name: "Post now" }).click();
  await expect(phone.getByText("Nothing is scheduled")).toBeVisible();
  await phone.goto("/");
  await expect(postBy(phone, ada.username).getByText("Ended on the phone")).toBeVisible();
});

test("people are named on a photo and share a post, when they agree", async ({ visit, make }) => {
  test.setTimeout(90_000);
  const [ada, bob, fan] = [await make("ada"), await make("bob"), await make("fan")];
  await fan.follow(bob);
  const post = await ada.post("The two of us");
  const page = await visit(ada);
  await page.goto(`/p/${post.shortcode}`);
  await chooseOption(postBy(page, ada.username), "Edit post");
  const edit = page.getByRole("dialog", { name: "Edit post" });
  await edit.getByRole("button", { name: "Tag people" }).click();
  const tags = page.getByRole("dialog", { name: "Tag people" });
  await tags.getByRole("button", { name: "Add a person" }).click();
  await tags.getByLabel("Who is here?").fill(bob.username);
  await tags.getByRole("button", { name: bob.username }).click();
  const name = tags.getByRole("button", { name: `${bob.username}, 50 percent from the left, 50 percent from the top.` });
  await name.focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(tags.getByRole("button", { name: `${bob.username}, 40 percent from the left` })).toBeFocused();
  await tags.getByRole("button", { name: "Done" }).click();
  await edit.getByRole("button", { name: "Invite people" }).click();
  const invite = page.getByRole("dialog", { name: "Share it together" });
  await invite.getByLabel("Find people").fill(bob.username);
  await invite.getByRole("button", { name: bob.username }).click();
  await invite.getByRole("button", { name: "Done" }).click();
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit).toBeHidden();
  await postBy(page, ada.username).getByLabel("1 person in this photo").click();
  await expect(page.getByRole("list", { name: "People in this photo" }).getByRole("link", { name: bob.username })).toBeVisible();

  const bobs = await visit(bob);
  await untilTold(bobs, "tagged you in a photo");
  await untilTold(bobs, "invites you to share a post");
  await bobs.getByRole("button", { name: "Decline" }).click();
  await bobs.getByRole("button", { name: "Undo" }).click();
  await expect(bobs.getByText("You can answer again")).toBeVisible();
  await untilTold(bobs, "invites you to share a post");
  await bobs.getByRole("button", { name: "Accept" }).click();
  await expect(bobs.getByText("The post is on your profile, too.")).toBeVisible();
  await bobs.goto(`/${bob.username}`);
  await expect(bobs.locator(`a[href="/p/${post.shortcode}"]`)).toBeVisible();
  await bobs.goto(`/${bob.username}/tagged`);
  await expect(bobs.locator(`a[href="/p/${post.shortcode}"]`)).toBeVisible();
  await expect.poll(async () => (await fan.expectOk(fan.api.get("/api/feed"))).posts.length, { timeout: 15_000 }).toBe(1);

  await bobs.goto(`/p/${post.shortcode}`);
  await expect(postBy(bobs, ada.username).getByRole("link", { name: bob.username }).first()).toBeVisible();
  await chooseOption(postBy(bobs, ada.username), "Remove me from the photo");
  await expect(bobs.getByLabel("1 person in this photo")).toHaveCount(0);
});
