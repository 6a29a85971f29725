import type { Page } from "@playwright/test";
import sharp from "sharp";
import { FILTERS } from "../../lib/media/edit/filters";
import { prepareAxe } from "../fixtures/axe";
import type { Person } from "../fixtures/people";
import { chooseOption, composer, postBy } from "../fixtures/screens";
import { makeMp4 } from "../fixtures/videos";
import { expect, photoFile, test } from "../fixtures/test";

/** Soft hues and tones with an edge, as a JPEG of the size of a phone's picture, cheap to make. */
async function softPhoto(width = 2400, height = 1800): Promise<Buffer> {
  const [w, h] = [240, 180];
  const pixels = Buffer.alloc(w * h * 3);
  for (let y = 0, at = 0; y < h; y++) {
    for (let x = 0; x < w; x++, at += 3) {
      pixels[at] = 40 + (170 * x) / w;
      pixels[at + 1] = 60 + (130 * y) / h;
      pixels[at + 2] = x > w / 2 ? 190 - (90 * y) / h : 90 + (60 * y) / h;
    }
  }
  return sharp(pixels, { raw: { width: w, height: h, channels: 3 } }).resize(width, height, { kernel: "cubic" }).jpeg({ quality: 93, chromaSubsampling: "4:4:4" }).toBuffer();
}

const editor = (page: Page) => {
  const dialog = page.getByRole("dialog", { name: /^Edit/ });
  return {
    dialog,
    open: (name = "Edit photo") => page.getByRole("button", { name, exact: true }).click(),
    tab: (name: "Crop" | "Filters" | "Adjust") => dialog.getByRole("tab", { name }).click(),
    picture: dialog.getByRole("img"),
    slider: (name: string) => dialog.getByRole("slider", { name }),
    filter: (name: string) => dialog.getByRole("radio", { name, exact: true }),
    button: (name: string) => dialog.getByRole("button", { name, exact: true }),
    done: () => dialog.getByRole("button", { name: /^(Done|Save)$/ }).click(),
  };
};

/** What is seen on a canvas, once it is drawn exactly. */
async function seen(page: Page, scope: string): Promise<{ data: Buffer; width: number; height: number }> {
  const canvas = page.locator(`${scope} canvas[data-exact=true][role=img]`);
  await expect(canvas).toBeVisible();
  await page.waitForTimeout(300);
  const url = await canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL("image/png"));
  const { data, info } = await sharp(Buffer.from(url.split(",")[1]!, "base64")).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function served(person: Person): Promise<Buffer> {
  const address = async () => (await person.expectOk(person.api.get(`/api/users/${person.id}/posts`))).posts[0];
  await expect.poll(async () => (await address())?.status, { timeout: 20_000 }).toBe("published");
  return (await person.api.get((await address()).media[0].urls["1080"])).body();
}

/** Mean absolute difference of two pictures, of 255. */
async function difference(picture: { data: Buffer; width: number; height: number }, file: Buffer): Promise<number> {
  const { width, height } = await sharp(file).metadata();
  expect(Math.abs(width! / height! - picture.width / picture.height)).toBeLessThan(0.01);
  const same = await sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } }).resize(540, null).raw().toBuffer({ resolveWithObject: true });
  const other = await sharp(file).resize(same.info.width, same.info.height, { fit: "fill" }).removeAlpha().raw().toBuffer();
  return same.data.reduce((sum, value, i) => sum + Math.abs(value - other[i]!), 0) / other.length;
}

test("what one sees in the editor is what is posted", async ({ visit, make }) => {
  test.slow();
  const ada = await make("ada");
  const page = await visit(ada);
  await page.goto("/create");
  const form = composer(page);
  await form.choose([photoFile("soft.jpg", await softPhoto())]);
  const edit = editor(page);
  await edit.open();
  await edit.dialog.getByRole("radio", { name: "4:5" }).check({ force: true });
  await edit.slider("Straighten").fill("-6");
  await edit.button("Turn right").click();
  await edit.button("Mirror").click();
  await edit.tab("Filters");
  await edit.filter("Harbour").check({ force: true });
  await edit.slider("Strength of Harbour").fill("70");
  await edit.tab("Adjust");
  for (const [name, value] of [["Brightness", "20"], ["Contrast", "25"], ["Warmth", "-30"], ["Shadows", "40"], ["Vignette", "60"], ["Sharpen", "50"]] as const) await edit.slider(name).fill(value);
  const inEditor = await seen(page, "[role=dialog]");
  await edit.done();
  const inComposer = await seen(page, "main");
  await form.share.click();
  await expect(page).toHaveURL("/");
  const file = await served(ada);
  expect(await difference(inEditor, file)).toBeLessThan(2);
  expect(await difference(inComposer, file)).toBeLessThan(2);
});

test("every filter, in the browser and on the server @desktop", async ({ visit, make }) => {
  test.slow();
  const ada = await make("ada");
  const page = await visit(ada);
  await page.goto("/create");
  const looks = [...FILTERS, "grain"];
  await composer(page).choose(await Promise.all(looks.map(async (name) => photoFile(`${name}.jpg`, await softPhoto(1200, 900)))));
  const pictures = [];
  for (const [index, name] of looks.entries()) {
    await composer(page).thumb(index + 1, looks.length).click();
    const edit = editor(page);
    await edit.open(`Edit photo ${index + 1}`);
    if (name === "grain") {
      await edit.tab("Adjust");
      await edit.slider("Grain").fill("30");
    } else {
      await edit.tab("Filters");
      await edit.filter(name[0]!.toUpperCase() + name.slice(1)).check({ force: true });
    }
    pictures.push(await seen(page, "[role=dialog]"));
    await edit.done();
  }
  await composer(page).share.click();
  await expect(page).toHaveURL("/");
  await served(ada);
  const [post] = (await ada.expectOk(ada.api.get(`/api/users/${ada.id}/posts`))).posts;
  for (const [index, picture] of pictures.entries()) {
    const file = await (await ada.api.get(post.media[index].urls["1080"])).body();
    expect([looks[index], (await difference(picture, file)) < 2]).toEqual([looks[index], true]);
  }
});

test("by keyboard alone: crop, filter, adjust, compare, undo, and the edit outlives a reload @desktop", async ({ visit, make }) => {
  const page = await visit(await make("ada"));
  await page.goto("/create");
  await composer(page).choose([photoFile("soft.jpg", await softPhoto(1200, 900))]);
  const edit = editor(page);
  await page.getByRole("button", { name: "Edit photo" }).press("Enter");
  await edit.dialog.getByRole("radio", { name: "Original" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(edit.dialog.getByRole("radio", { name: "1:1" })).toBeChecked();
  await expect(edit.dialog.getByText("900 × 900")).toBeVisible();
  await edit.button("Crop").press("-");
  await edit.button("Crop").press("+");
  await edit.button("Crop").press("ArrowLeft");
  await edit.button("Left upper corner").press("Shift+ArrowRight");
  await expect(edit.dialog.getByText("900 × 900")).toHaveCount(0);
  await edit.dialog.getByRole("tab", { name: "Crop" }).press("ArrowRight");
  await expect(edit.dialog.getByRole("tab", { name: "Filters" })).toBeFocused();
  await edit.filter("None").focus();
  await page.keyboard.press("ArrowRight");
  await expect(edit.filter("Dawn")).toBeChecked();
  await edit.slider("Strength of Dawn").press("ArrowLeft");
  await expect(edit.slider("Strength of Dawn")).toHaveValue("99");
  await edit.tab("Adjust");
  await edit.slider("Contrast").press("End");
  const edited = await seen(page, "[role=dialog]");
  const compare = edit.button("Hold to compare");
  await compare.focus();
  await page.keyboard.down("Space");
  await expect(edit.dialog.getByText("As it was")).toBeVisible();
  expect((await seen(page, "[role=dialog]")).data.equals(edited.data)).toBe(false);
  await page.keyboard.up("Space");
  await expect(edit.dialog.getByText("As it was")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(edit.slider("Contrast")).toHaveValue("0");
  await page.keyboard.press("Control+Shift+z");
  await expect(edit.slider("Contrast")).toHaveValue("100");
  expect(await (await prepareAxe(page))({}, "[role=dialog]")).toEqual([]);
  await edit.button("Done").press("Enter");
  await expect(edit.dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Edit photo" })).toBeFocused();
  await page.waitForTimeout(500);
  await page.reload();
  await edit.open();
  await edit.tab("Adjust");
  await expect(edit.slider("Contrast")).toHaveValue("100");
  await edit.button("Reset").click();
  await expect(edit.slider("Contrast")).toHaveValue("0");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await edit.open();
  await edit.tab("Adjust");
  await expect(edit.slider("Contrast")).toHaveValue("100");
});

test("one photo's look for all of them, and touch", async ({ visit, make, isMobile }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.goto("/create");
  const form = composer(page);
  await form.choose([photoFile("a.jpg", await softPhoto(1200, 900)), photoFile("b.jpg", await softPhoto(900, 1200))]);
  const edit = editor(page);
  await form.thumb(1, 2).click();
  await edit.open("Edit photo 1");
  await edit.dialog.getByRole("radio", { name: "1:1" }).check({ force: true });
  const box = (await edit.button("Right lower corner").boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y - 60, { steps: 5 });
  await page.mouse.up();
  await expect(edit.dialog.getByText("900 × 900")).toHaveCount(0);
  await edit.tab("Filters");
  await edit.filter("Slate").check({ force: true });
  await edit.button("Apply to all photos").click();
  if (isMobile) expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  await edit.done();
  await form.share.click();
  await expect(page).toHaveURL("/");
  await served(ada);
  const [post] = (await ada.expectOk(ada.api.get(`/api/users/${ada.id}/posts`))).posts;
  for (const item of post.media) {
    expect(item.width).toBe(item.height);
    const { channels } = await sharp(await (await ada.api.get(item.urls["640"])).body()).stats();
    expect(Math.abs(channels[0]!.mean - channels[2]!.mean)).toBeLessThan(8);
  }
  expect(post.media[1].width).toBe(900);
  expect(post.media[0].width).toBeLessThan(900);
});

test("a photo that is out is edited anew, and the post says so", async ({ visit, make }) => {
  const ada = await make("ada");
  const post = await ada.post("Once more");
  const page = await visit(ada);
  await page.goto("/");
  const card = postBy(page, ada.username);
  const before = (await ada.expectOk(ada.api.get(`/api/posts/${post.id}`))).media[0];
  await chooseOption(card, "Edit photo");
  const edit = editor(page);
  await edit.button("Turn right").click();
  await edit.done();
  await expect.poll(async () => (await ada.expectOk(ada.api.get(`/api/posts/${post.id}`))).media[0].width, { timeout: 20_000 }).toBe(before.height);
  await page.goto(`/p/${post.shortcode}`);
  await expect(page.getByText("Edited", { exact: true }).first()).toBeVisible();
});

test("without graphics it still works, more coarsely @desktop", async ({ visit, make }) => {
  const page = await visit(await make("ada"));
  await page.addInitScript(() => {
    const real = HTMLCanvasElement.prototype.getContext as (kind: string, ...rest: unknown[]) => RenderingContext | null;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) { return kind === "webgl2" ? null : real.call(this, kind, ...rest); } as typeof HTMLCanvasElement.prototype.getContext;
  });
  await page.goto("/create");
  await composer(page).choose([photoFile("soft.jpg", await softPhoto(1200, 900))]);
  const edit = editor(page);
  await edit.open();
  await edit.tab("Filters");
  const before = await seen(page, "[role=dialog]");
  await edit.filter("Slate").check({ force: true });
  const after = await seen(page, "[role=dialog]");
  expect([after.width, after.height]).toEqual([640, 480]);
  expect(after.data.equals(before.data)).toBe(false);
});

test("a video is trimmed, cut square, silenced and given a cover, by keyboard", async ({ visit, make, isMobile }) => {
  test.slow();
  const ada = await make("ada");
  const page = await visit(ada);
  await page.goto("/create");
  const form = composer(page);
  await form.choose([{ name: "clip.mp4", mimeType: "video/mp4", buffer: await makeMp4(5) }]);
  await page.getByRole("button", { name: "Edit video" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Edit video" });
  const slider = (name: string) => dialog.getByRole("slider", { name });
  await expect(slider("Start")).toBeVisible();
  for (let i = 0; i < 10; i++) await slider("Start").press("ArrowRight");
  for (let i = 0; i < 15; i++) await slider("End").press("ArrowLeft");
  await expect(dialog.getByText(/^0:01\.0 – 0:03\.[45]$/)).toBeVisible();
  for (let i = 0; i < 5; i++) await slider("Cover").press("ArrowRight");
  await dialog.getByText("1:1", { exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Crop", exact: true })).toBeVisible();
  await dialog.getByRole("switch", { name: "Without sound" }).press("Space");
  await dialog.getByRole("button", { name: "Play" }).click();
  await dialog.getByRole("button", { name: "Pause" }).click();
  if (!isMobile) expect(await (await prepareAxe(page))({}, "[role=dialog]")).toEqual([]);
  await dialog.getByRole("button", { name: "Done" }).press("Enter");
  await expect(page.getByText("without sound, cropped")).toBeVisible();
  await form.share.click();
  await expect(page).toHaveURL("/");
  const first = async () => (await ada.expectOk(ada.api.get(`/api/users/${ada.id}/posts`))).posts[0];
  await expect.poll(async () => (await first()).status, { timeout: 60_000 }).toBe("published");
  const [item] = (await first()).media;
  expect(item).toMatchObject({ type: "video", width: 360, height: 360 });
  expect(item.duration).toBeGreaterThan(2);
  expect(item.duration).toBeLessThan(3);
});
