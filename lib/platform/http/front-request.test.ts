import type { IncomingMessage } from "node:http";
import { describe, expect, it, vi } from "vitest";
import type * as Env from "@/lib/platform/env";

const trusting = vi.hoisted(() => ({ value: false }));
vi.mock("@/lib/platform/env", async (load) => {
  const real = await load<typeof Env>();
  return { ...real, env: () => ({ ...real.env(), TRUST_PROXY: trusting.value }) };
});
const { addressOf, loggablePath, requestIdOf } = await import("./front-request");

const request = (headers: Record<string, string>, remoteAddress = "::ffff:10.0.0.9") => ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

describe("who is asking", () => {
  it("is the socket's address unless a proxy is trusted", () => {
    trusting.value = false;
    expect(addressOf(request({ "x-forwarded-for": "1.2.3.4" }))).toBe("10.0.0.9");
  });

  it("is the address that the trusted proxy added last, not what the client wrote before it", () => {
    trusting.value = true;
    expect(addressOf(request({ "x-forwarded-for": "6.6.6.6, 1.2.3.4" }))).toBe("1.2.3.4");
    expect(addressOf(request({}))).toBe("10.0.0.9");
  });

  it("keeps a trusted proxy's request id only when it is sane", () => {
    trusting.value = true;
    expect(requestIdOf(request({ "x-request-id": "abc-123-def" }))).toBe("abc-123-def");
    expect(requestIdOf(request({ "x-request-id": 'a"}\n{"level":"fatal"' }))).toMatch(/^[0-9a-f-]{36}$/);
    trusting.value = false;
    expect(requestIdOf(request({ "x-request-id": "abc-123-def" }))).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("the path in the log", () => {
  it("has the names of the query, never its values", () => {
    expect(loggablePath(new URL("http://x/api/search?q=my+secret&type=users&q=2"))).toBe("/api/search?q&type");
    expect(loggablePath(new URL("http://x/p/abc"))).toBe("/p/abc");
  });
});
