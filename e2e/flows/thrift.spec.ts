import { uniqueName } from "../fixtures/people";
import { makeJpeg } from "../fixtures/photos";
import { expect, test } from "../fixtures/test";

test("who saves data or has a slow connection gets smaller pictures @desktop", async ({ visit, make }) => {
  // The lighter formats are made in spare time, of which a machine that runs many browsers has little.
  test.setTimeout(240_000);
  const ada = await make("ada");
  const form = new FormData();
  form.append("image", new File([new Uint8Array(await makeJpeg(7, 2400, 1800))], "wide.jpg", { type: "image/jpeg" }));
  form.append("caption", uniqueName("wide"));
  const { id, shortcode } = await ada.expectOk(ada.api.post("/api/posts", { multipart: form }));
  const read = async () => ada.expectOk(ada.api.get(`/api/posts/${id}`));
  await expect.poll(async () => (await read()).media[0].sources.length, { timeout: 200_000 }).toBe(3);
  const version = new URL((await read()).image_url, "http://x").pathname.split("/").slice(0, 4).join("/");

  /** Which files of the post a sharp screen fetches, on its own page and in the profile's grid. */
  async function fetched(headers: Record<string, string>): Promise<string[]> {
    const page = await visit(ada, { deviceScaleFactor: 3, extraHTTPHeaders: headers });
    const names: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith(version)) names.push(pathname.slice(version.length + 1));
    });
    for (const address of [`/p/${shortcode}`, `/${ada.username}`]) {
      await page.goto(address);
      await expect.poll(() => page.locator("main picture img").first().evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0)).toBe(true);
    }
    await page.context().close();
    return names;
  }
  expect(await fetched({})).toEqual(["1440.avif", "1440.avif"]);
  expect(await fetched({ "save-data": "on" })).toEqual(["640.avif", "320.avif"]);
  expect(await fetched({ ect: "2g" })).toEqual(["640.avif", "320.avif"]);
  expect(await fetched({ ect: "3g" })).toEqual(["1080.avif", "640.avif"]);

  // The address is the same for all: what a picture is, its address alone says, and caches may keep it.
  const page = await visit(ada);
  expect((await page.goto("/"))!.headers()["accept-ch"]).toBe("ECT");
});
