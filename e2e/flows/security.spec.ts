import { PASSWORD } from "../fixtures/people";
import { answered } from "../fixtures/problems";
import { logIn } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

/** The policy's directives by name. */
function policyOf(header: string): Record<string, string[]> {
  return Object.fromEntries(header.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]));
}

test("pages carry a strict policy, and every inline script its nonce", async ({ request, make, visit }) => {
  const ada = await make("ada");
  const page = await visit(ada);
  const seen = new Set<string>();
  for (const path of ["/", "/login", "/explore", "/create", `/${ada.username}`, "/settings", "/nobody-is-called-this"]) {
    const answer = await (["/login"].includes(path) ? request : page.request).get(path);
    const policy = policyOf(answer.headers()["content-security-policy"]!);
    const nonce = policy["script-src"]!.find((source) => source.startsWith("'nonce-"))!.slice(7, -1);
    expect(seen.has(nonce), `${path}: the nonce is new`).toBe(false);
    seen.add(nonce);
    expect(policy["script-src"]!.filter((source) => /unsafe|https?:|\*/.test(source)), path).toEqual([]);
    expect(policy["object-src"]).toEqual(["'none'"]);
    expect(policy["base-uri"]).toEqual(["'none'"]);
    expect(policy["frame-ancestors"]).toEqual(["'none'"]);
    const html = await answer.text();
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) expect(tag, path).toContain(`nonce="${nonce}"`);
    expect(html, path).not.toMatch(/<[^>]+\son[a-z]+="/);
  }
});

test("injected scripts do not run", async ({ visit, make, problems }) => {
  problems.allow(/Content Security Policy/);
  const page = await visit(await make("ada"));
  await page.goto("/");
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.harmed = 1">');
    const box = document.createElement("div");
    document.body.append(box);
    box.innerHTML = "<a href='javascript:window.harmed=2' id='bad'>x</a>";
    document.getElementById("bad")!.click();
  });
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => (window as { harmed?: number }).harmed)).toBeUndefined();
});

test("every answer is guarded by its headers", async ({ request }) => {
  for (const path of ["/", "/api/health", "/api/feed", "/manifest.webmanifest", "/storage/x"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["x-frame-options"], path).toBe("DENY");
    expect(headers["referrer-policy"], path).toBe("strict-origin-when-cross-origin");
    expect(headers["permissions-policy"], path).toContain("camera=(self)");
    expect(headers["x-request-id"], path).toBeTruthy();
    expect(headers["x-powered-by"], path).toBeUndefined();
    expect(headers.server, path).toBeUndefined();
  }
});

test("the session's cookie is out of reach of scripts and of other sites", async ({ page, make }) => {
  const ada = await make("ada");
  await page.goto("/login");
  await logIn(page, ada.username);
  await expect(page).toHaveURL("/");
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name.endsWith("heliograph.session"))!;
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  for (const cookie of cookies) if (!/theme/.test(cookie.name)) expect(cookie, cookie.name).toMatchObject({ httpOnly: true });
  expect(await page.evaluate(() => document.cookie)).not.toContain("session");
});

test("log-in leads only to our own pages", async ({ visit, make, problems, baseURL }) => {
  // Some of these are addresses of ours, with nothing there.
  problems.allow(answered(404));
  const ada = await make("ada");
  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/%09/evil.example", "/.//evil.example"]) {
    const page = await visit(null);
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await logIn(page, ada.username);
    await expect(page).not.toHaveURL(/\/login/);
    expect(new URL(page.url()).origin, next).toBe(baseURL);
    await page.context().close();
  }
  const page = await visit(null);
  await page.goto("/login?next=/explore");
  await logIn(page, ada.username);
  await expect(page).toHaveURL("/explore");
});

test("requests of other sites that borrow the cookie are refused", async ({ playwright, baseURL, make }) => {
  const ada = await make("ada");
  const borrowed = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { cookie: `heliograph.session=${ada.token}` } });
  const tries: Record<string, string>[] = [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }, { origin: "null" }, {}];
  for (const headers of tries) {
    const answer = await borrowed.patch("/api/me", { data: { bio: "taken over" }, headers });
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
  }
  expect((await borrowed.get("/api/me")).status()).toBe(200);
  expect((await borrowed.patch("/api/me", { data: { bio: "mine" }, headers: { origin: new URL(baseURL!).origin, "sec-fetch-site": "same-origin" } })).status()).toBe(200);
  // A server action posted from elsewhere.
  const action = await borrowed.post("/settings", { multipart: { bio: "taken over" }, headers: { origin: "https://evil.example", "next-action": "00" } });
  expect(action.status()).toBeGreaterThanOrEqual(400);
  expect((await ada.expectOk(ada.api.get("/api/me"))).bio).toBe("mine");
  await borrowed.dispose();
});

test("nothing gives away whether an account exists", async ({ request, make }) => {
  const ada = await make("ada");
  const wrong = await request.post("/api/auth/login", { data: { login: ada.username, password: `${PASSWORD}x` } });
  const nobody = await request.post("/api/auth/login", { data: { login: "nobody.at.all", password: PASSWORD } });
  expect([wrong.status(), nobody.status()]).toEqual([401, 401]);
  expect((await wrong.json()).error.message).toBe((await nobody.json()).error.message);
});
