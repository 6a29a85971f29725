import { expect, test } from "../fixtures/test";
import { makeMp4, postVideo } from "../fixtures/videos";
test("screens @desktop", async ({ visit, make }) => {
  test.setTimeout(120_000);
  const ada = await make("ada");
  const post = await postVideo(ada, "Screens of the player", await makeMp4(6));
  const tall = await postVideo(ada, "Tall", await makeMp4(4, "360x640"));
  await ada.expectOk(ada.api.put(`/api/media/${post.media[0]!.id}/captions/en`, { data: { text: "WEBVTT\n\n00:00.000 --> 00:30.000\nA tone, and colours\n" } }));
  for (const [w, h] of [[390, 844], [1280, 800]] as const) for (const colorScheme of ["light", "dark"] as const) {
    const page = await visit(ada, { viewport: { width: w, height: h }, colorScheme });
    for (const [name, address] of [["wide", `/p/${post.shortcode}`], ["tall", `/p/${tall.shortcode}`], ["feed", "/"]] as const) {
      await page.goto(address);
      await expect.poll(() => page.locator("video").first().evaluate((one: HTMLVideoElement) => one.currentTime), { timeout: 15_000 }).toBeGreaterThan(0.3);
      await page.locator("video").first().hover();
      if (name === "wide") { await page.getByRole("button", { name: "Pause" }).focus(); await page.keyboard.press("c"); await page.waitForTimeout(400); }
      await page.screenshot({ path: `/tmp/vp-screens/${name}-${w}-${colorScheme}.png` });
      if (name === "wide") { await page.keyboard.press("k"); await page.waitForTimeout(300); await page.screenshot({ path: `/tmp/vp-screens/paused-${w}-${colorScheme}.png` }); await page.keyboard.press("c"); }
    }
    await page.close();
  }
});
