import { randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { Courier } from "./courier";
import { defineJob } from "./define";

const quick = defineJob({ name: "test.quick", schema: z.unknown(), handler: async () => {} });
const slow = defineJob({ name: "test.slow", schema: z.unknown(), handler: async () => {}, timeoutSeconds: 60 });

type Asked = { url: string; ids: string[]; bytes: number };
type Answer = (asked: Asked, res: http.ServerResponse) => void;

let answer: Answer;
let courier: Courier;
const asked: Asked[] = [];

const server = http.createServer(async (req, res) => {
  let text = "";
  for await (const chunk of req.setEncoding("utf8")) text += chunk;
  const body = JSON.parse(text) as { id: string }[] | object;
  const one = { url: req.url!, ids: Array.isArray(body) ? body.map(({ id }) => id) : [String(req.headers["x-heliograph-job"])], bytes: text.length };
  asked.push(one);
  answer(one, res);
});

function appThat(does: Answer): void {
  answer = does;
  courier = new Courier();
}

const lease = (data: unknown = {}) => ({ id: randomUUID(), data, retryCount: 0 });
const lines = (ids: readonly string[]) => ids.map((id) => `${JSON.stringify({ id, kind: "done" })}\n`).join("");
const allDone: Answer = ({ url, ids }, res) => void res.end(url === "/api/jobs" ? lines(ids) : "{}");
const deliverAll = (count: number, data?: unknown) => Promise.all(Array.from({ length: count }, () => courier.deliver(quick, lease(data))));

describe("the courier", () => {
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    process.env.APP_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    courier.close();
    asked.length = 0;
  });

  it("sends quick jobs that come together in one request, few and short enough, and the others alone", async () => {
    appThat(allDone);
    const ends = await Promise.all([...Array.from({ length: 40 }, () => courier.deliver(quick, lease())), courier.deliver(slow, lease()), courier.deliver(slow, lease())]);
    expect(ends.map(({ kind }) => kind)).toEqual(Array.from({ length: 42 }, () => "done"));
    expect(asked.map(({ url, ids }) => [url, ids.length]).toSorted()).toEqual([["/api/jobs", 32], ["/api/jobs", 8], ["/api/jobs/test.slow", 1], ["/api/jobs/test.slow", 1]]);
  });

  it("puts no more into a request than the app takes", async () => {
    appThat(allDone);
    await deliverAll(5, { text: "x".repeat(20_000) });
    expect(asked.map(({ ids }) => ids.length).toSorted()).toEqual([1, 2, 2]);
    expect(Math.max(...asked.map(({ bytes }) => bytes))).toBeLessThan(64_000);
    await deliverAll(2, { text: "x".repeat(50_000) });
    expect(asked.slice(3).map(({ url }) => url)).toEqual(["/api/jobs/test.quick", "/api/jobs/test.quick"]);
  });

  it("sends a job alone that comes alone", async () => {
    appThat(allDone);
    expect(await courier.deliver(quick, lease())).toEqual({ kind: "done" });
    expect(asked.map(({ url }) => url)).toEqual(["/api/jobs/test.quick"]);
  });

  it("sends one by one what an app of an older version knows no way for together", async () => {
    appThat((one, res) => (one.url === "/api/jobs" ? void res.writeHead(404).end() : allDone(one, res)));
    expect((await deliverAll(3)).map(({ kind }) => kind)).toEqual(["done", "done", "done"]);
    expect((await deliverAll(2)).map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(asked.map(({ url }) => url)).toEqual(["/api/jobs", ...Array.from({ length: 5 }, () => "/api/jobs/test.quick")]);
  });

  it("takes for failed what an app did not speak of when it died, and says that it did", async () => {
    appThat(({ ids }, res) => {
      res.write(lines(ids.slice(0, 1)));
      setTimeout(() => res.destroy(), 20);
    });
    const [first, ...others] = await deliverAll(3);
    expect(first).toMatchObject({ kind: "done" });
    for (const other of others) expect(other).toMatchObject({ kind: "failed", message: expect.stringMatching(/ECONNRESET|socket hang up/) });
  });

  it("takes for failed what an app left out of its answer, or answered with an error", async () => {
    appThat(({ ids }, res) => void res.end(lines(ids.slice(0, 1))));
    expect((await deliverAll(2)).map(({ kind }) => kind)).toEqual(["done", "failed"]);
    courier.close();
    appThat((_, res) => void res.writeHead(500).end("no"));
    expect(await deliverAll(2)).toEqual(Array.from({ length: 2 }, () => ({ kind: "failed", message: "the app answered 500" })));
  });

  it("hears of each when it ends", async () => {
    let finish = () => {};
    appThat(({ ids }, res) => {
      res.write(lines(ids.slice(1)));
      finish = () => void res.end(lines(ids.slice(0, 1)));
    });
    const [late, early] = [courier.deliver(quick, lease()), courier.deliver(quick, lease())];
    expect(await early).toMatchObject({ kind: "done" });
    expect(await Promise.race([late, "still running"])).toBe("still running");
    finish();
    expect(await late).toMatchObject({ kind: "done" });
  });

  it("says that no app was there", async () => {
    appThat(allDone);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect((await deliverAll(2)).map(({ kind }) => kind)).toEqual(["unreachable", "unreachable"]);
  });
});
