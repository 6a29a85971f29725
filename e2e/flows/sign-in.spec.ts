import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { mailedLink, mailsTo } from "../fixtures/mail";
import { PASSWORD, uniqueName } from "../fixtures/people";
import { logIn, nav, signUp, submit } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

const FRESH = "another-lantern-73-quiet";

/** A phone's own passkeys, which say yes at once. */
async function withPasskeys(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { client, authenticatorId };
}

test("an address is confirmed by mail, and a forgotten password chosen anew", async ({ page, visit }) => {
  const username = uniqueName("ada");
  const email = `${username}@example.org`;
  await signUp(page, username, "Ada");
  const reminder = page.getByRole("region", { name: "Confirm your address" });
  await expect(reminder).toContainText(email);
  await submit(page, "Send again");
  await expect(reminder.getByRole("status")).toHaveText(/Sent/);
  const link = await mailedLink(email, "Confirm your address", 1);

  // Opening does nothing yet; whoever has the link presses, signed in or not, with scripts or without.
  const mailProgram = await visit(null, { javaScriptEnabled: false });
  await mailProgram.goto(link);
  await expect(mailProgram.getByText(`Is ${email} yours?`)).toBeVisible();
  await page.goto(link);
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${email} is confirmed.` })).toBeVisible();
  await page.getByRole("link", { name: "Go on" }).click();
  await expect(nav(page)).toBeVisible();
  await expect(reminder).toHaveCount(0);
  await mailProgram.reload();
  await expect(mailProgram.getByText(/nothing to confirm/)).toBeVisible();

  const other = await visit(null, { javaScriptEnabled: false });
  await other.goto("/login");
  await other.getByRole("link", { name: "Forgot your password?" }).click();
  const words: string[] = [];
  for (const login of ["nobody.at.all", username]) {
    await other.getByLabel("Username or e-mail").fill(login);
    await other.getByRole("button", { name: "Send me a link" }).click();
    await expect(other.getByRole("status").filter({ hasText: /If there is such an account/ })).toBeVisible();
    words.push(await other.getByRole("status").innerText());
  }
  expect(words[0]).toBe(words[1]);
  await other.goto(await mailedLink(email, "Choose a new password"));
  await other.getByLabel("New password").fill("password1");
  await other.getByRole("button", { name: "Set new password" }).click();
  await expect(other.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
  await other.getByLabel("New password").fill(FRESH);
  await other.getByRole("button", { name: "Set new password" }).click();
  await expect(nav(other)).toBeVisible();
  await page.goto("/saved");
  await expect(page).toHaveURL(/\/login/);
  await logIn(page, username, FRESH);
  await expect(page).toHaveURL("/saved");
});

test("a new device is told, and “This wasn’t me” throws it out", async ({ visit, make }) => {
  const ada = await make("ada");
  const thief = await visit(null);
  await thief.goto("/login");
  await logIn(thief, ada.username);
  await expect(nav(thief)).toBeVisible();
  const link = await mailedLink(ada.email, "New sign-in");
  expect(mailsTo(ada.email).find(({ subject }) => subject === "New sign-in")!.text).toContain("Chrome on");
  // The same browser again is not news. No page is open that would ask for its events meanwhile.
  await thief.goto("about:blank");
  await thief.context().clearCookies({ name: "heliograph.session" });
  await thief.goto("/login");
  await logIn(thief, ada.username);
  await expect(nav(thief)).toBeVisible();

  const adas = await visit(null);
  await adas.goto(link);
  await adas.getByRole("button", { name: /It wasn’t me/ }).click();
  await expect(adas.getByRole("heading", { name: "A new password" })).toBeVisible();
  await thief.goto("/saved");
  await expect(thief).toHaveURL(/\/login/);
  await logIn(thief, ada.username);
  await expect(thief.getByRole("alert").filter({ hasText: /not right/ })).toBeVisible();
  await adas.getByLabel("New password").fill(FRESH);
  await adas.getByRole("button", { name: "Set new password" }).click();
  await expect(nav(adas)).toBeVisible();
  // One of the thief's browser, once, and one of ada's own new one.
  await expect.poll(() => mailsTo(ada.email).filter(({ subject }) => subject === "New sign-in").length).toBe(2);
});

test("two-step sign-in is set up, asked for, and turned off", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  await page.goto("/settings/security");
  await page.getByRole("link", { name: "Set up" }).click();
  await page.getByLabel("Your password").fill("wrong-password-1");
  await submit(page, "Go on");
  await expect(page.getByLabel("Your password")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Your password").fill(PASSWORD);
  await submit(page, "Go on");
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = (await page.locator("code").innerText()).replace(/\s/g, "");
  const code = (halfMinutes: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + halfMinutes * 30_000 });
  await page.getByLabel("Code that the app shows now").fill("000000");
  await submit(page, "Turn on");
  await expect(page.getByLabel("Code that the app shows now")).toHaveAccessibleDescription(/not right/);
  await page.getByLabel("Code that the app shows now").fill(code(0));
  await page.getByRole("button", { name: "Turn on" }).click();
  const codes = page.getByRole("region", { name: "Recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  const recovery = await codes.getByRole("listitem").first().innerText();
  const [download] = await Promise.all([page.waitForEvent("download"), codes.getByRole("link", { name: "Download" }).click()]);
  expect(readFileSync(await download.path(), "utf8")).toContain(recovery);
  await page.reload();
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();
  await expect(codes).toHaveCount(0);

  const phone = await visit(null);
  await phone.goto("/login?next=/saved");
  await logIn(phone, ada.username);
  await expect(phone).toHaveURL(/\/login\/code/);
  await phone.goto("/saved");
  await expect(phone).toHaveURL(/\/login\?/);
  await phone.goto("/login/code?next=/saved");
  await phone.getByLabel("Code").fill("000000");
  await submit(phone, "Log in");
  await expect(phone.getByLabel("Code")).toHaveAccessibleDescription(/not right/);
  await phone.getByLabel("Code").fill(code(1));
  await phone.getByRole("button", { name: "Log in" }).click();
  await expect(phone).toHaveURL("/saved");

  const plain = await visit(null, { javaScriptEnabled: false });
  await plain.goto("/login");
  await logIn(plain, ada.username);
  await plain.getByLabel("Code").fill(recovery.toUpperCase());
  await plain.getByRole("button", { name: "Log in" }).click();
  await expect(nav(plain)).toBeVisible();

  await phone.goto("/settings/security/two-factor");
  await expect(phone.getByText("9 recovery codes are left.")).toBeVisible();
  await submit(phone, "Turn off");
  await expect(phone.getByText("Two-step sign-in is off.")).toBeVisible();
});

test("a passkey opens the account by itself, and proves who one is", async ({ visit, make }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  const { client, authenticatorId } = await withPasskeys(page);
  await page.goto("/settings/security/passkeys");
  await page.getByLabel("Your password").fill(PASSWORD);
  await submit(page, "Go on");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("Passkey added")).toBeVisible();
  const entry = page.getByRole("listitem").filter({ hasText: /Chrome on/ });
  await entry.locator("summary").click();
  await entry.getByLabel("Name").fill("My phone");
  await entry.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "My phone" })).toBeVisible();

  // Whoever has it needs neither name nor password.
  await page.context().clearCookies({ name: "heliograph.session" });
  await client.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false });
  await page.goto("/login?next=/explore");
  await expect(page.getByRole("button", { name: "Use a passkey" })).toBeVisible();
  await client.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: true });
  // The browser's own list may have chosen by then, as it does for a finger that is on the sensor.
  await page.getByRole("button", { name: "Use a passkey" }).click({ timeout: 5_000 }).catch(() => {});
  await expect(page).toHaveURL("/explore");

  // A passkey is proof enough for the dangerous doors.
  const others = await visit(null);
  const { credentials } = await client.send("WebAuthn.getCredentials", { authenticatorId });
  expect(credentials).toHaveLength(1);
  const second = await withPasskeys(others);
  await second.client.send("WebAuthn.addCredential", { authenticatorId: second.authenticatorId, credential: { ...credentials[0]!, signCount: credentials[0]!.signCount + 10 } });
  // A program's token, which proves nothing by itself.
  const again = (await ada.expectOk(ada.api.post("/api/auth/login", { data: { login: ada.username, password: PASSWORD } }))).token;
  await others.context().addCookies([{ name: "heliograph.session", value: again, url: page.url(), httpOnly: true, sameSite: "Lax" }]);
  await others.goto("/settings/security/passkeys");
  await others.getByRole("button", { name: "Use a passkey" }).click();
  await expect(others.getByRole("heading", { name: "Passkeys", level: 2 })).toBeVisible();
  const kept = others.getByRole("listitem").filter({ hasText: "My phone" });
  await kept.locator("summary").click();
  await kept.getByRole("button", { name: "Remove" }).click();
  await expect(others.getByText("You have no passkey yet.")).toBeVisible();
});
