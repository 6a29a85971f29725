import { sql } from "drizzle-orm";
import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it } from "vitest";
import * as login from "@/app/api/auth/login/route";
import * as logout from "@/app/api/auth/logout/route";
import * as registering from "@/app/api/auth/register/route";
import * as accepting from "@/app/api/follow-requests/[user_id]/accept/route";
import * as declining from "@/app/api/follow-requests/[user_id]/decline/route";
import * as requests from "@/app/api/follow-requests/route";
import * as me from "@/app/api/me/route";
import * as password from "@/app/api/me/password/route";
import * as blocking from "@/app/api/users/[id]/block/route";
import * as following from "@/app/api/users/[id]/follow/route";
import * as followers from "@/app/api/users/[id]/followers/route";
import * as followees from "@/app/api/users/[id]/following/route";
import * as muting from "@/app/api/users/[id]/mute/route";
import * as user from "@/app/api/users/[id]/route";
import { db } from "@/db/client";
import { SESSION_COOKIE, signToken } from "@/lib/platform/viewer/token";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { statementsOf } from "@/lib/testing/plans";
import { makeCast, makeUser } from "@/lib/testing/factories";

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Call = { as?: Viewer | string | null; params?: Record<string, string>; body?: unknown; query?: string; headers?: Record<string, string> };

const DAY = 86_400_000;
const tokenOf = (viewer: Viewer) => signToken({ userId: viewer.id, sessionId: viewer.sessionId }, new Date(Date.now() + DAY));

async function call(handler: Handler, method: string, { as = null, params = {}, body, query = "", headers = {} }: Call = {}) {
  const token = typeof as === "string" ? as : as && (await tokenOf(as));
  const request = new NextRequest(`http://localhost:3000/api/x${query}`, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  return { status: response.status, headers: response.headers, body: response.status === 204 ? null : await response.json() };
}

const GOOD = "Sunlit-Harbour-42";
const newcomer = (username: string) => ({ username, email: `${username}@example.org`, password: GOOD, full_name: "New Comer" });

beforeAll(() => {
  Object.assign(process.env, { LIMIT_SIGNUP_PER_HOUR: "1000", LIMIT_LOGIN_PER_MINUTE: "1000", LIMIT_API_PER_MINUTE: "100000", LIMIT_FOLLOWS_PER_DAY: "10000" });
});

describe("accounts over the API", () => {
  it("go from sign-up through a change of password to the end", async () => {
    const made = await call(registering.POST, "POST", { body: newcomer("rest.person") });
    expect(made).toMatchObject({ status: 201, body: { user: { username: "rest.person", full_name: "New Comer", email: "rest.person@example.org", viewer: { is_self: true } }, token: expect.any(String), expires_at: expect.stringMatching(/Z$/) } });
    expect(JSON.stringify(made.body)).not.toMatch(/argon2|password/);
    const entered = await call(login.POST, "POST", { body: { username: "REST.person", password: GOOD } });
    expect(entered.status).toBe(200);
    const changed = await call(password.POST, "POST", { as: entered.body.token, body: { current_password: GOOD, new_password: "Quiet-Meadow-77" } });
    expect(changed.status).toBe(200);
    for (const old of [made.body.token, entered.body.token]) expect((await call(me.GET, "GET", { as: old })).status).toBe(401);
    expect((await call(me.GET, "GET", { as: changed.body.token })).body.email).toBe("rest.person@example.org");
    expect((await call(logout.POST, "POST", { as: changed.body.token })).status).toBe(204);
    expect((await call(me.GET, "GET", { as: changed.body.token })).status).toBe(401);
    const last = await call(login.POST, "POST", { body: { email: "rest.person@example.org", password: "Quiet-Meadow-77" } });
    expect((await call(me.DELETE, "DELETE", { as: last.body.token, body: { password: "Quiet-Meadow-77" } })).status).toBe(202);
    expect((await call(user.GET, "GET", { params: { id: made.body.user.id } })).status).toBe(404);
  });

  it.each([
    ["nothing", {}, 422, ["username", "email", "password"]],
    ["a short password", { ...newcomer("abcd"), password: "short" }, 422, ["password"]],
    ["a common password", { ...newcomer("abcd"), password: "iloveyou" }, 422, ["password"]],
    ["an address that is none", { ...newcomer("abcd"), email: "nowhere" }, 422, ["email"]],
    ["a reserved name", { ...newcomer("abcd"), username: "admin" }, 422, ["username"]],
    ["a Cyrillic look-alike", { ...newcomer("abcd"), username: "\u0430dmin" }, 422, ["username"]],
    ["numbers for text", { username: 1, email: 2, password: 3 }, 422, ["username", "email", "password"]],
    ["a password of a megabyte", { ...newcomer("abcd"), password: "x".repeat(500_000) }, 422, ["password"]],
    ["a list", "[1,2]", 400, null],
    ["no JSON", "{", 400, null],
    ["a NUL", { ...newcomer("abcd"), full_name: "a\u0000b" }, 400, null],
  ])("refuse %s", async (_, body, status, fields) => {
    const answer = await call(registering.POST, "POST", { body });
    expect([answer.status, answer.body.error.fields && Object.keys(answer.body.error.fields)]).toEqual([status, fields ?? undefined]);
  });

  it("say the same of a wrong name and a wrong password", async () => {
    await call(registering.POST, "POST", { body: newcomer("known.one") });
    const answers = await Promise.all(["known.one", "unknown.one", "unknown@example.org"].map((name) => call(login.POST, "POST", { body: { login: name, password: "Wrong-1-wrong" } })));
    expect(answers.map((a) => [a.status, a.body.error.code, a.body.error.message])).toEqual(Array.from({ length: 3 }, () => [401, "unauthenticated", "The name or the password is not right."]));
    expect((await call(login.POST, "POST", { body: { password: GOOD } })).status).toBe(422);
  });

  it("take a cookie from our own pages only", async () => {
    const viewer = await makeUser();
    const cookie = `${SESSION_COOKIE()}=${await tokenOf(viewer)}`;
    const target = await makeUser();
    const follow = (headers: Record<string, string>) => call(following.POST, "POST", { params: { id: target.id }, headers: { cookie, ...headers } });
    expect((await follow({ "sec-fetch-site": "cross-site", origin: "https://evil.example" })).status).toBe(403);
    expect((await follow({})).status).toBe(403);
    expect((await follow({ "sec-fetch-site": "same-origin", origin: "http://localhost:3000" })).status).toBe(200);
    // A page of somebody else's, still open in another tab.
    const stale = await follow({ "sec-fetch-site": "same-origin", origin: "http://localhost:3000", "x-heliograph-person": "1" });
    expect([stale.status, stale.body.error.code]).toEqual([409, "conflict"]);
    expect((await follow({ "sec-fetch-site": "same-origin", origin: "http://localhost:3000", "x-heliograph-person": viewer.id })).status).toBe(200);
    const out = await call(logout.POST, "POST", { headers: { cookie, "sec-fetch-site": "same-origin", origin: "http://localhost:3000" } });
    expect([out.status, out.headers.get("set-cookie")]).toEqual([204, expect.stringContaining("Max-Age=0")]);
  });
});

describe("PATCH /api/me", () => {
  it("changes what it names and leaves the rest", async () => {
    const viewer = await makeUser({ fullName: "Before" });
    const patched = await call(me.PATCH, "PATCH", { as: viewer, body: { bio: " Line one\r\n\r\n\r\n\r\nline two ", website: "example.org/me", pronouns: "she/her", links: [{ title: "Shop", url: "https://shop.example.org" }, { title: "", url: "" }] } });
    expect(patched).toMatchObject({ status: 200, body: { full_name: "Before", bio: "Line one\n\nline two", website: "https://example.org/me", pronouns: "she/her", links: [{ title: "Shop", url: "https://shop.example.org/" }] } });
    expect((await call(me.PATCH, "PATCH", { as: viewer, body: { bio: "" } })).body).toMatchObject({ bio: "", pronouns: "she/her" });
  });

  it.each([
    [{ bio: "x".repeat(301) }, "bio"], [{ full_name: "x".repeat(61) }, "full_name"], [{ website: "javascript:alert(1)" }, "website"], [{ website: "https://user:pw@example.org" }, "website"],
    [{ website: "http://localhost" }, "website"], [{ website: "data:text/html,x" }, "website"], [{ is_private: "yes" }, "is_private"], [{ username: "settings" }, "username"], [{ username: 12 }, "username"],
    [{ links: Array.from({ length: 6 }, () => ({ title: "a", url: "https://a.example" })) }, "links"], [{ links: [{ title: "a", url: "" }] }, "links.0.url"],
  ])("refuses %j", async (body, field) => {
    const answer = await call(me.PATCH, "PATCH", { as: await makeUser(), body });
    expect([answer.status, Object.keys(answer.body.error.fields)]).toEqual([422, [field]]);
  });

  it("counts characters as people do", async () => {
    const body = { bio: "👩‍🚀".repeat(60), full_name: "é".repeat(60) };
    expect((await call(me.PATCH, "PATCH", { as: await makeUser(), body })).status).toBe(200);
  });

  it("renames, keeps the old name leading here, and holds it", async () => {
    const [viewer, other] = [await makeUser({ username: "old.name" }), await makeUser()];
    expect((await call(me.PATCH, "PATCH", { as: viewer, body: { username: "new.name" } })).body.username).toBe("new.name");
    expect((await call(user.GET, "GET", { params: { id: "@OLD.name" } })).body).toMatchObject({ id: viewer.id, username: "new.name" });
    expect((await call(me.PATCH, "PATCH", { as: other, body: { username: "old.name" } }))).toMatchObject({ status: 409, body: { error: { fields: { username: expect.any(String) } } } });
    expect((await call(registering.POST, "POST", { body: newcomer("old.name") })).status).toBe(409);
    expect((await call(me.PATCH, "PATCH", { as: viewer, body: { username: "old.name" } })).status).toBe(200);
    expect((await call(me.PATCH, "PATCH", { as: viewer, body: { username: "Old.Name" } })).status).toBe(200);
  });

  it("stops collecting of names", async () => {
    const viewer = await makeUser();
    const answers = [];
    for (const username of ["hoarder.a", "hoarder.b", "hoarder.c", "hoarder.d"]) answers.push((await call(me.PATCH, "PATCH", { as: viewer, body: { username } })).status);
    expect(answers).toEqual([200, 200, 200, 422]);
  });

  it("gives a name to one of two who want it at once", async () => {
    const [a, b] = [await makeUser(), await makeUser()];
    const answers = await Promise.all([a, b].map((as) => call(me.PATCH, "PATCH", { as, body: { username: "wanted.by.two" } })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  });

  it("opens a private account to those who wait", async () => {
    const { owner, requester } = await makeCast();
    expect((await call(me.PATCH, "PATCH", { as: owner, body: { is_private: false } })).body).toMatchObject({ is_private: false, follower_count: 2 });
    expect((await call(user.GET, "GET", { as: requester, params: { id: owner.id } })).body.viewer).toMatchObject({ following: true, requested: false });
  });
});

describe("who sees what of a private account", () => {
  it("owner, follower, requester, stranger, blocked, signed out × every endpoint", async () => {
    const { owner, follower, requester, stranger, blocked } = await makeCast();
    const params = { id: owner.id };
    const seen = async (as: Viewer | null) => {
      const profile = await call(user.GET, "GET", { as, params });
      const lists = [await call(followers.GET, "GET", { as, params }), await call(followees.GET, "GET", { as, params }), await call(followers.GET, "GET", { as, params: { id: `@${owner.username}` } })];
      return [profile.status, ...lists.map((list) => list.status)];
    };
    expect(await seen(owner)).toEqual([200, 200, 200, 200]);
    expect(await seen(follower)).toEqual([200, 200, 200, 200]);
    expect(await seen(requester)).toEqual([200, 404, 404, 404]);
    expect(await seen(stranger)).toEqual([200, 404, 404, 404]);
    expect(await seen(null)).toEqual([200, 404, 404, 404]);
    expect(await seen(blocked)).toEqual([404, 404, 404, 404]);
    const relations = await Promise.all([owner, follower, requester, stranger].map(async (as) => (await call(user.GET, "GET", { as, params })).body.viewer));
    expect(relations.map((r) => [r.is_self, r.following, r.requested])).toEqual([[true, false, false], [false, true, false], [false, false, true], [false, false, false]]);
    expect((await call(user.GET, "GET", { params })).body).toMatchObject({ viewer: null, follower_count: 1 });
  });

  it("nobody tells a blocker's account from one that never was", async () => {
    const { owner, blocked } = await makeCast({ isPrivate: false });
    const answers = async (id: string) => {
      const got = [];
      for (const [handler, method] of [[user.GET, "GET"], [followers.GET, "GET"], [followees.GET, "GET"], [following.POST, "POST"], [following.DELETE, "DELETE"], [blocking.POST, "POST"], [blocking.DELETE, "DELETE"], [muting.POST, "POST"], [muting.DELETE, "DELETE"]] as const) {
        const { status, body } = await call(handler, method, { as: blocked, params: { id } });
        got.push([status, body.error.code, body.error.message]);
      }
      return got;
    };
    expect(await answers(owner.id)).toEqual(await answers("1"));
    expect(await answers(`@${owner.username}`)).toEqual(await answers("@nobody.here"));
    // Nor by what is asked of the database, which takes its time.
    const asked = (id: string) => statementsOf(() => answers(id)).then((sent) => sent.map(({ text }) => text));
    const sent = await asked(`@${owner.username}`);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent).toEqual(await asked("@nobody.here"));
  });

  it("only the asked may answer, and see who asks", async () => {
    const { owner, follower, requester, stranger } = await makeCast();
    for (const as of [follower, requester, stranger]) {
      expect((await call(requests.GET, "GET", { as })).body.users).toEqual([]);
      expect((await call(accepting.POST, "POST", { as, params: { user_id: requester.id } })).status).toBe(404);
    }
    expect((await call(requests.GET, "GET")).status).toBe(401);
    expect((await call(requests.GET, "GET", { as: owner })).body).toMatchObject({ users: [{ id: requester.id }], pagination: { count: 1, next_cursor: null } });
    expect((await call(accepting.POST, "POST", { as: owner, params: { user_id: requester.id } }))).toMatchObject({ status: 200, body: { accepted: true } });
    expect((await call(declining.POST, "POST", { as: owner, params: { user_id: stranger.id } }))).toMatchObject({ status: 200, body: { accepted: false } });
    expect((await call(followers.GET, "GET", { as: requester, params: { id: owner.id } })).body.users).toHaveLength(2);
  });
});

describe("following over the API", () => {
  it("is idempotent, by id and by name", async () => {
    const [viewer, open, shut] = [await makeUser(), await makeUser(), await makeUser({ isPrivate: true })];
    for (const id of [open.id, `@${open.username.toUpperCase()}`]) expect((await call(following.POST, "POST", { as: viewer, params: { id } })).body).toEqual({ following: true, requested: false });
    expect((await call(following.POST, "POST", { as: viewer, params: { id: shut.id } })).body).toEqual({ following: false, requested: true });
    for (const id of [open.id, shut.id, open.id]) expect((await call(following.DELETE, "DELETE", { as: viewer, params: { id } })).body).toEqual({ following: false, requested: false });
    expect((await call(following.POST, "POST", { as: viewer, params: { id: viewer.id } })).status).toBe(422);
    expect((await call(following.POST, "POST", { params: { id: open.id } })).status).toBe(401);
  });

  it("stops at the day's limit, and only for new people", async () => {
    const viewer = await makeUser();
    const { env } = await import("@/lib/platform/env");
    const most = env().LIMIT_FOLLOWS_PER_DAY;
    const known = await makeUser();
    await call(following.POST, "POST", { as: viewer, params: { id: known.id } });
    Object.assign(env(), { LIMIT_FOLLOWS_PER_DAY: 2 });
    const tired = await makeUser();
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push((await call(following.POST, "POST", { as: tired, params: { id: (await makeUser()).id } })).status);
    expect(answers).toEqual([200, 200, 429, 429]);
    expect((await call(following.POST, "POST", { as: viewer, params: { id: known.id } })).status).toBe(200);
    Object.assign(env(), { LIMIT_FOLLOWS_PER_DAY: most });
  });

  it.each(["abc", "@", "@a b", "-1", "99999999999999999999", "@\u0430da", "@../etc", "%00"])("knows nobody called %s", async (id) => {
    expect((await call(user.GET, "GET", { params: { id } })).status).toBe(404);
  });

  it.each(["?limit=0", "?limit=101", "?limit=x", "?cursor=zzz", `?cursor=${Buffer.from("k1").toString("base64url")}`, `?cursor=${Buffer.from("km1").toString("base64url")}`, `?q=${"x".repeat(101)}`])("refuses the list %s", async (query) => {
    expect((await call(followers.GET, "GET", { params: { id: (await makeUser()).id }, query })).status).toBe(422);
  });

  it("pages by its own cursors", async () => {
    const { owner, follower } = await makeCast({ isPrivate: false });
    await call(following.POST, "POST", { as: await makeUser(), params: { id: owner.id } });
    const first = await call(followers.GET, "GET", { as: owner, params: { id: owner.id }, query: "?limit=1" });
    const second = await call(followers.GET, "GET", { as: owner, params: { id: owner.id }, query: `?limit=1&cursor=${first.body.pagination.next_cursor}` });
    expect(second.body).toMatchObject({ users: [{ id: follower.id }], pagination: { limit: 1, count: 1, next_cursor: null } });
  });

  it("blocks and mutes, each twice with the effect of one", async () => {
    const [viewer, other] = [await makeUser(), await makeUser()];
    for (let i = 0; i < 2; i++) expect((await call(muting.POST, "POST", { as: viewer, params: { id: other.id } })).body).toEqual({ muting: true, muting_stories: true });
    for (let i = 0; i < 2; i++) expect((await call(blocking.POST, "POST", { as: viewer, params: { id: other.id } })).body).toEqual({ blocking: true });
    expect((await call(user.GET, "GET", { as: viewer, params: { id: other.id } })).status).toBe(404);
    for (let i = 0; i < 2; i++) expect((await call(blocking.DELETE, "DELETE", { as: viewer, params: { id: other.id } })).body).toEqual({ blocking: false });
    for (let i = 0; i < 2; i++) expect((await call(muting.DELETE, "DELETE", { as: viewer, params: { id: other.id } })).body).toEqual({ muting: false, muting_stories: false });
    const [rows] = await db().execute<{ count: number }>(sql`select count(*)::int as count from blocks where blocker_id = ${viewer.id}::bigint`);
    expect(rows!.count).toBe(0);
  });
});
