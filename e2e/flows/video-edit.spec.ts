import type { Page } from "@playwright/test";
import { prepareAxe } from "../fixtures/axe";
import { chooseOption, postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";
import { makeMp4, postVideo } from "../fixtures/videos";

const shoot = async (page: Page, name: string, isMobile: boolean) => {
  if (!process.env.SHOTS) return;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${process.env.SHOTS}/${name}-${isMobile ? "phone" : "wide"}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });
};

test("a video that is out is edited anew from the whole of it, and its receipt tells of it", async ({ visit, make, isMobile }) => {
  test.slow();
  const ada = await make("ada");
  const film = await postVideo(ada, "Once more", await makeMp4(6));
  const id = film.media[0]!.id;
  const read = async () => ada.expectOk(ada.api.get(`/api/posts/${film.id}`));
  await ada.expectOk(ada.api.put(`/api/media/${id}/edit`, { data: { kind: "video", trim: { start: 1, end: 5 } } }));
  await expect.poll(async () => (await read()).media[0].duration, { timeout: 60_000 }).toBeLessThan(4.5);

  const page = await visit(ada);
  await page.goto(`/p/${film.shortcode}`);
  const post = postBy(page, ada.username);
  await chooseOption(post, "Edit video");
  const dialog = page.getByRole("dialog", { name: "Edit video" });
  const slider = (name: string) => dialog.getByRole("slider", { name });
  // What was cut away before can be had back.
  await expect(slider("Start")).toHaveValue("1", { timeout: 30_000 });
  await expect(slider("End")).toHaveAttribute("max", /^6(\.\d+)?$/);
  await slider("Start").press("ArrowRight");
  await dialog.getByText("1:1", { exact: true }).click();
  await shoot(page, "editor", isMobile);
  if (!isMobile) expect(await (await prepareAxe(page))({}, "[role=dialog]")).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(post.getByText("A new version of your video is being made.")).toBeVisible();
  await shoot(page, "changing", isMobile);
  await expect.poll(async () => (await read()).media[0].width, { timeout: 60_000 }).toBe(360);
  await expect(post.getByText("A new version of your video is being made.")).toBeHidden({ timeout: 15_000 });
  await expect(post.getByText("Edited", { exact: true })).toBeVisible();

  await expect.poll(async () => (await ada.expectOk(ada.api.get(`/api/media/${id}/receipt`))).is_complete, { timeout: 60_000 }).toBe(true);
  await chooseOption(post, "What became of my video");
  const receipt = page.getByRole("dialog", { name: "What became of my video" });
  await expect(receipt.getByText(/^MP4 · H\.264 · 640 × 360 · 15 frames a second · 6\.0 s/)).toBeVisible();
  await expect(receipt.getByText(/^shortened from 6\.0 s to [34]\.\d s$/)).toBeVisible();
  await expect(receipt.getByRole("cell", { name: /^9\d\.\d%$/ }).first()).toBeVisible();
  await shoot(page, "receipt", isMobile);
  if (!isMobile) expect(await (await prepareAxe(page))({}, "[role=dialog]")).toEqual([]);
});

test("a change that fails says why, and is put away @desktop", async ({ visit, make, isMobile }) => {
  const ada = await make("ada");
  const film = await postVideo(ada, "It stays", await makeMp4(3));
  const id = film.media[0]!.id;
  const page = await visit(ada);
  await page.goto(`/p/${film.shortcode}`);
  const post = postBy(page, ada.username);
  // As its author's page shows it when the change came to nothing.
  await page.route(`**/api/media/${id}/edit`, async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, is_changing: false, problem: "The video is damaged or incomplete. Try another copy of it." } });
  });
  await ada.expectOk(ada.api.put(`/api/media/${id}/edit`, { data: { kind: "video", trim: { start: 0, end: 2 } } }));
  await page.reload();
  await expect(post.getByText("Your video was not changed.")).toBeVisible({ timeout: 15_000 });
  await shoot(page, "failed", isMobile);
});
