import { expect, test } from "../fixtures/test";
import { makeMp4, postVideo, sendVideo } from "../fixtures/videos";

test("a long video tells how far it is and holds up no photo @desktop", async ({ visit, make }) => {
  test.setTimeout(240_000);
  const ada = await make("ada");
  // Takes a machine of two cores more than a minute.
  const long = await sendVideo(ada, "A long one", await makeMp4(2, "1920x1080", { isGrainy: true, rate: 30, times: 40 }));
  const state = async () => (await ada.expectOk(ada.api.get(`/api/posts/${long.id}`))) as { status: string; media: { progress?: number }[] };
  await expect.poll(async () => (await state()).media[0]!.progress ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);

  const took: number[] = [];
  for (let i = 0; i < 3; i++) {
    const began = Date.now();
    await ada.post(`Meanwhile ${i}`);
    took.push(Date.now() - began);
  }
  expect((await state()).status).toBe("processing");
  process.stdout.write(`Photos published beside a transcode in ${took.join(", ")} ms.\n`);
  expect(Math.min(...took)).toBeLessThan(5_000);

  const page = await visit(ada);
  await page.goto(`/p/${long.shortcode}`);
  const bar = page.getByRole("progressbar", { name: "Video" });
  await expect(bar).toBeVisible();
  const percent = async () => Number(await bar.getAttribute("aria-valuenow"));
  const before = await percent();
  await expect.poll(percent, { timeout: 40_000 }).toBeGreaterThan(before);
  await page.close();
  // What is deleted is not made to its end: the next has its turn at once.
  await ada.expectOk(ada.api.delete(`/api/posts/${long.id}`));
  await postVideo(ada, "The next", await makeMp4(2));
});
