import { Agent, type IncomingHttpHeaders, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mostAsked } from "@/app/api/most-asked";
import { PATCH as editPost } from "@/app/api/posts/[id]/route";
import { db } from "@/db/client";
import { closeFront, createFront } from "@/lib/platform/http/front";
import { routeFinder } from "@/lib/platform/http/front-routes";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { PERSON_HEADER } from "@/lib/platform/viewer/person-header";
import { SESSION_COOKIE } from "@/lib/platform/viewer/token";
import { callApi, listRoutes, type Method, tokenOf } from "@/lib/testing/api";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";

let server: Server;
const NEXT = "Next's";

beforeAll(async () => {
  Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_FOLLOWS_PER_DAY: "1000000" });
  server = createFront({ dev: false, parts: [], routes: mostAsked, pages: async (_req, res) => void res.setHeader("x-by", NEXT).end() });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
beforeEach(forgetLimits);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterAll(() => {
  agent.destroy();
  return closeFront(server, 100);
});

function ask(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer; text: string; isReused: boolean }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: (server.address() as AddressInfo).port, host: "127.0.0.1", path, headers, method, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part)).on("end", () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: answer.statusCode!, headers: answer.headers, bytes, text: bytes.toString(), isReused: request.reusedSocket });
      });
    });
    request.on("error", reject).end(body);
  });
}

/** What differs from request to request. */
const lasting = (text: string) => JSON.parse(text.replace(/"request_id":"[^"]*"/, "\"request_id\":\"\"").replace(/"next_cursor":"[^"]*"/, "\"next_cursor\":\"\"")) as unknown;

describe("what is asked most, answered without Next", () => {
  it("is all asked below", () => expect(Object.entries(mostAsked).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`)).sort()).toEqual([
    "DELETE /api/posts/[id]/like", "DELETE /api/users/[id]/follow", "GET /api/explore", "GET /api/feed", "GET /api/notifications", "GET /api/posts/[id]", "GET /api/users/[id]", "GET /api/users/[id]/posts",
    "POST /api/posts/[id]/like", "POST /api/users/[id]/follow",
  ]));

  it("says what its routes say, to everybody who may ask, and to who may not", async () => {
    const [reader, author, closed, blocker] = [await makeUser(), await makeUser(), await makeUser({ isPrivate: true }), await makeUser()];
    await makeFollow(reader, author);
    await makeBlock(blocker, reader);
    for (let i = 0; i < 3; i++) await makePost(author);
    const posts = await Promise.all([author, closed, blocker].map((of) => makePost(of, { caption: `Grüße ☀ "${of.username}" \u2028` })));
    const people = [author, closed, blocker].flatMap(({ id, username }) => [id, `@${username}`, `%40${username.toUpperCase()}`]);
    const wrong = ["0", "nobody", "@", "%00", "%25", "..%2f..", "9".repeat(30)];
    const addresses = [
      ...["/api/explore", "/api/explore?limit=1", "/api/explore?limit=x", "/api/feed", "/api/feed?limit=2", "/api/feed?limit=2&offset=1", "/api/feed?limit=%zz", "/api/feed?limit=0", "/api/feed?cursor=%00", "/api/feed?limit=1&limit=2", "/api/notifications", "/api/notifications?show=likes", "/api/notifications?show=all"].map((path) => ["GET", path]),
      ...[...posts, ...wrong].flatMap((id) => [["GET", `/api/posts/${id}`], ["POST", `/api/posts/${id}/like`], ["DELETE", `/api/posts/${id}/like`]]),
      ...[...people, ...wrong].flatMap((id) => [["GET", `/api/users/${id}`], ["GET", `/api/users/${id}/posts?limit=2`], ["GET", `/api/users/${id}/posts?limit=0`]]),
      // Twice has the effect of once, and so the same answer.
      ...[author.id, closed.id, blocker.id, ...wrong].flatMap((id) => [["POST", `/api/users/${id}/follow`], ["DELETE", `/api/users/${id}/follow`]]),
    ] as [Method, string][];
    for (const [method, address] of addresses) {
      for (const as of [reader, "forged", null]) {
        // What is already so is asked of both.
        if (as === reader && method !== "GET") await callApi(method, address, { as });
        const route = await callApi(method, address, { as });
        const { status, headers, text } = await ask(method, address, as === null ? {} : { authorization: `Bearer ${await tokenOf(as)}` });
        expect([method, address, status, headers["content-type"], headers["cache-control"], lasting(text)]).toEqual([method, address, route.status, route.headers.get("content-type"), route.headers.get("cache-control"), lasting(JSON.stringify(route.body))]);
        expect(headers["x-request-id"]).toBeTruthy();
        expect(headers["content-security-policy"]).toContain("default-src 'self'");
      }
    }
  });

  it("takes the browser's cookie among others, and packs what is large for whom can unpack it", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const id = await makePost(author);
    const cookie = `theme=dark; ${SESSION_COOKIE()}=${await tokenOf(reader)}; x`;
    const idsIn = (json: string) => (JSON.parse(json) as { posts: { id: string }[] }).posts.map((post) => post.id);
    const packed = await ask("GET", "/api/feed", { cookie, "accept-encoding": "br, gzip;q=0.5" });
    expect([packed.status, packed.headers["content-encoding"], packed.headers.vary, idsIn(gunzipSync(packed.bytes).toString())]).toEqual([200, "gzip", "accept-encoding", [id]]);
    const plain = await ask("GET", "/api/feed", { cookie, "accept-encoding": "br, gzip;q=0" });
    expect([plain.headers["content-encoding"], idsIn(plain.text)]).toEqual([undefined, [id]]);
    expect((await ask("GET", "/api/feed", { cookie: "theme=dark" })).status).toBe(401);
  });

  it("takes a browser's writes from our own pages alone", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    const cookie = `theme=dark; ${SESSION_COOKIE()}=${await tokenOf(reader)}`;
    const likes = async () => (await db().execute<{ n: number }>(sql`select count(*)::int as n from likes where post_id = ${post}::bigint`))[0]!.n;
    for (const foreign of [{}, { "sec-fetch-site": "cross-site" }, { origin: "https://elsewhere.example" }] as Record<string, string>[]) expect((await ask("POST", `/api/posts/${post}/like`, { cookie, ...foreign })).status).toBe(403);
    expect(await likes()).toBe(0);
    // Whatever is sent along is not read, and the connection goes on.
    const own = { cookie, "sec-fetch-site": "same-origin", "content-type": "application/json" };
    for (const coding of [{}, { "transfer-encoding": "chunked" }] as Record<string, string>[]) expect((await ask("POST", `/api/posts/${post}/like`, { ...own, ...coding }, "x".repeat(100_000))).status).toBe(200);
    expect(await likes()).toBe(1);
    expect(await ask("GET", `/api/posts/${post}`)).toMatchObject({ status: 200, isReused: true });
    expect((await ask("DELETE", `/api/posts/${post}/like`, { ...own, [PERSON_HEADER]: author.id })).status).toBe(409);
    expect(await likes()).toBe(1);
  });

  it("leaves every other method and address to Next", async () => {
    for (const [method, path] of [["POST", "/api/feed"], ["HEAD", "/api/explore"], ["GET", "/api/feed/"], ["GET", "/api/feed/new"], ["OPTIONS", "/api/explore"], ["GET", "/api/posts/[id]/likes"], ["PATCH", "/api/posts/1"], ["DELETE", "/api/posts/1"], ["GET", "/api/posts/1/like"], ["PUT", "/api/users/1/follow"], ["GET", "/api/posts/"], ["GET", "/api/posts//like"], ["GET", "/api/users/1/"], ["GET", "/api/users/1/posts/2"], ["GET", "/api/constructor"]] as const)
      expect([method, path, (await ask(method, path)).headers["x-by"]]).toEqual([method, path, NEXT]);
  });

  it("stands before no other route, and has none that reads a body", async () => {
    const find = routeFinder(mostAsked);
    const routes = listRoutes().map(({ path }) => path.replaceAll("{", "[").replaceAll("}", "]"));
    for (const path of Object.keys(mostAsked)) expect(routes).toContain(path);
    const taken = routes.filter((path) => find(path.replaceAll(/\[\w+\]/g, "7")) !== null);
    expect(taken.sort()).toEqual(Object.keys(mostAsked).sort());
    expect(() => routeFinder({ "/api/posts/[id]": { POST: editPost } })).toThrow(/reads a body/);
  });
});
