import { type IncomingHttpHeaders, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as feed } from "@/app/api/feed/route";
import { closeFront, createFront } from "@/lib/platform/http/front";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { SESSION_COOKIE } from "@/lib/platform/viewer/token";
import { callApi, tokenOf } from "@/lib/testing/api";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";

let server: Server;

beforeAll(async () => {
  Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000" });
  server = createFront({ dev: false, parts: [], routes: { "/api/feed": { GET: feed } }, pages: async (_req, res) => void res.end("Next's") });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
beforeEach(forgetLimits);
afterAll(() => closeFront(server, 100));

function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: (server.address() as AddressInfo).port, host: "127.0.0.1", path, headers, method }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part)).on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    request.on("error", reject).end();
  });
}

/** What differs from request to request. */
const lasting = (text: string) => JSON.parse(text.replace(/"request_id":"[^"]*"/, "\"request_id\":\"\"")) as unknown;

describe("the feed, answered without Next", () => {
  it("says what its route says to every kind of asking", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    for (let i = 0; i < 3; i++) await makePost(author, { caption: `Grüße ☀ "${i}" \u2028` });
    for (const address of ["/api/feed", "/api/feed?limit=2", "/api/feed?limit=2&offset=1", "/api/feed?limit=%zz", "/api/feed?limit=0", "/api/feed?cursor=%00", "/api/feed?limit=1&limit=2"]) {
      for (const as of [reader, "forged", null]) {
        const route = await callApi("GET", address, { as });
        const { status, headers, body } = await get(address, as === null ? {} : { authorization: `Bearer ${await tokenOf(as)}` });
        expect([address, status, headers["content-type"], headers["cache-control"], lasting(body.toString())]).toEqual([address, route.status, route.headers.get("content-type"), route.headers.get("cache-control"), lasting(JSON.stringify(route.body))]);
        expect(headers["x-request-id"]).toBeTruthy();
        expect(headers["content-security-policy"]).toContain("default-src 'self'");
      }
    }
  });

  it("takes the browser's cookie among others, packs what is large, and leaves the rest to Next", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const id = await makePost(author);
    const cookie = `theme=dark; ${SESSION_COOKIE()}=${await tokenOf(reader)}; x`;
    const { status, headers, body } = await get("/api/feed", { cookie, "accept-encoding": "gzip, br" });
    expect([status, headers["content-encoding"], headers.vary]).toEqual([200, "gzip", "accept-encoding"]);
    expect((JSON.parse(gunzipSync(body).toString()) as { posts: { id: string }[] }).posts.map((post) => post.id)).toEqual([id]);
    expect((await get("/api/feed", { cookie: "theme=dark" })).status).toBe(401);
    for (const [path, method] of [["/api/feed", "POST"], ["/api/feed", "HEAD"], ["/api/feed/", "GET"], ["/api/feed/new", "GET"]] as const) expect((await get(path, {}, method)).status).toBe(200);
    expect((await get("/api/feed/new")).body.toString()).toBe("Next's");
  });
});
