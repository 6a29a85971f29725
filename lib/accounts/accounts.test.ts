import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { signToken } from "@/lib/platform/viewer/token";
import { viewerOfToken } from "@/lib/platform/viewer/bearer";
import { failure } from "@/lib/testing/failure";
import { registerSchema } from "./schemas";
import { returnToAccount } from "./return";
import { authenticate, changePassword, deleteAccount, register } from "./service";
import { endSession, endSessions, issueToken, listDevices } from "./sessions";

const GOOD = "Sunlit-Harbour-42";
let serial = 0;
const from = () => ({ address: `10.0.0.${serial++}`, kind: "api" as const, device: "Test" });
const person = (username: string, more: object = {}) => registerSchema.parse({ username, email: `${username}@example.org`, password: GOOD, ...more });
const viewerOf = async (token: string) => (await viewerOfToken(token))!;

beforeAll(() => {
  process.env.LIMIT_LOGIN_PER_MINUTE = "1000";
  process.env.LIMIT_SIGNUP_PER_HOUR = "1000";
});

describe("signing up", () => {
  it("makes exactly the first person administrator, however many come first at once", async () => {
    const people = await Promise.all(Array.from({ length: 8 }, (_, i) => register(person(`pioneer${"abcdefgh"[i]}`), from())));
    const roles = await db().execute<{ role: string }>(sql`select role from users where id in (${sql.join(people.map((p) => sql`${p.userId}::bigint`), sql`, `)})`);
    expect([...roles].filter((row) => row.role === "administrator")).toHaveLength(1);
  });

  it("gives a name and an address to one of two who want them at once", async () => {
    const outcomes = await Promise.all(["Twin.Name", "twin.name", "twin_name", "tw1n.name"].map((username, i) => failure(register(person(username, { email: `t${i}@example.org` }), from()))));
    expect(outcomes.filter((o) => o === null)).toHaveLength(1);
    expect(outcomes.filter((o) => o !== null).map((o) => [o.status, Object.keys(o.fields ?? {})])).toEqual(Array.from({ length: 3 }, () => [409, ["username"]]));
    const mails = await Promise.all(["Same@example.org", "same@EXAMPLE.org"].map((email, i) => failure(register(person(`mailer${i}x`, { email }), from()))));
    expect(mails.filter((o) => o === null)).toHaveLength(1);
    expect(mails.find((o) => o)).toMatchObject({ status: 409, fields: { email: expect.any(String) } });
  });

  it("names every field that is taken", async () => {
    await register(person("takenboth"), from());
    const again = await failure(register(person("TakenBoth"), from()));
    expect(Object.keys(again!.fields ?? {}).sort()).toEqual(["email", "username"]);
  });

  it.each(["password", "12345678", "qwertyuiop", "iloveyou1", "Password123!", "weakling1", "weakling@example.org"])("refuses the password %s", async (password) => {
    expect(await failure(register(person("weakling", { password }), from()))).toMatchObject({ status: 422, fields: { password: expect.any(String) } });
  });
});

describe("logging in", () => {
  it("works with name or address in any case, and with an @", async () => {
    await register(person("Logan.Inn"), from());
    for (const login of ["logan.inn", "LOGAN.INN", "@logan.inn", "Logan.Inn@Example.org", " logan.inn "]) {
      expect(await failure(authenticate({ login: login.trim(), password: GOOD }, from()))).toBeNull();
    }
  });

  it("says the same, after about the same time, whether the account exists", async () => {
    await register(person("existing.one"), from());
    const times: Record<string, number[]> = { "existing.one": [], "nobody.here": [] };
    const words = new Set<string>();
    // Turn and turn about, so that a busy machine is busy for both.
    for (let i = 0; i < 40; i++) {
      const login = i % 2 === 0 ? "existing.one" : "nobody.here";
      const begun = performance.now();
      words.add((await failure(authenticate({ login, password: "Wrong-Password-1" }, from())))!.message);
      times[login]!.push(performance.now() - begun);
    }
    const [known, unknown] = Object.values(times).map((list) => list.sort((a, b) => a - b)[6]!);
    expect(words.size).toBe(1);
    expect(known! / unknown!).toBeGreaterThan(0.6);
    expect(known! / unknown!).toBeLessThan(1.7);
  });

  it("stops guessing at one account from anywhere, and from one address at any", async () => {
    await register(person("guessed.at"), from());
    vi.resetModules();
    process.env.LIMIT_LOGIN_PER_MINUTE = "5";
    const { authenticate: limited } = await import("./service");
    const guesses = await Promise.all(Array.from({ length: 8 }, () => failure(limited({ login: "guessed.at", password: "x" }, from()))));
    expect(guesses.filter((g) => g?.status === 429)).toHaveLength(3);
    const sprays = await Promise.all(Array.from({ length: 8 }, (_, i) => failure(limited({ login: `nobody${i}`, password: "x" }, { ...from(), address: "10.9.9.9" }))));
    expect(sprays.filter((g) => g?.status === 429)).toHaveLength(3);
    expect(sprays.find((g) => g?.status === 429)?.retryAfter).toBeGreaterThan(0);
    process.env.LIMIT_LOGIN_PER_MINUTE = "1000";
  });

  it("lets fifty come at once", async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => failure(authenticate({ login: "logan.inn", password: GOOD }, from()))));
    expect(results.every((r) => r === null)).toBe(true);
  });

  it("refuses the suspended only after the right password", async () => {
    await register(person("suspended.one"), from());
    await db().execute(sql`update users set suspended_at = now() where username = 'suspended.one'`);
    expect(await failure(authenticate({ login: "suspended.one", password: "Wrong-Password-1" }, from()))).toMatchObject({ status: 401 });
    expect(await failure(authenticate({ login: "suspended.one", password: GOOD }, from()))).toMatchObject({ status: 403 });
  });
});

describe("tokens", () => {
  it("live a week and die with their session", async () => {
    const session = await register(person("token.holder"), from());
    const { token, expires_at } = await issueToken(session);
    expect(Math.abs(Date.parse(expires_at) - Date.now() - 7 * 86_400_000)).toBeLessThan(10_000);
    expect((await viewerOf(token)).username).toBe("token.holder");
    await endSession(session.userId, session.sessionId);
    expect(await viewerOfToken(token)).toBeNull();
  });

  it("are not believed when forged, expired, or of another's session", async () => {
    const [a, b] = [await register(person("forger.a"), from()), await register(person("forger.b"), from())];
    expect(await viewerOfToken(await signToken({ userId: a.userId, sessionId: b.sessionId }, a.expiresAt))).toBeNull();
    expect(await viewerOfToken(await signToken(a, new Date(Date.now() - 1000)))).toBeNull();
    const [head, body] = (await issueToken(a)).token.split(".");
    expect(await viewerOfToken(`${head}.${body}.AAAA`)).toBeNull();
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    expect(await viewerOfToken(`${none}.${body}.`)).toBeNull();
  });

  it("all end with a change of the password, which gives a fresh one", async () => {
    const first = await register(person("changer"), from());
    const second = await authenticate({ login: "changer", password: GOOD }, { ...from(), kind: "browser" });
    const tokens = [(await issueToken(first)).token, (await issueToken(second)).token];
    const viewer = await viewerOf(tokens[0]!);
    expect(await failure(changePassword(viewer, { current_password: "Wrong-1-wrong", new_password: "Quiet-Meadow-77" }))).toMatchObject({ status: 422, fields: { current_password: expect.any(String) } });
    expect(await failure(changePassword(viewer, { current_password: GOOD, new_password: "changer123" }))).toMatchObject({ status: 422, fields: { new_password: expect.any(String) } });
    const fresh = await changePassword(viewer, { current_password: GOOD, new_password: "Quiet-Meadow-77" });
    for (const token of tokens) expect(await viewerOfToken(token)).toBeNull();
    expect((await viewerOf((await issueToken(fresh)).token)).id).toBe(viewer.id);
    expect(await failure(authenticate({ login: "changer", password: GOOD }, from()))).toMatchObject({ status: 401 });
    expect(await failure(authenticate({ login: "changer", password: "Quiet-Meadow-77" }, from()))).toBeNull();
  });

  it("are listed as devices, and all others can be ended", async () => {
    await register(person("traveller"), { ...from(), device: "Safari on iPhone" });
    const here = await authenticate({ login: "traveller", password: GOOD }, { ...from(), device: "Chrome on Android" });
    const viewer = await viewerOf((await issueToken(here)).token);
    expect((await listDevices(viewer)).map((d) => [d.device, d.is_current])).toEqual([["Chrome on Android", true], ["Safari on iPhone", false]]);
    // Nobody ends another's, and nothing tells whether it is there.
    const stranger = await register(person("other.traveller"), from());
    await endSession(stranger.userId, viewer.sessionId);
    expect(await listDevices(viewer)).toHaveLength(2);
    expect(await endSessions(db(), viewer.id, viewer.sessionId)).toBe(1);
    expect(await listDevices(viewer)).toHaveLength(1);
    expect(await viewerOf((await issueToken(here)).token)).toMatchObject({ id: viewer.id });
  });
});

describe("deleting an account", () => {
  it("hides it at once, ends its tokens, and leads back within 30 days", async () => {
    const session = await register(person("leaver"), from());
    const { token } = await issueToken(session);
    const viewer = await viewerOf(token);
    expect(await failure(deleteAccount(viewer, "Wrong-1-wrong"))).toMatchObject({ status: 422, fields: { password: expect.any(String) } });
    await deleteAccount(viewer, GOOD);
    expect(await viewerOfToken(token)).toBeNull();
    const { challenge } = (await failure(authenticate({ login: "leaver", password: GOOD }, from()))) as { challenge: string };
    const back = await returnToAccount(challenge, from());
    expect(await viewerOf((await issueToken(back)).token)).toMatchObject({ id: viewer.id });
    await db().execute(sql`update users set deleted_at = now() - interval '31 days' where id = ${viewer.id}::bigint`);
    expect(await failure(authenticate({ login: "leaver", password: GOOD }, from()))).toMatchObject({ status: 401 });
  });
});
