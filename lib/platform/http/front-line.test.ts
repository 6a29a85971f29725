import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { waitInLine } from "./front-line";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
// Whoever is still in the line goes.
afterEach(async () => {
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

const rest = () => new Promise((resolve) => setImmediate(resolve));

/** A request on its way in: whether it is let in, and its answer's end. */
async function come(method = "POST", path = "/api/posts", length: string | undefined = "200") {
  const res = Object.assign(new EventEmitter(), { closed: false });
  const one = { isIn: false, end: () => void ((res.closed = true), res.emit("close")) };
  void waitInLine({ method, headers: { "content-length": length } } as IncomingMessage, res as unknown as ServerResponse, new URL(path, "http://x")).then(() => (one.isIn = true));
  await rest();
  return one;
}

test("what people send in bursts waits, and nothing else", async () => {
  const two = [await come(), await come()];
  expect(two.map((one) => one.isIn)).toEqual([true, true]);
  const isIn = async (method: string, path: string) => (await come(method, path)).isIn;
  for (const path of ["/api/posts", "/api/uploads", "/api/uploads/12/complete"]) expect({ path, isIn: await isIn("POST", path) }).toEqual({ path, isIn: false });
  const others = [
    ["GET", "/api/posts"], ["PUT", "/api/uploads"], ["POST", "/api/posts/12/like"], ["POST", "/api/uploads/12/parts"], ["POST", "/api/uploads/12/complete/more"], ["POST", "/api/posts/"], ["POST", "/de/api/posts"], ["GET", "/"],
  ] as const;
  for (const [method, path] of others) expect({ method, path, isIn: await isIn(method, path) }).toEqual({ method, path, isIn: true });
});

test("a form of photos does not wait, nor a body of any length: it may come for as long as its sender's connection takes", async () => {
  await come();
  await come();
  const isIn = async (length: string | undefined) => (await come("POST", "/api/posts", length)).isIn;
  expect({ small: await isIn("65536"), form: await isIn("65537"), odd: await isIn("many") }).toEqual({ small: false, form: true, odd: true });
});

test("an answer that is closed gives its place on, in the order of coming", async () => {
  const [first, second, third, fourth] = [await come(), await come(), await come(), await come()];
  second.end();
  await rest();
  expect([third.isIn, fourth.isIn]).toEqual([true, false]);
  first.end();
  await rest();
  expect(fourth.isIn).toBe(true);
});

test("who went away before their turn holds up nobody", async () => {
  const [first, , gone, last] = [await come(), await come(), await come(), await come()];
  gone.end();
  first.end();
  await rest();
  expect(last.isIn).toBe(true);
});

test("an answer that takes longer than a quarter of a second holds up nobody", async () => {
  const [, , next] = [await come(), await come(), await come()];
  await vi.advanceTimersByTimeAsync(249);
  expect(next.isIn).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(next.isIn).toBe(true);
});
