import type { Locator, Page } from "@playwright/test";
import { postBy } from "../fixtures/screens";
import { expect, need, test } from "../fixtures/test";
import { makeMp4, postVideo } from "../fixtures/videos";

const on = (video: Locator) => <T>(what: (film: HTMLVideoElement) => T) => video.evaluate(what as (film: SVGElement | HTMLElement) => T);
const plays = (video: Locator) => on(video)((one) => !one.paused && one.currentTime > 0);

/** Scrolls so that `share` of the video is below the upper edge of the screen. */
const show = (page: Page, video: Locator, share: number) =>
  on(video)((one) => one.getBoundingClientRect().toJSON()).then((box: { top: number; height: number }) => page.evaluate(([top, height, part]) => window.scrollBy({ top: top! + height! * (1 - part!), behavior: "instant" }), [box.top, box.height, share]));

test.beforeEach(() => test.setTimeout(180_000));

test("plays when two thirds are on screen, one at a time, with the sound that was chosen @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const clip = await makeMp4(8);
  for (const caption of ["First", "Second"]) await postVideo(ada, caption, clip);
  const page = await visit(ada, { viewport: { width: 1280, height: 520 } });
  await page.goto("/");
  const [upper, lower] = [0, 1].map((at) => postBy(page, ada.username).nth(at).locator("video")) as [Locator, Locator];
  await show(page, upper, 1);
  await expect.poll(() => plays(upper), { timeout: 15_000 }).toBe(true);
  await show(page, upper, 0.55);
  await expect.poll(() => on(upper)((one) => one.paused)).toBe(true);
  await show(page, upper, 0.75);
  await expect.poll(() => plays(upper), { timeout: 15_000 }).toBe(true);
  expect(await on(upper)((one) => one.muted)).toBe(true);
  await postBy(page, ada.username).first().getByRole("button", { name: "Turn sound on" }).click();
  await show(page, lower, 0.95);
  await expect.poll(() => plays(lower), { timeout: 15_000 }).toBe(true);
  await expect.poll(() => on(upper)((one) => one.paused)).toBe(true);
  expect(await on(lower)((one) => one.muted)).toBe(false);
  // Stopped by hand it stays so, also when it comes back.
  await postBy(page, ada.username).nth(1).getByRole("button", { name: "Pause" }).focus();
  await page.keyboard.press(" ");
  await expect.poll(() => on(lower)((one) => one.paused)).toBe(true);
  await show(page, upper, 0.9);
  await expect.poll(() => plays(upper)).toBe(true);
  await show(page, lower, 0.95);
  await page.waitForTimeout(600);
  expect(await on(lower)((one) => one.paused)).toBe(true);
});

test("where data is to be saved, nothing is fetched before it is asked for @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const post = await postVideo(ada, "Only when asked", await makeMp4(4));
  const page = await visit(ada);
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true, effectiveType: "4g", addEventListener() {}, removeEventListener() {} } }));
  const asked: string[] = [];
  page.on("request", (request) => /\.(m3u8|mp4)(\?|$)/.test(request.url()) && asked.push(request.url()));
  await page.goto(`/p/${post.shortcode}`);
  await expect(page.locator("video")).toBeAttached();
  await page.waitForTimeout(1_000);
  expect(asked).toEqual([]);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => plays(page.locator("video")), { timeout: 15_000 }).toBe(true);
  expect(asked.length).toBeGreaterThan(0);
});

test("in a window of its own it goes on while one reads elsewhere @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const post = await postVideo(ada, "Beside", await makeMp4(6));
  const page = await visit(ada);
  await page.goto(`/p/${post.shortcode}`);
  const video = page.locator("video");
  await expect.poll(() => plays(video), { timeout: 15_000 }).toBe(true);
  need(await page.evaluate(() => document.pictureInPictureEnabled), "This browser has no picture in picture.");
  await page.getByRole("button", { name: "Picture in picture" }).click();
  await expect.poll(() => page.evaluate(() => document.pictureInPictureElement !== null)).toBe(true);
  await page.evaluate(() => (document.querySelector("video")!.closest("article")!.style.marginTop = "200vh"));
  await page.waitForTimeout(600);
  expect(await on(video)((one) => one.paused)).toBe(false);
  await page.evaluate(() => document.exitPictureInPicture());
  await expect.poll(() => on(video)((one) => one.paused)).toBe(true);
});
