import { request, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeFront, createFront } from "./front";

let server: Server;
let made = 0;
let text = "first";
let status = 200;
const shown: string[] = [];

beforeAll(async () => {
  server = createFront({
    dev: false,
    parts: [],
    shown: (path) => shown.push(path),
    pages: async (req, res) => {
      made++;
      const words = text;
      const code = status;
      await sleep(50);
      res.writeHead(code, { "content-type": "text/html" });
      res.write(`<script nonce="${/'nonce-([^']+)'/.exec(String(req.headers["content-security-policy"]))![1]}"></script>`);
      res.end(words);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => closeFront(server, 100));
beforeEach(() => {
  made = 0;
  status = 200;
  text = "first";
  shown.length = 0;
});

type Answer = { status: number; headers: IncomingHttpHeaders; text: string };
function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ port: (server.address() as AddressInfo).port, host: "127.0.0.1", path, headers: { accept: "text/html", ...headers } }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
        const body = Buffer.concat(chunks);
        resolve({ status: res.statusCode!, headers: res.headers, text: String(res.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body) });
      });
    }).on("error", reject).end();
  });
}
const crowd = (path: string, headers: Record<string, string> = {}, count = 100) => Promise.all(Array.from({ length: count }, () => get(path, headers)));

describe("a page that everybody asks for", () => {
  it("is made once for all who wait, with the policy that fits it", async () => {
    const answers = await crowd("/p/a", { "accept-encoding": "gzip" });
    expect(made).toBeLessThan(10);
    for (const answer of answers) {
      expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("first")]);
      const nonce = /nonce="([^"]+)"/.exec(answer.text)![1]!;
      expect(answer.headers["content-security-policy"]).toContain(`'nonce-${nonce}'`);
    }
    expect(new Set(answers.map((answer) => answer.headers["x-request-id"])).size).toBe(100);
    expect(answers.filter((answer) => answer.headers["content-encoding"] === "gzip").length).toBe(shown.length);
    expect(shown.length).toBe(100 - made);
  });

  it("shows what has changed within a second", async () => {
    await crowd("/p/b");
    text = "second";
    const began = Date.now();
    for (let answers = await crowd("/p/b", {}, 20); answers.some((answer) => answer.text.includes("first")); answers = await crowd("/p/b", {}, 20)) await sleep(50);
    expect(Date.now() - began).toBeLessThan(1_300);
  });

  it("that nobody may see any more is shown to nobody within a second, also when the database goes away then", async () => {
    await crowd("/p/gone");
    status = 404;
    text = "not here";
    const began = Date.now();
    for (let answers = await crowd("/p/gone", {}, 20); answers.some((answer) => answer.text.includes("first")); answers = await crowd("/p/gone", {}, 20)) await sleep(50);
    expect(Date.now() - began).toBeLessThan(1_300);
    const health = (globalThis as typeof globalThis & { heliographDatabaseHealth: { away: boolean; answeredAt: number } }).heliographDatabaseHealth;
    const before = { ...health };
    Object.assign(health, { away: true, answeredAt: Date.now() });
    const late = await crowd("/p/gone", {}, 20);
    Object.assign(health, { away: before.away, answeredAt: before.answeredAt });
    expect(new Set(late.map((answer) => answer.status))).toEqual(new Set([503]));
    expect(late.filter((answer) => answer.text.includes("first"))).toEqual([]);
  });

  it("is made for each who is somebody: with a cookie, a token, or parts of a page", async () => {
    await crowd("/p/c");
    made = 0;
    for (const headers of [{ cookie: "theme=dark" }, { authorization: "Bearer x" }, { rsc: "1" }, { accept: "application/json" }] as Record<string, string>[]) await crowd("/p/c", headers, 10);
    expect(made).toBe(40);
    expect(shown.length).toBeLessThan(100);
  });

  it("is not kept when it failed, and not shared when few ask", async () => {
    status = 404;
    await crowd("/p/d");
    status = 200;
    expect((await get("/p/d")).status).toBe(200);
    made = 0;
    for (let i = 0; i < 3; i++) await get("/p/e");
    expect(made).toBe(3);
  });
});
