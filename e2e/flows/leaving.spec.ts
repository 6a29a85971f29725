import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { mailsTo } from "../fixtures/mail";
import { PASSWORD } from "../fixtures/people";
import { logIn, nav, submit } from "../fixtures/screens";
import { unpack } from "../fixtures/zip";
import { expect, test } from "../fixtures/test";

test("whoever deletes their account is asked before it comes back", async ({ make, visit }) => {
  const [ada, bob] = [await make("ada"), await make("bob")];
  const page = await visit(ada);
  await page.goto("/settings/data");
  await page.getByText("I want to delete my account").click();
  await page.getByLabel("Your password").fill("wrong");
  await submit(page, "Delete my account");
  await expect(page.getByLabel("Your password")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page).toHaveURL("/");
  expect((await bob.api.get(`/api/users/${ada.id}`)).status()).toBe(404);
  await expect.poll(() => mailsTo(ada.email).map(({ subject }) => subject), { timeout: 20_000 }).toContain("Your account will be deleted");

  await page.goto("/login?next=/saved");
  await logIn(page, ada.username);
  await expect(page.getByRole("heading", { name: "You were about to leave" })).toBeVisible();
  await expect(page.getByText(/will be deleted on \d+ \w+ \d{4}/)).toBeVisible();
  // Looking in is not coming back.
  await page.getByRole("button", { name: "No, let it go" }).click();
  await expect(page).toHaveURL("/");
  expect((await bob.api.get(`/api/users/${ada.id}`)).status()).toBe(404);
  await page.goto("/login/keep");
  await expect(page).toHaveURL("/login");
  await page.goto("/login?next=/saved");
  await logIn(page, ada.username);
  await page.getByRole("button", { name: "Keep my account" }).click();
  await expect(page).toHaveURL("/saved");
  await expect(nav(page)).toBeVisible();
  expect((await bob.api.get(`/api/users/${ada.id}`)).status()).toBe(200);
});

test("a break ends with logging in", async ({ make, visit }) => {
  const [ada, bob] = [await make("ada"), await make("bob")];
  const page = await visit(ada);
  await page.goto("/settings/data");
  await page.getByText("I want to take a break").click();
  await page.getByLabel("Password for the break").fill(PASSWORD);
  await page.getByRole("button", { name: "Hide my account" }).click();
  await expect(page).toHaveURL("/");
  expect((await bob.api.get(`/api/users/${ada.id}`)).status()).toBe(404);
  await page.goto("/login");
  await logIn(page, ada.username);
  await expect(nav(page)).toBeVisible();
  expect((await bob.api.get(`/api/users/${ada.id}`)).status()).toBe(200);
});

test("everything is packed, downloaded, and read without a server", async ({ make, visit, baseURL }) => {
  const [ada, bob] = [await make("ada"), await make("bob")];
  const post = await ada.post("Harbour at noon", { photos: 2 });
  await bob.expectOk(bob.api.post(`/api/posts/${post.id}/comments`, { data: { content: "So still" } }));
  const page = await visit(ada);
  await page.goto("/settings/data");
  await page.getByLabel("Password for the download").fill(PASSWORD);
  await page.getByRole("button", { name: "Pack my data" }).click();
  await expect(page.getByText("Your data is ready")).toBeVisible({ timeout: 30_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).click()]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^heliograph-${ada.username}-.*\\.zip$`));
  expect(readFileSync(await download.path()).subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  const { exports } = await ada.expectOk(ada.api.get("/api/me/exports"));
  expect((await bob.api.get(`/api/me/exports/${exports[0].id}/download`)).status()).toBe(404);
  await expect.poll(() => mailsTo(ada.email).map(({ subject }) => subject), { timeout: 20_000 }).toContain("Your data is ready");

  // Where nobody has proved it lately, it is asked for first, also by an address that was kept.
  const { token } = await ada.expectOk(ada.api.post("/api/auth/login", { data: { login: ada.username, password: PASSWORD } }));
  const other = await visit(null);
  await other.context().addCookies([{ name: "heliograph.session", value: token, url: baseURL!, httpOnly: true, sameSite: "Lax" }]);
  await other.goto(`/api/me/exports/${exports[0].id}/download`);
  await expect(other).toHaveURL("/settings/data");
  await expect(other.getByRole("link", { name: "Download" })).toHaveCount(0);
  await other.getByLabel("Password for the download").fill(PASSWORD);
  await other.getByRole("button", { name: "Go on" }).click();
  await expect(other.getByRole("link", { name: "Download" })).toBeVisible();

  // Unpacked, its pages and pictures are read from the disk.
  const folder = mkdtempSync(path.join(tmpdir(), "heliograph-unpacked-"));
  try {
    await unpack(await download.path(), folder);
    const offline = await visit(null, { offline: true });
    const asked: string[] = [];
    offline.on("request", (request) => void (request.url().startsWith("file:") || request.url().startsWith("data:") || asked.push(request.url())));
    const loaded = () => offline.locator("img").evaluateAll((images) => images.map((image) => (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth > 0));
    await offline.goto(pathToFileURL(path.join(folder, "index.html")).href);
    await expect(offline.getByText(ada.username).first()).toBeVisible();
    await expect.poll(loaded).toEqual([true, true]);
    await offline.locator("a[href^='posts/']").first().click();
    await expect(offline).toHaveURL(/^file:.*\/posts\/\d{4}-\d{2}\.html/);
    await expect(offline.getByText("Harbour at noon")).toBeVisible();
    await offline.locator("img").last().scrollIntoViewIfNeeded();
    await expect.poll(loaded).toEqual([true, true]);
    expect(asked).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
