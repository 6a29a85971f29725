import type { Page, Route } from "@playwright/test";
import type { Person } from "../fixtures/people";
import { makeJpeg } from "../fixtures/photos";
import { composer, postBy } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";
import { answered, LOST } from "../fixtures/problems";

const CAPTION = "Kept through everything";
const ALT = "Waves breaking over the mole";

/** A draft of two photos with words, on its way or not. */
async function begin(page: Page) {
  await page.goto("/create");
  const form = composer(page);
  await form.choose([photoFile("a.jpg", await makeJpeg(1, 900, 700)), photoFile("b.jpg", await makeJpeg(2, 700, 900))]);
  await expect(form.thumb(2, 2)).toBeVisible();
  await form.alt.fill(ALT);
  await form.caption.fill(CAPTION);
  await page.getByLabel("Place", { exact: true }).fill("Bergen");
  await page.getByLabel("Allow comments").uncheck();
}

async function expectDraft(page: Page) {
  const form = composer(page);
  await expect(form.thumb(2, 2)).toBeVisible();
  await expect(form.caption).toHaveValue(CAPTION);
  await expect(form.alt).toHaveValue(ALT);
  await expect(page.getByLabel("Place", { exact: true })).toHaveValue("Bergen");
  await expect(page.getByLabel("Allow comments")).not.toBeChecked();
}

/** Once, whole, and nothing of it left behind in the composer. */
async function expectPostedOnce(page: Page, ada: Person) {
  await expect(page).toHaveURL("/", { timeout: 20_000 });
  await expect(postBy(page, ada.username)).toHaveCount(1);
  const { posts } = await ada.expectOk(ada.api.get(`/api/users/${ada.id}/posts`));
  expect(posts).toHaveLength(1);
  expect(posts[0]).toMatchObject({ caption: CAPTION, comments_enabled: false, location: { name: "Bergen" } });
  expect(posts[0].media.map(({ alt }: { alt: string }) => alt)).toEqual([ALT, ""]);
  await page.goto("/create");
  await expect(page.getByText("Share what you saw")).toBeVisible();
}

/** The server hears the request; the browser never hears the answer. */
const loseAnswer = async (route: Route) => {
  await route.fetch();
  await route.abort("connectionreset");
};

test.beforeEach(({ problems }) => problems.allow(LOST, answered(500), answered(503)));

test("a reload while choosing, before a byte has left", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.route("**/api/uploads", () => {});
  await begin(page);
  await page.reload();
  await expectDraft(page);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.reload();
  await expectDraft(page);
  await composer(page).share.click();
  await expectPostedOnce(page, ada);
});

test("a reload while the bytes are on their way @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.route("**/storage/**", () => {});
  await begin(page);
  await expect(page.getByText(/Sending 2 photos/)).toBeVisible();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.reload();
  await expectDraft(page);
  await expect(composer(page).arrived).toBeVisible();
  await composer(page).share.click();
  await expectPostedOnce(page, ada);
});

test("the connection goes while uploading and comes back @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.route("**/storage/**", () => {});
  await begin(page);
  await page.context().setOffline(true);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await expect(page.getByText("You are offline")).toBeVisible();
  // Pressed without a connection: it is remembered.
  await composer(page).share.click();
  await expect(page.getByText("It is shared as soon as you are back online.")).toBeVisible();
  await expectDraft(page);
  await page.context().setOffline(false);
  await expectPostedOnce(page, ada);
});

test("the storage refuses for a while @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.route("**/storage/**", (route) => route.fulfill({ status: 503, body: "full" }));
  await begin(page);
  await expect(page.getByRole("alert").filter({ hasText: "2 photos were not sent" })).toContainText("The storage did not take the file.", { timeout: 20_000 });
  await expect(composer(page).share).toBeDisabled();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again", exact: true }).click();
  await expect(composer(page).arrived).toBeVisible();
  await expectDraft(page);
  await composer(page).share.click();
  await expectPostedOnce(page, ada);
});

test("a phone that slept while sending goes on by itself when it is looked at", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.route("**/storage/**", (route) => route.abort("connectionreset"));
  await begin(page);
  await expect(page.getByRole("alert").filter({ hasText: "2 photos were not sent" })).toBeVisible({ timeout: 20_000 });
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(composer(page).arrived).toBeVisible();
  await composer(page).share.click();
  await expectPostedOnce(page, ada);
});

test("the answer that a photo has arrived is lost @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  let sent = 0;
  let lost = 0;
  await page.route("**/storage/**", (route) => (sent++, route.continue()));
  await page.route("**/api/uploads/*/complete", (route) => (lost++ < 2 ? loseAnswer(route) : route.continue()));
  await begin(page);
  await expect(composer(page).arrived).toBeVisible({ timeout: 15_000 });
  expect(sent, "bytes that have arrived are not sent twice").toBe(2);
  await composer(page).share.click();
  await expectPostedOnce(page, ada);
});

test("sending is stopped by hand and goes on by hand @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.route("**/storage/**", () => {});
  await begin(page);
  for (const place of [1, 2]) await page.getByRole("button", { name: `Stop sending Photo ${place} of 2` }).click();
  await expect(page.getByText("Sending was stopped.")).toBeVisible();
  await expect(composer(page).share).toBeDisabled();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  for (const place of [1, 2]) await page.getByRole("button", { name: `Try Photo ${place} of 2 again` }).click();
  await expect(composer(page).arrived).toBeVisible();
  await composer(page).share.click();
  await expectPostedOnce(page, ada);
});

test("Share is pressed, the post is made, and its answer is lost @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await begin(page);
  await expect(composer(page).arrived).toBeVisible();
  await page.route("**/api/posts", loseAnswer);
  await composer(page).share.click();
  await expect(page.getByRole("alert").filter({ hasText: "Not shared yet" })).toContainText("it is posted only once", { timeout: 20_000 });
  await expectDraft(page);
  await page.unrouteAll();
  await composer(page).share.click();
  await expectPostedOnce(page, ada);
});

test("words that were changed after a lost answer are in the post @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await begin(page);
  await composer(page).caption.fill("First wording");
  await expect(composer(page).arrived).toBeVisible();
  await page.route("**/api/posts", loseAnswer);
  await composer(page).share.click();
  await expect(page.getByText("Not shared yet")).toBeVisible({ timeout: 20_000 });
  await page.unrouteAll();
  await composer(page).caption.fill(CAPTION);
  await composer(page).share.click();
  await expectPostedOnce(page, ada);
});

test("a reload between Share and its answer @desktop", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await begin(page);
  await expect(composer(page).arrived).toBeVisible();
  let heard = 0;
  // The server hears the first request; nobody hears its answer.
  await page.route("**/api/posts", async (route) => (heard === 0 ? (await route.fetch(), void heard++) : route.continue()));
  await composer(page).share.click();
  await expect.poll(() => heard).toBe(1);
  await page.reload();
  // It was wanted, so it goes on by itself and finds that it has happened.
  await expectPostedOnce(page, ada);
});

test("Share is pressed twice, and before the photos have arrived", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.route("**/storage/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await begin(page);
  await composer(page).share.dblclick();
  await expect(page.getByText(/Sharing/)).toBeVisible();
  await expectPostedOnce(page, ada);
});

test("Share goes on while its author looks at another page", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.route("**/storage/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await begin(page);
  await composer(page).share.click();
  await page.getByRole("link", { name: "Search", exact: true }).filter({ visible: true }).click();
  await expect(page).toHaveURL(/\/search/);
  await expect(page.getByText("Your post is on its way.")).toBeVisible({ timeout: 15_000 });
  await page.goto("/");
  await expectPostedOnce(page, ada);
});

test("a draft is its author's own, and is thrown away with a way back", async ({ visit, make, problems }) => {
  // A page that is still open when somebody else's session begins asks for events once more.
  problems.allow(answered(409));
  const ada = await make("ada");
  const bo = await make("bo");
  const page = await visit(ada);
  await begin(page);
  await expect(composer(page).arrived).toBeVisible();
  await bo.enter(page.context(), new URL(page.url()).origin);
  await page.goto("/create");
  await expect(page.getByText("Share what you saw")).toBeVisible();
  await ada.enter(page.context(), new URL(page.url()).origin);
  await page.goto("/create");
  await expectDraft(page);
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("Share what you saw")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expectDraft(page);
  await expect(composer(page).arrived).toBeVisible();
  // It is on the device again, too.
  await page.reload();
  await expectDraft(page);
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("Share what you saw")).toBeVisible();
  // At once, whatever becomes of the page.
  await page.reload();
  await expect(page.getByText("Share what you saw")).toBeVisible();
});
