import { PASSWORD, uniqueName } from "../fixtures/people";
import { makeJpeg } from "../fixtures/photos";
import { logIn, nav, submit } from "../fixtures/screens";
import { expect, photoFile, test } from "../fixtures/test";

test("signing up says at each field what is wrong, and keeps what was typed", async ({ page, make }) => {
  const taken = await make("taken");
  await page.goto("/signup");
  const field = (name: string) => page.getByLabel(name, { exact: name === "Password" });
  const fill = async (username: string, password: string, email = `${uniqueName("new")}@example.org`) => {
    await field("E-mail").fill(email);
    await field("Full name").fill("New Person");
    await field("Username").fill(username);
    await field("Password").fill(password);
    await submit(page, "Sign up");
  };
  const expectError = async (name: string, words: RegExp) => {
    await expect(field(name)).toHaveAttribute("aria-invalid", "true");
    await expect(field(name)).toHaveAccessibleDescription(words);
  };
  await fill(taken.username.toUpperCase(), PASSWORD);
  await expectError("Username", /taken/i);
  await expect(field("Full name")).toHaveValue("New Person");
  await fill("admin", PASSWORD);
  await expectError("Username", /./);
  await fill("аda.lovelace", PASSWORD); // the first letter is Cyrillic
  await expectError("Username", /./);
  await fill(uniqueName("new"), "password1");
  await expectError("Password", /./);
  await fill(uniqueName("new"), PASSWORD, taken.email);
  await expectError("E-mail", /./);
  await fill(uniqueName("new"), PASSWORD);
  await expect(page).toHaveURL("/");
  await expect(nav(page)).toBeVisible();
});

test("logging in refuses with the same words, and logging out ends it", async ({ page, make }) => {
  const ada = await make("ada");
  await page.goto("/settings/security");
  await expect(page).toHaveURL(/\/login\?next=/);
  const words: string[] = [];
  for (const login of [ada.username, "nobody.at.all"]) {
    await logIn(page, login, "not-the-password-9");
    await expect(page.getByRole("alert").filter({ hasText: /\w/ })).toBeVisible();
    words.push(await page.getByRole("alert").filter({ hasText: /\w/ }).innerText());
    await expect(page.getByLabel("Username or e-mail")).toHaveValue(login);
  }
  expect(words[0]).toBe(words[1]);
  await logIn(page, ada.email.toUpperCase());
  await expect(page).toHaveURL("/settings");
  await expect(nav(page)).toBeVisible();

  const logOut = page.getByRole("button", { name: "Log out" }).filter({ visible: true });
  if (await logOut.count()) await logOut.click();
  else {
    await page.getByRole("banner").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
  }
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("link", { name: "Log in" }).first()).toBeVisible();
  await page.goto("/saved");
  await expect(page).toHaveURL(/\/login/);
});

test("profile, name, links and picture are changed in the settings", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  const renamed = uniqueName("renamed");
  await page.goto("/settings");
  await page.getByLabel("Full name").fill("Ada of the North");
  await page.getByLabel("Username").fill(renamed);
  await page.getByLabel("Bio").fill("Light and water. مرحبا");
  await page.getByLabel("Website").fill("javascript:alert(1)");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByLabel("Website")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Bio")).toHaveValue("Light and water. مرحبا");
  await page.getByLabel("Website").fill("https://example.org/ada");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByRole("status").filter({ hasText: /saved/i })).toBeVisible();

  await page.locator('input[type="file"]').setInputFiles([photoFile("me.jpg", await makeJpeg(3, 900, 600))]);
  const dialog = page.getByRole("dialog", { name: "Your photo" });
  await dialog.getByLabel("Zoom").fill("1.5");
  await dialog.getByRole("button", { name: "Use this photo" }).click();
  await expect(page.getByText("Photo changed")).toBeVisible({ timeout: 20_000 });
  await expect(dialog).toHaveCount(0);

  // The old address leads to the new one.
  await page.goto(`/${ada.username}`);
  await expect(page).toHaveURL(`/${renamed}`);
  await expect(page.getByRole("heading", { name: "Ada of the North" })).toBeVisible();
  await expect(page.getByText("Light and water.")).toBeVisible();
  await expect(page.getByRole("link", { name: /example\.org/ })).toHaveAttribute("rel", /noopener|nofollow|ugc/);
  const picture = page.getByRole("img", { name: /picture/ });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth === image.naturalHeight && image.naturalWidth > 0))).toBe(true);

  await page.goto("/settings/privacy");
  await page.getByRole("switch", { name: "Private account" }).check();
  await page.getByRole("region", { name: "Who sees your photos" }).getByRole("button", { name: "Save" }).click();
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/me"))).is_private).toBe(true);
});

test("what is typed while a form is being sent stays when its answer comes", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.goto("/settings");
  await page.getByLabel("Bio").fill("Sent with the form.");
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/settings", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.locator("button[aria-busy=true]")).toBeVisible();
  await page.getByLabel("Bio").fill("Typed a moment later.");
  answer();
  await expect(page.getByRole("status").filter({ hasText: /saved/i })).toBeVisible();
  await expect(page.getByLabel("Bio")).toHaveValue("Typed a moment later.");
  expect((await ada.expectOk(ada.api.get("/api/me"))).bio).toBe("Sent with the form.");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/me"))).bio).toBe("Typed a moment later.");
});

test("devices are signed out, one and all, and a new password ends the others", async ({ visit, make }) => {
  const ada = await make("ada");
  const [here, there] = [await visit(null), await visit(null)];
  for (const page of [here, there]) {
    await page.goto("/login");
    await logIn(page, ada.username);
    await expect(nav(page)).toBeVisible();
  }
  await here.goto("/settings/security");
  await expect(here.getByText("This device")).toHaveCount(1);
  await here.getByRole("button", { name: "Sign out of all other devices" }).click();
  await expect(here.getByText(/Signed out of 2 other devices/)).toBeVisible();
  await there.goto("/saved");
  await expect(there).toHaveURL(/\/login/);
  expect((await ada.api.get("/api/me")).status()).toBe(401);

  await logIn(there, ada.username);
  await expect(there).toHaveURL("/saved");
  await here.reload();
  await here.getByRole("listitem").filter({ hasNotText: "This device" }).getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(here.getByText("Signed out there.")).toBeVisible();
  await there.goto("/saved");
  await expect(there).toHaveURL(/\/login/);
  await logIn(there, ada.username);
  await expect(there).toHaveURL("/saved");

  await here.getByLabel("Current password").fill("wrong-password-1");
  await here.getByLabel("New password").fill("another-lantern-73-quiet");
  await here.getByRole("button", { name: "Change password" }).click();
  await expect(here.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  await here.getByLabel("Current password").fill(PASSWORD);
  await here.getByLabel("New password").fill("another-lantern-73-quiet");
  await here.getByRole("button", { name: "Change password" }).click();
  await expect(here.getByText("Password changed.")).toBeVisible();
  await there.goto("/saved");
  await expect(there).toHaveURL(/\/login/);
  await here.goto("/saved");
  await expect(here).toHaveURL("/saved");
});

test("signing up and logging in work before any script has run", async ({ visit }) => {
  const page = await visit(null, { javaScriptEnabled: false });
  const username = uniqueName("plain");
  await page.goto("/signup");
  await page.getByLabel("E-mail").fill(`${username}@example.org`);
  await page.getByLabel("Username").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("E-mail")).toHaveValue(`${username}@example.org`);
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(nav(page)).toBeVisible();

  const again = await visit(null, { javaScriptEnabled: false });
  await again.goto("/login?next=/explore");
  await logIn(again, username, "wrong-password-1");
  await expect(again.getByRole("alert").filter({ hasText: /\w/ })).toBeVisible();
  await logIn(again, username);
  await expect(again).toHaveURL("/explore");
});
