import { answered } from "../fixtures/problems";
import { postBy } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";
import { makeMp4, postVideo } from "../fixtures/videos";

const CUES = "WEBVTT\n\n00:00.000 --> 00:05.000\nA tone, and colours\n";

test("a video is chosen, posted, and plays in the feed by itself, silently", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.goto("/create");
  await page.getByLabel("Choose photos").setInputFiles({ name: "film.mp4", mimeType: "video/mp4", buffer: await makeMp4() });
  await expect(page.getByLabel("Video 1 of 1", { exact: true })).toBeVisible();
  await page.getByLabel("Caption").fill("It moves");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const post = postBy(page, ada.username).first();
  await expect(post.getByRole("group", { name: `Video by ${ada.username}` })).toBeVisible({ timeout: 45_000 });
  const video = post.locator("video");
  await expect.poll(() => video.evaluate((film: HTMLVideoElement) => film.currentTime), { timeout: 15_000 }).toBeGreaterThan(0.3);
  expect(await video.evaluate((film: HTMLVideoElement) => [film.muted, film.videoWidth > 0])).toEqual([true, true]);
});

test("the player obeys keys and buttons, and rests when it is out of sight @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const film = await postVideo(ada, "With subtitles", await makeMp4(6));
  await ada.expectOk(ada.api.put(`/api/media/${film.media[0]!.id}/captions/en`, { data: { text: CUES } }));
  const page = await visit(ada);
  await page.goto(`/p/${film.shortcode}`);
  const video = page.locator("video");
  const read = <T>(what: (film: HTMLVideoElement) => T) => video.evaluate(what as (film: SVGElement | HTMLElement) => T);
  await expect.poll(() => read((one) => !one.paused && one.currentTime > 0), { timeout: 15_000 }).toBe(true);

  await page.getByRole("button", { name: "Pause" }).focus();
  await page.keyboard.press("k");
  await expect.poll(() => read((one) => one.paused)).toBe(true);
  await page.keyboard.press("m");
  expect(await read((one) => one.muted)).toBe(false);
  const before = await read((one) => one.currentTime);
  await page.keyboard.press("ArrowLeft");
  expect(await read((one) => one.currentTime)).toBeLessThan(Math.max(before, 0.01));
  await page.keyboard.press("c");
  await expect(page.getByRole("button", { name: /^Subtitles: / })).toBeVisible();
  await expect.poll(() => read((one) => one.textTracks[0]!.cues?.length)).toBe(1);
  await page.getByRole("button", { name: "Speed 1×" }).click();
  await expect(page.getByRole("button", { name: "Speed 1.25×" })).toBeVisible();
  await page.getByRole("slider", { name: "Seek" }).fill("3");
  await expect.poll(() => read((one) => one.currentTime)).toBeGreaterThan(2.5);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => read((one) => one.paused)).toBe(false);

  // What was chosen holds for the next visit; out of sight it stops.
  await page.reload();
  await expect.poll(() => read((one) => !one.paused && one.playbackRate), { timeout: 15_000 }).toBe(1.25);
  await page.evaluate(() => (document.querySelector("video")!.closest("article")!.style.marginTop = "200vh"));
  await expect.poll(() => read((one) => one.paused)).toBe(true);
});

test("reduced motion: a poster with a button, and nothing moves before it is pressed @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const film = await postVideo(ada, "Calm", await makeMp4(3));
  const page = await visit(ada, { reducedMotion: "reduce" });
  await page.goto(`/p/${film.shortcode}`);
  const video = page.locator("video");
  await expect(video).toBeAttached();
  await page.waitForTimeout(1_000);
  expect(await video.evaluate((one: HTMLVideoElement) => one.paused)).toBe(true);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => video.evaluate((one: HTMLVideoElement) => one.currentTime)).toBeGreaterThan(0.2);
});

test("a private account's video: its address stops working for who is removed, and never works signed out @desktop", async ({ visit, make, playwright, baseURL, problems }) => {
  test.setTimeout(120_000);
  problems.allow(answered(404));
  const [ada, bo] = [await make("ada", { isPrivate: true }), await make("bo")];
  const film = await postVideo(ada, "For followers", await makeMp4(2));
  await bo.follow(ada);
  await ada.expectOk(ada.api.post(`/api/follow-requests/${bo.id}/accept`));
  const seen = await bo.expectOk(bo.api.get(`/api/posts/${film.id}`));
  const { hls_url: hls, mp4_url: mp4 } = seen.media[0];
  const visitor = await playwright.request.newContext({ baseURL });
  const list = await (await bo.api.get(hls)).text();
  const size = new URL(list.split("\n").find((line) => /^\d+\.m3u8/.test(line))!, new URL(hls, baseURL)).href;
  const file = new URL((await (await bo.api.get(size)).text()).split("\n").find((line) => /^\d+\.mp4/.test(line))!, size).href;
  for (const address of [hls, mp4, size, file]) {
    expect((await bo.api.get(address)).status()).toBe(200);
    expect((await bo.api.get(address.split("?")[0]!)).status()).toBe(404);
    expect((await visitor.get(address)).status()).toBe(404);
  }
  const adas = await visit(ada);
  await adas.goto(`/${bo.username}`);
  await adas.getByRole("button", { name: "More options" }).click();
  await adas.getByRole("menuitem", { name: "Remove follower" }).click();
  await adas.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(adas.getByText(`${bo.username} no longer follows you`)).toBeVisible();
  for (const address of [hls, mp4, size, file]) await expect.poll(async () => (await bo.api.get(address)).status(), { timeout: 40_000 }).toBe(404);
  await visitor.dispose();
});
