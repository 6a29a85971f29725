// Browsers that play no HLS of their own (Firefox, older Chromes) get hls.js; here a browser that says so plays.
import type { Page } from "@playwright/test";
import { answered } from "../fixtures/problems";
import { expect, test } from "../fixtures/test";
import { makeMp4, postVideo } from "../fixtures/videos";

const CUES = "WEBVTT\n\n00:00.000 --> 00:30.000\nA tone, and colours\n";

/** Takes HLS from the browser, counts what goes through MediaSource, and collects what is asked for. */
async function withoutHls(page: Page) {
  await page.addInitScript(() => {
    const { canPlayType } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.canPlayType = function (type) {
      return /mpegurl/i.test(type) ? "" : canPlayType.call(this, type);
    };
    const { appendBuffer } = SourceBuffer.prototype;
    SourceBuffer.prototype.appendBuffer = function (bytes) {
      (window as unknown as { appended: number }).appended = ((window as unknown as { appended?: number }).appended ?? 0) + 1;
      appendBuffer.call(this, bytes);
    };
  });
  return collect(page);
}

function collect(page: Page) {
  const seen = { segments: [] as { size: number; range: string; address: URL; status: number }[], plain: 0, hasLibrary: false };
  page.on("response", async (response) => {
    const address = new URL(response.url());
    const size = /\/hls\/(\d+)\.mp4$/.exec(address.pathname)?.[1];
    if (size) seen.segments.push({ size: Number(size), range: response.request().headers().range ?? "", address, status: response.status() });
    if (address.pathname.endsWith("/video.mp4")) seen.plain += 1;
    if (address.pathname.endsWith(".js")) seen.hasLibrary ||= (await response.text().catch(() => "")).includes("EXT-X-STREAM-INF");
  });
  return seen;
}

const film = (page: Page) => <T>(what: (film: HTMLVideoElement) => T) => page.locator("video").evaluate(what as (film: SVGElement | HTMLElement) => T);

test.beforeEach(() => test.setTimeout(180_000));

test("hls.js plays, seeks, shows subtitles and adapts; without it nothing of it is fetched @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const post = await postVideo(ada, "For every browser", await makeMp4(32, "854x480", { isGrainy: true }));
  await ada.expectOk(ada.api.put(`/api/media/${post.media[0]!.id}/captions/en`, { data: { text: CUES } }));

  const native = await visit(ada);
  const hasNative = await native.evaluate(() => document.createElement("video").canPlayType("application/vnd.apple.mpegurl") !== "");
  const seenNatively = collect(native);
  await native.goto(`/p/${post.shortcode}`);
  await expect.poll(() => film(native)((one) => one.currentTime), { timeout: 20_000 }).toBeGreaterThan(0.5);
  if (hasNative) expect(seenNatively.hasLibrary).toBe(false);
  await native.close();

  const page = await visit(ada);
  const read = film(page);
  const seen = await withoutHls(page);
  await page.goto(`/p/${post.shortcode}`);
  await expect.poll(() => read((one) => one.currentTime), { timeout: 20_000 }).toBeGreaterThan(1);
  expect(await read((one) => [one.src.startsWith("blob:"), one.muted, one.paused, one.videoWidth > 0])).toEqual([true, true, false, true]);
  expect(seen.hasLibrary).toBe(true);
  await expect.poll(() => new Set(seen.segments.map(({ range }) => range)).size).toBeGreaterThan(3);
  expect(await page.evaluate(() => (window as unknown as { appended: number }).appended)).toBeGreaterThan(4);
  expect(seen.segments.every(({ status, range }) => status === 206 && /^bytes=\d+-\d+$/.test(range))).toBe(true);

  // Not more than its frame can show.
  const width = await read((one) => one.clientWidth * devicePixelRatio);
  expect(width).toBeLessThan(852);
  await page.getByRole("button", { name: "Pause" }).focus();
  await page.keyboard.press("c");
  await expect.poll(() => read((one) => [one.textTracks[0]!.mode, one.textTracks[0]!.activeCues?.length])).toEqual(["showing", 1]);

  // A line that has become thin: what comes next is smaller, and still comes.
  const before = Math.max(...seen.segments.map(({ size }) => size));
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.emulateNetworkConditions", { offline: false, latency: 40, downloadThroughput: 75_000, uploadThroughput: 75_000 });
  const place = seen.segments.length;
  await page.getByRole("slider", { name: "Seek" }).fill("24");
  await expect.poll(() => Math.min(...seen.segments.slice(place).map(({ size }) => size)), { timeout: 30_000 }).toBeLessThan(before);
  await expect.poll(() => read((one) => one.currentTime), { timeout: 40_000 }).toBeGreaterThan(24.5);
  expect(seen.plain).toBe(0);
});

test("hls.js plays a private account's video through signed addresses @desktop", async ({ visit, make }) => {
  const [ada, bo] = [await make("ada", { isPrivate: true }), await make("bo")];
  const post = await postVideo(ada, "For followers", await makeMp4(10));
  await bo.follow(ada);
  await ada.expectOk(ada.api.post(`/api/follow-requests/${bo.id}/accept`));
  const page = await visit(bo);
  const seen = await withoutHls(page);
  await page.goto(`/p/${post.shortcode}`);
  await expect.poll(() => film(page)((one) => one.currentTime), { timeout: 20_000 }).toBeGreaterThan(0.5);
  expect(await film(page)((one) => one.src.startsWith("blob:"))).toBe(true);
  expect(seen.segments.length).toBeGreaterThan(1);
  expect(seen.segments.every(({ status, address }) => status === 206 && address.searchParams.get("v") === bo.id && address.searchParams.has("s"))).toBe(true);
});

test("where the stream fails, the one MP4 goes on from the same place @desktop", async ({ visit, make, problems }) => {
  problems.allow(answered(404));
  const ada = await make("ada");
  const post = await postVideo(ada, "Goes on", await makeMp4(32));
  const page = await visit(ada);
  const read = film(page);
  const seen = await withoutHls(page);
  await page.goto(`/p/${post.shortcode}`);
  await expect.poll(() => read((one) => one.currentTime), { timeout: 20_000 }).toBeGreaterThan(1);
  await page.route(/\/hls\/\d+\.mp4/, (route) => route.fulfill({ status: 404 }));
  await page.getByRole("slider", { name: "Seek" }).fill("26");
  await expect.poll(() => seen.plain, { timeout: 20_000 }).toBeGreaterThan(0);
  await expect.poll(() => read((one) => !one.paused && one.currentTime > 26.2), { timeout: 20_000 }).toBe(true);
  expect(await read((one) => new URL(one.src).pathname.endsWith("/video.mp4"))).toBe(true);
});
