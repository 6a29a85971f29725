import type { Page } from "@playwright/test";
import sharp from "sharp";
import { makeJpeg } from "../fixtures/photos";
import { composer } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";

/** What the page asked of the graphics since the last look. */
type Seen = { draws: number; pixels: number; pictures: number; tables: number; tableBytes: number; largeTables: number; reads: number; graphicsMs: number };

/** Counts what the editor asks of WebGL, and how long it waits for it. */
function watchGraphics() {
  const seen = { draws: 0, pixels: 0, pictures: 0, tables: 0, tableBytes: 0, largeTables: 0, reads: 0, graphicsMs: 0 };
  Object.assign(window, { graphics: seen });
  const watch = <Self extends object>(prototype: Self, name: string, note: (self: Self, args: unknown[]) => void) => {
    const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
    const original = methods[name]!;
    methods[name] = function (this: Self, ...args: unknown[]) {
      const start = performance.now();
      try {
        return original.apply(this, args);
      } finally {
        seen.graphicsMs += performance.now() - start;
        note(this, args);
      }
    };
  };
  const gl = WebGL2RenderingContext.prototype;
  for (const name of ["drawArrays", "drawElements"]) watch(gl, name, (self) => ((seen.draws += 1), (seen.pixels += self.drawingBufferWidth * self.drawingBufferHeight)));
  watch(gl, "texImage2D", () => void (seen.pictures += 1));
  watch(gl, "texImage3D", (_self, args) => {
    const { byteLength } = args.at(-1) as ArrayBufferView;
    seen.tables += 1;
    seen.tableBytes += byteLength;
    if (byteLength > 100_000) seen.largeTables += 1;
  });
  watch(gl, "readPixels", () => void (seen.reads += 1));
  watch(CanvasRenderingContext2D.prototype, "getImageData", () => void (seen.reads += 1));
  watch(CanvasRenderingContext2D.prototype, "drawImage", () => {});
}

const look = (page: Page) => page.evaluate(() => ({ ...(window as unknown as { graphics: Seen }).graphics }));
const since = (before: Seen, after: Seen) => Object.fromEntries(Object.entries(after).map(([key, value]) => [key, value - before[key as keyof Seen]])) as Seen;

const MOVES = 30;

test("a frame while a slider moves: one draw at the preview's size, a small table, little work @phone", async ({ visit, make }) => {
  test.slow();
  const page = await visit(await make("ada"));
  await page.addInitScript(watchGraphics);
  await page.goto("/create");
  await composer(page).choose([photoFile("large.jpg", await makeJpeg(5, 4000, 3000))]);
  await page.getByRole("button", { name: "Edit photo", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Edit/ });
  await dialog.getByRole("tab", { name: "Adjust" }).click();
  const canvas = dialog.locator("canvas[role=img]");
  await expect(canvas).toHaveAttribute("data-exact", "true");
  const preview = await canvas.evaluate((element: HTMLCanvasElement) => element.width * element.height);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const spent = async () => Object.fromEntries((await devtools.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  for (const [slowdown, name] of [[1, "Warmth"], [6, "Contrast"], [4, "Sharpen"]] as const) {
    const slider = dialog.getByRole("slider", { name });
    await slider.scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    const [before, started] = [await look(page), await spent()];
    // One step in each frame, as a finger on the slider makes them. A machine that pauses in between lets the picture come to rest, once for each pause.
    const { took, pauses } = await slider.evaluate(async (input: HTMLInputElement, moves) => {
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!;
      const start = performance.now();
      let [last, pauses] = [start, 0];
      for (let i = 1; i <= moves; i++) {
        set.call(input, String(i));
        input.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((next) => requestAnimationFrame(next));
        if (performance.now() - last > 100) pauses += 1;
        last = performance.now();
      }
      return { took: last - start, pauses };
    }, MOVES);
    const [drawn, ended] = [since(before, await look(page)), await spent()];
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const ms = (key: string) => ((ended[key]! - started[key]!) * 1000) / drawn.draws;
    const script = ms("ScriptDuration") - drawn.graphicsMs / drawn.draws;
    const kilobytes = drawn.tables && Math.round(drawn.tableBytes / drawn.tables / 1000);
    process.stdout.write(`Editor, ${name.toLowerCase()}, processor slowed ${slowdown}×: ${drawn.draws} frames of ${(drawn.pixels / drawn.draws / 1e6).toFixed(2)} megapixels, ${(took / MOVES).toFixed(1)} ms each with graphics in software; script ${script.toFixed(2)} ms, style and layout ${(ms("RecalcStyleDuration") + ms("LayoutDuration")).toFixed(2)} ms, waiting for graphics ${(drawn.graphicsMs / drawn.draws).toFixed(2)} ms; tables of ${kilobytes} kB: ${drawn.tables}.\n`);
    expect(drawn.draws).toBeGreaterThan(MOVES / 2);
    expect(drawn.draws).toBeLessThanOrEqual(MOVES + 1 + pauses);
    expect(drawn.pixels / drawn.draws).toBeLessThanOrEqual(preview);
    // The picture stays where it is; the table is new where colours change, and the effects are numbers.
    expect([drawn.pictures, drawn.reads]).toEqual([0, 0]);
    expect(drawn.tables).toBeLessThanOrEqual(name === "Sharpen" ? 1 : drawn.draws);
    // A picture that has come to rest is drawn with a fine one.
    expect(drawn.largeTables).toBeLessThanOrEqual(1 + pauses);
  }
});

test("a photo of 100 megapixels is opened without decoding it whole @desktop", async ({ visit, make }) => {
  test.slow();
  const page = await visit(await make("ada"));
  await page.addInitScript(() => {
    const sizes: number[] = [];
    Object.assign(window, { decoded: sizes });
    const decode = ImageDecoder.prototype.decode;
    ImageDecoder.prototype.decode = async function (options) {
      const result = await decode.call(this, options);
      sizes.push(result.image.codedWidth * result.image.codedHeight);
      return result;
    };
    HTMLImageElement.prototype.decode = () => Promise.reject(new Error("would be decoded whole"));
  });
  await page.goto("/create");
  const file = await sharp(await makeJpeg(3, 1500, 1040)).resize(12_000, 8_320, { kernel: "linear" }).jpeg({ quality: 80 }).toBuffer();
  await composer(page).choose([photoFile("huge.jpg", file)]);
  await page.getByRole("button", { name: "Edit photo", exact: true }).click();
  const canvas = page.getByRole("dialog", { name: /^Edit/ }).locator("canvas[role=img][data-exact=true]");
  await expect(canvas).toBeVisible();
  const decoded = await page.evaluate(() => (window as unknown as { decoded: number[] }).decoded);
  expect(decoded.length).toBeGreaterThan(0);
  for (const pixels of decoded) expect(pixels).toBeLessThan(10_000_000);
});
