import { readFile } from "node:fs/promises";
import { prepareAxe } from "../fixtures/axe";
import { makeJpeg } from "../fixtures/photos";
import { composer, postBy } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";

const small = (seed: number) => makeJpeg(seed, 640, 480);

test("photos are put in order, cropped and described, by keyboard alone", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.goto("/create");
  const form = composer(page);
  await form.choose([photoFile("a.jpg", await small(1)), photoFile("b.jpg", await small(2)), photoFile("c.jpg", await small(3))]);
  await expect(form.thumb(3, 3)).toBeVisible();

  await form.thumb(1, 3).focus();
  await page.keyboard.press("Enter");
  await form.alt.fill("first");
  await form.thumb(3, 3).focus();
  await page.keyboard.press("Enter");
  await form.alt.fill("third");

  // The third becomes the second, then by the buttons the first.
  await form.thumb(3, 3).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("At place 3 of 3.")).toBeAttached();
  // The rectangles are measured a moment after the photo is lifted.
  await page.waitForTimeout(300);
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByText("At place 2 of 3.")).toBeAttached();
  await page.keyboard.press("Space");
  await expect(page.getByText("Photo 2 of 3", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Move earlier" }).press("Enter");
  await expect(page.getByText("Photo 1 of 3", { exact: true })).toBeVisible();
  await expect(form.alt).toHaveValue("third");

  await page.getByRole("button", { name: "Edit photo 1" }).press("Enter");
  await page.getByRole("radio", { name: "Original" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "1:1" })).toBeChecked();
  await page.getByRole("button", { name: "Done" }).press("Enter");
  await form.caption.fill("In order");
  await form.share.press("Enter");
  await expect(page).toHaveURL("/");
  await expect(postBy(page, ada.username).getByRole("img", { name: "third" })).toBeVisible({ timeout: 20_000 });

  const [post] = (await ada.expectOk(ada.api.get(`/api/users/${ada.id}/posts`))).posts;
  expect(post.media.map(({ alt }: { alt: string }) => alt)).toEqual(["third", "first", ""]);
  expect(post.media[0].width).toBe(post.media[0].height);
  expect([post.media[1].width, post.media[1].height]).toEqual([640, 480]);
});

test("what can't be posted is refused with its reason, and the rest is taken", async ({ visit, make }) => {
  const page = await visit(await make("ada"));
  await page.goto("/create");
  const jpeg = await small(1);
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: "application/octet-stream", buffer });
  await composer(page).choose([
    file("drawing.svg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')),
    file("huge.jpg", Buffer.concat([jpeg, Buffer.alloc(40 * 1024 * 1024)])),
    file(`broken_${"with_a_name_that_has_no_spaces_".repeat(4)}.jpg`, jpeg.subarray(0, 200)),
    file("clip.avi", Buffer.from("RIFF\0\0\0\0AVI LIST")),
    file("notes.png", Buffer.from("just words")),
    file("empty.jpg", Buffer.alloc(0)),
    photoFile("good.jpg", jpeg),
  ]);
  const alert = page.getByRole("alert").filter({ hasText: "6 files were not added" });
  for (const [name, reason] of [["drawing.svg", "SVG"], ["huge.jpg", "30 MB"], ["broken_", "damaged"], ["clip.avi", "Videos of this type"], ["notes.png", "not a photo"], ["empty.jpg", "empty"]] as const) {
    await expect(alert.getByRole("listitem").filter({ hasText: name })).toContainText(reason);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), "long names are broken").toBeLessThanOrEqual(0);
  await expect(page.getByText("The photo has arrived.")).toBeVisible();
});

test("a phone's HEIC photo is posted, and one that only says so is named before it is sent", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.goto("/create");
  const form = composer(page);
  const heic = (name: string, buffer: Buffer) => ({ name, mimeType: "image/heic", buffer });
  const fake = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic"), Buffer.alloc(500)]);
  await form.choose([heic("IMG_1.HEIC", await readFile("lib/media/fixtures/phone-grid-turned.heic")), heic("IMG_2.HEIC", fake)]);
  await expect(page.getByRole("alert").getByRole("listitem").filter({ hasText: "IMG_2.HEIC" })).toContainText("damaged or incomplete");
  await expect(page.getByText("this browser can’t show photos of this type")).toBeVisible();
  await form.alt.fill("As the phone took it");
  await form.share.click();
  await expect(page).toHaveURL("/");
  await expect(postBy(page, ada.username).getByRole("img", { name: "As the phone took it" })).toBeVisible({ timeout: 20_000 });
});

test("tags and people are offered as one types", async ({ visit, make }) => {
  const ada = await make("ada");
  const bo = await make("bo");
  const page = await visit(ada);
  await page.goto("/create");
  const form = composer(page);
  await form.choose([photoFile("a.jpg", await small(1))]);
  await form.caption.pressSequentially(`With @${bo.username.slice(0, -1)}`);
  const option = page.getByRole("option", { name: new RegExp(bo.username) });
  await expect(option).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(form.caption).toHaveValue(`With @${bo.username} `);
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await form.caption.pressSequentially(`and @${bo.username.slice(0, -1)}`);
  await expect(option).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox")).toHaveCount(0);
});

test("photos are dropped and pasted @desktop", async ({ visit, make }) => {
  const page = await visit(await make("ada"));
  await page.goto("/create");
  await expect(page.getByText("Share what you saw")).toBeVisible();
  const bytes = [...(await small(1))];
  const send = (kind: "drop" | "paste") =>
    page.evaluate(([name, data]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(data as number[])], `${name}.jpg`, { type: "image/jpeg" }));
      const event = name === "drop" ? new DragEvent("drop", { dataTransfer: transfer, bubbles: true }) : new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true });
      document.body.dispatchEvent(event);
    }, [kind, bytes] as const);
  await send("drop");
  await expect(composer(page).thumb(1, 1)).toBeVisible();
  await send("paste");
  await expect(composer(page).thumb(2, 2)).toBeVisible();
});

test("twenty photos, a long caption from right to left, and no twenty-first", async ({ visit, make }) => {
  test.slow();
  const page = await visit(await make("ada"));
  await page.goto("/create");
  const form = composer(page);
  const files = await Promise.all(Array.from({ length: 21 }, async (_, i) => photoFile(`p${i}.jpg`, await makeJpeg(i, 320, 240))));
  await form.choose(files);
  await expect(page.getByText("A post can have at most 20 photos and videos.")).toBeVisible({ timeout: 30_000 });
  await expect(form.arrived).toBeVisible({ timeout: 30_000 });
  await form.caption.fill(`${"مساء الخير ".repeat(200)}${"!".repeat(50)}`);
  await expect(page.getByText(/characters too long/)).toBeVisible();
  await expect(form.share).toBeDisabled();
  await form.caption.fill("مساء الخير");
  await expect(form.share).toBeEnabled();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  expect(await (await prepareAxe(page))()).toEqual([]);
});
