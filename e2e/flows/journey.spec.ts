import type { Page } from "@playwright/test";
import { uniqueName } from "../fixtures/people";
import { makeJpeg } from "../fixtures/photos";
import { awake, chooseOption, composer, go, nav, postBy, signUp, untilTold } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";

const ALT = ["A lighthouse over grey water", "Two boats tied to the quay", "The harbour at dusk"];

async function postThreePhotos(page: Page, caption: string) {
  await go(page, "Create");
  const chooser = page.waitForEvent("filechooser");
  await page.getByText("Choose photos", { exact: true }).click();
  const photos = await Promise.all(ALT.map((_, i) => makeJpeg(11 + i, 1500 + 100 * i, 1200)));
  await (await chooser).setFiles(photos.map((bytes, i) => photoFile(`harbour-${i}.jpg`, bytes)));
  const form = composer(page);
  for (const [i, alt] of ALT.entries()) {
    await form.thumb(i + 1, ALT.length).click();
    await page.getByLabel(`Alt text of photo ${i + 1}`).fill(alt);
  }
  await form.caption.fill(caption);
  await form.share.click();
  await expect(page).toHaveURL("/");
}

test("two people go the whole way from signing up to a deleted post", async ({ visit }) => {
  test.slow();
  const ada = uniqueName("ada");
  const bo = uniqueName("bo");
  const caption = `Low sun over the harbour #${uniqueName("dusk")}`;
  const adas = await visit(null);
  const bos = await visit(null);

  await test.step("Ada signs up and posts three photos", async () => {
    await signUp(adas, ada, "Ada Lindqvist");
    await postThreePhotos(adas, caption);
    // At once, whatever its state; then with its pictures.
    await expect(postBy(adas, ada)).toBeVisible();
    await expect(postBy(adas, ada).getByRole("img", { name: ALT[0] })).toBeVisible({ timeout: 20_000 });
  });

  await test.step("Bo signs up, finds her and follows", async () => {
    await signUp(bos, bo, "Bo Marin");
    await expect(bos.getByText("Your feed begins here")).toBeVisible();
    await go(bos, "Search");
    await bos.getByRole("searchbox").fill(ada);
    await bos.locator("[data-results]").getByRole("link", { name: new RegExp(ada) }).click();
    await expect(bos).toHaveURL(`/${ada}`);
    await bos.getByRole("button", { name: "Follow", exact: true }).click();
    await expect(bos.getByRole("button", { name: "Following", exact: true })).toBeVisible();
  });

  const seen = postBy(bos, ada);
  await test.step("He sees the post in his feed and looks through its photos", async () => {
    await expect.poll(async () => {
      await bos.goto("/");
      return seen.count();
    }, { timeout: 15_000 }).toBe(1);
    await expect(seen.getByText("Low sun over the harbour")).toBeVisible();
    const carousel = seen.getByRole("group", { name: `Photos by ${ada}` });
    await awake(carousel);
    await carousel.focus();
    await carousel.press("ArrowRight");
    await expect(seen.getByText("Photo 2 of 3")).toBeAttached();
    await carousel.press("ArrowRight");
    await expect(seen.getByRole("img", { name: ALT[2] })).toBeInViewport();
  });

  await test.step("He likes it by button, takes it back, and likes it by a double tap", async () => {
    await seen.getByRole("button", { name: "Like", exact: true }).click();
    await expect(seen.getByText("1 like", { exact: true })).toBeVisible();
    await seen.getByRole("button", { name: "Unlike", exact: true }).click();
    await expect(seen.getByText("No likes yet")).toBeVisible();
    await seen.getByRole("img", { name: ALT[2] }).dblclick();
    await expect(seen.getByRole("button", { name: "Unlike", exact: true })).toBeVisible();
    await expect(seen.getByText("1 like", { exact: true })).toBeVisible();
  });

  await test.step("He saves it and comments", async () => {
    await seen.getByRole("button", { name: "Save", exact: true }).click();
    await expect(seen.getByRole("button", { name: "Save", exact: true })).toHaveAttribute("aria-pressed", "true");
    await seen.getByRole("button", { name: "Comment", exact: true }).click();
    const field = bos.getByLabel("Add a comment");
    await field.fill("What a light!");
    await field.press("Enter");
    await expect(bos.getByText("What a light!")).toBeVisible();
    await expect(field).toHaveValue("");
  });

  await test.step("She is told, answers from the notification", async () => {
    await expect.poll(async () => {
      await adas.goto("/");
      return nav(adas).getByRole("link", { name: "Notifications" }).getAttribute("aria-describedby");
    }, { timeout: 15_000 }).not.toBeNull();
    await go(adas, "Notifications");
    // The first badge may be of the follow or the like alone.
    await expect.poll(async () => {
      await adas.goto("/notifications");
      return adas.getByText("commented:").count();
    }, { timeout: 15_000 }).toBe(1);
    await expect(adas.getByText("liked your post")).toBeVisible();
    await expect(adas.getByText("follows you now")).toBeVisible();
    await adas.getByRole("listitem").filter({ hasText: "commented:" }).getByRole("link", { name: ALT[0] }).click();
    const comment = adas.getByRole("listitem").filter({ hasText: "What a light!" }).last();
    await comment.getByRole("button", { name: "Reply" }).click();
    const field = adas.getByLabel(`Reply to ${bo}`);
    await expect(field).toHaveValue(`@${bo} `);
    await field.press("End");
    await field.pressSequentially("it lasted a minute");
    await field.press("Enter");
    await expect(adas.getByText("it lasted a minute")).toBeVisible();
    await adas.goto("/");
    await expect(nav(adas).getByRole("link", { name: "Notifications" })).not.toHaveAttribute("aria-describedby");
  });

  await test.step("He sees the answer, and the post among his saved ones", async () => {
    await untilTold(bos, "replied:");
    await bos.getByRole("listitem").filter({ hasText: "replied:" }).getByRole("link", { name: ALT[0] }).click();
    const overlay = bos.getByRole("dialog");
    await expect(overlay.getByText("it lasted a minute")).toBeVisible();
    await bos.goto("/saved");
    await expect(bos.getByRole("img", { name: ALT[0] })).toBeVisible();
  });

  await test.step("She corrects the caption, deletes his comment and then the post", async () => {
    await adas.goto("/");
    const own = postBy(adas, ada);
    await chooseOption(own, "Edit post");
    const dialog = adas.getByRole("dialog", { name: "Edit post" });
    await dialog.getByLabel("Caption").fill("Low sun, high tide");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(own.getByText("Low sun, high tide")).toBeVisible();
    await own.getByRole("button", { name: "Comment", exact: true }).click();
    await expect(adas).toHaveURL(/\/p\//);
    const comment = adas.getByRole("listitem").filter({ hasText: "What a light!" });
    await comment.getByRole("button", { name: "Delete" }).first().click();
    await expect(adas.getByText("What a light!")).toHaveCount(0);
    await expect(adas.getByText("Comment deleted")).toBeVisible();
    await adas.goto("/");
    await chooseOption(own, "Delete");
    await expect(own).toHaveCount(0);
    await expect(adas.getByText("Post deleted")).toBeVisible();
  });

  await test.step("It is gone from his feed, his saved posts and its address", async () => {
    await bos.goto("/");
    await expect(bos.getByText("Your feed begins here").or(bos.getByText("caught up"))).toBeVisible();
    await expect(seen).toHaveCount(0);
    await bos.goto("/saved");
    await expect(bos.getByRole("img", { name: ALT[0] })).toHaveCount(0);
  });
});
