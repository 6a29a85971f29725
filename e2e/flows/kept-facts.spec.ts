import sharp from "sharp";
import { makeJpeg } from "../fixtures/photos";
import { chooseOption, postBy, refreshed } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

test("camera and place of a photo are changed after posting, by keyboard", async ({ visit, make }) => {
  const [ada, bob] = [await make("ada"), await make("bob")];
  await bob.follow(ada);
  const exif = { IFD0: { Make: "Heliograph", Model: "Box 1" }, IFD2: { FNumber: "8/1" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1", GPSLongitudeRef: "W", GPSLongitude: "0/1 7/1 0/1" } };
  const bytes = await sharp(await makeJpeg(3, 800, 600)).withExif(exif).jpeg().toBuffer();
  const id = await ada.bring(bytes, "image/jpeg");
  const post = await ada.expectOk(ada.api.post("/api/posts", { data: { media: [{ id, alt: "From a box" }], caption: "Through a pinhole" } }));
  await expect.poll(async () => (await ada.expectOk(ada.api.get(`/api/posts/${post.id}`))).status, { timeout: 20_000 }).toBe("published");
  const cameraFor = async (person: typeof ada) => (await person.expectOk(person.api.get(`/api/posts/${post.id}`))).media[0].camera?.name ?? null;
  expect(await cameraFor(bob)).toBeNull();

  const page = await visit(ada);
  await page.goto(`/p/${post.shortcode}`);
  await chooseOption(postBy(page, ada.username), "Edit post");
  const dialog = page.getByRole("dialog", { name: "Edit post" });
  const [camera, place] = [dialog.getByRole("switch", { name: "Show camera details" }), dialog.getByRole("switch", { name: "Keep where it was taken" })];
  await expect(camera).not.toBeChecked();
  await expect(place).not.toBeChecked();
  for (const one of [camera, place]) {
    await one.focus();
    await page.keyboard.press("Space");
    await expect(one).toBeChecked();
  }
  await refreshed(page, () => dialog.getByRole("button", { name: "Save" }).click());
  await expect(dialog).toBeHidden();
  expect(await cameraFor(bob)).toBe("Heliograph Box 1");
  const kept = async () => (await ada.expectOk(ada.api.get(`/api/media/${id}/receipt`))).kept;
  await expect.poll(async () => (await kept()).place, { timeout: 20_000 }).toEqual({ latitude: 51.5, longitude: -0.116667 });

  await chooseOption(postBy(page, ada.username), "Edit post");
  await expect(camera).toBeChecked();
  await place.click();
  await camera.click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  expect(await cameraFor(bob)).toBeNull();
  expect(await kept()).toMatchObject({ keeps_place: false, place: null, is_shown: false });
});
