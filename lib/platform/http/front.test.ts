import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADDRESS_HEADER } from "./address";
import { closeFront, createFront } from "./front";

let server: Server;
let seen: IncomingHttpHeaders = {};

beforeAll(async () => {
  server = createFront({
    dev: false,
    parts: [
      async (_req, res, url) => {
        if (url.pathname !== "/media/x") return false;
        res.end("bytes");
        return true;
      },
    ],
    pages: async (req, res) => {
      seen = { ...req.headers };
      if (req.url === "/boom") throw new Error("secret detail");
      if (req.url === "/slow") await pause(300);
      res.end("page");
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => closeFront(server, 100));

const port = () => (server.address() as AddressInfo).port;

function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const req = httpRequest({ port: port(), host: "127.0.0.1", path, headers }, (res: IncomingMessage) => {
      let text = "";
      res.on("data", (chunk) => (text += chunk)).on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
    });
    req.on("error", reject).end();
  });
}

function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port(), "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => (answer += chunk)).on("close", () => resolve(answer)).on("error", () => resolve(answer));
  });
}

const nonceOf = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1];

describe("the front", () => {
  it("lets other sites frame an embedded post, without scripts, and nothing else", async () => {
    for (const path of ["/p/Ab_-9/embed", "/p/Ab_-9/embed/"]) {
      const { headers } = await get(path, { "content-security-policy": "script-src 'nonce-evil'" });
      expect(headers["x-frame-options"]).toBeUndefined();
      expect(headers["content-security-policy"]).toMatch(/^default-src 'none';.*frame-ancestors \*$/);
      expect(seen["content-security-policy"]).toBeUndefined();
    }
    for (const path of ["/", "/p/Ab_-9", "/p/embed", "/x/p/a/embed", "/p/a/embed/x", "/p/a%2Fembed", "/p/a/Embed"]) {
      const { headers } = await get(path);
      expect([path, headers["x-frame-options"], String(headers["content-security-policy"]).includes("frame-ancestors 'none'")]).toEqual([path, "DENY", true]);
    }
  });

  it("answers health by itself, with an id and the security headers", async () => {
    const { status, headers, text } = await get("/api/health");
    expect([status, text]).toEqual([200, '{"status":"ok"}']);
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin" });
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["x-powered-by"]).toBeUndefined();
  });

  it("answers readiness from the real services", async () => {
    const { status, text } = await get("/api/ready");
    expect(JSON.parse(text)).toMatchObject({ missing: [] });
    expect(status).toBe(200);
  });

  it("gives each page a nonce of its own, told to Next and to the browser alike", async () => {
    const first = await get("/");
    const told = nonceOf(seen["content-security-policy"]);
    const second = await get("/");
    expect(told).toBe(nonceOf(first.headers["content-security-policy"]));
    expect(told).toHaveLength(24);
    expect(nonceOf(second.headers["content-security-policy"])).not.toBe(told);
    expect(first.headers["content-security-policy"]).not.toContain("unsafe-eval");
  });

  it("believes no client about its policy, address, host or request id", async () => {
    const { headers } = await get("/", {
      "content-security-policy": "script-src 'nonce-evil'",
      "x-forwarded-for": "6.6.6.6",
      "x-forwarded-host": "evil.example",
      "x-real-ip": "6.6.6.6",
      "x-request-id": "chosen-by-the-client",
      [ADDRESS_HEADER]: "6.6.6.6",
    });
    expect(nonceOf(seen["content-security-policy"])).not.toBe("evil");
    expect(seen[ADDRESS_HEADER]).toBe("127.0.0.1");
    expect(seen["x-forwarded-for"]).toBe("127.0.0.1");
    expect(seen["x-forwarded-host"]).toBeUndefined();
    expect(seen["x-real-ip"]).toBeUndefined();
    expect(headers["x-request-id"]).not.toBe("chosen-by-the-client");
    expect(seen["x-request-id"]).toBe(headers["x-request-id"]);
  });

  it("gives parts their addresses before Next", async () => {
    expect((await get("/media/x")).text).toBe("bytes");
    expect((await get("/media/y")).text).toBe("page");
  });

  it("tells nothing of an error but its id", async () => {
    const { status, text, headers } = await get("/boom");
    expect(status).toBe(500);
    expect(text).not.toContain("secret detail");
    expect(JSON.parse(text).error).toMatchObject({ code: "internal", request_id: headers["x-request-id"] });
  });

  it.each(["//evil.example/", "/%", "/a?b=%zz", "/\\evil"])("bears the odd address %s", async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400) /);
  });

  it("refuses malformed requests and headers that are too large without a word to Next", async () => {
    seen = {};
    expect(await raw("NONSENSE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(`GET / HTTP/1.1\r\nhost: x\r\nx-large: ${"x".repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(seen).toEqual({});
  });

  it("lets running requests finish before it closes", async () => {
    const other = createFront({ dev: false, parts: [], pages: async (_req, res) => void (await pause(200), res.end("done")) });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const answer = fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`).then((response) => response.text());
    await pause(50);
    await closeFront(other);
    expect(await answer).toBe("done");
  });
});
