import sharp from "sharp";
import { expect, test } from "../fixtures/test";

test("the app can be installed", async ({ page, request }) => {
  await page.goto("/login");
  const address = await page.locator('link[rel="manifest"]').getAttribute("href");
  const answer = await request.get(address!);
  expect(answer.headers()["content-type"]).toMatch(/application\/manifest\+json/);
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ name: "Heliograph", start_url: "/", display: "standalone", scope: "/" });
  expect(manifest.icons.some(({ purpose }: { purpose: string }) => purpose === "maskable")).toBe(true);
  for (const size of ["192x192", "512x512"]) expect(manifest.icons.some(({ sizes, purpose }: { sizes: string; purpose: string }) => sizes === size && purpose === "any")).toBe(true);
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await request.get(src);
    expect(icon.status(), src).toBe(200);
    expect(icon.headers()["content-type"], src).toContain(type);
    const { width, height } = await sharp(await icon.body()).metadata();
    if (sizes !== "any") expect(`${width}x${height}`, src).toBe(sizes);
  }
  for (const { url } of manifest.shortcuts) expect((await request.get(url)).status(), url).toBe(200);
  // What the browser itself says of it.
  const session = await page.context().newCDPSession(page);
  const { errors } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
});

test("bars take the page's colour, and phones an icon of their own", async ({ page, request }) => {
  await page.goto("/login");
  const colours = await page.locator('meta[name="theme-color"]').evaluateAll((tags) => tags.map((tag) => [tag.getAttribute("media"), tag.getAttribute("content")]));
  const paper = (scheme: "light" | "dark") => page.emulateMedia({ colorScheme: scheme }).then(() => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor));
  const hex = (rgb: string) => `#${rgb.match(/\d+/g)!.slice(0, 3).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
  expect(colours).toEqual([["(prefers-color-scheme: light)", hex(await paper("light"))], ["(prefers-color-scheme: dark)", hex(await paper("dark"))]]);
  const apple = await page.locator('link[rel="apple-touch-icon"]').getAttribute("href");
  expect((await request.get(apple!)).headers()["content-type"]).toBe("image/png");
});
