import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { staticFiles } from "./front-static";

const folder = mkdtempSync(join(tmpdir(), "heliograph-static-"));
const code = "export const words = 'many of the same words';\n".repeat(50);
mkdirSync(join(folder, "static/chunks"), { recursive: true });
writeFileSync(join(folder, "secret.js"), "secret");
writeFileSync(join(folder, "static/chunks/a-1.js"), code);
writeFileSync(join(folder, "static/chunks/a-1.js.br"), brotliCompressSync(code));

let server: Server;
beforeAll(async () => {
  const part = staticFiles(join(folder, "static"));
  server = createServer(async (req, res) => {
    if (!(await part(req, res, new URL(`http://x${req.url}`)))) res.writeHead(404).end("next");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void server.close());

const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);

describe("the build's own files", () => {
  it("come compressed to who understands it, and may be kept for ever", async () => {
    const answer = await get("/_next/static/chunks/a-1.js", { headers: { "accept-encoding": "gzip, br" } });
    expect(answer.headers.get("content-encoding")).toBe("br");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("content-type")).toContain("javascript");
    expect(await answer.text()).toBe(code);
  });

  it.each(["identity", "br;q=0", "zstd"])("come plain to who asks for %s", async (accepted) => {
    const answer = await get("/_next/static/chunks/a-1.js", { headers: { "accept-encoding": accepted } });
    expect(answer.headers.get("content-encoding")).toBeNull();
    expect(await answer.text()).toBe(code);
  });

  it.each(["/_next/static/../secret.js", "/_next/static/%2e%2e/secret.js", "/_next/static/chunks%2f..%2f..%2fsecret.js", "/_next/static/chunks/", "/_next/static/chunks/none.js", "/_next/static//etc/passwd"])("are nothing else: %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it("are read only", async () => {
    expect((await get("/_next/static/chunks/a-1.js", { method: "POST" })).status).toBe(404);
    expect(await (await get("/_next/static/chunks/a-1.js", { method: "HEAD" })).text()).toBe("");
  });
});
