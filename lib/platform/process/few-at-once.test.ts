import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fewAtOnce } from "./few-at-once";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const rest = () => new Promise((resolve) => setImmediate(resolve));

test("lets so many in at once, and the others in the order of asking as places are given back", async () => {
  const enter = fewAtOnce({ limit: 2, ms: 10_000, most: 10 });
  const order: string[] = [];
  const [a, b] = [await enter(), await enter()];
  const others = ["c", "d"].map((name) => enter().then((leave) => (order.push(name), leave)));
  await rest();
  expect(order).toEqual([]);
  a();
  a();
  await rest();
  expect(order).toEqual(["c"]);
  b();
  const leaves = await Promise.all(others);
  for (const leave of leaves) leave();
  expect(order).toEqual(["c", "d"]);
  await Promise.all([enter(), enter()]);
});

test("gives a place on that its holder keeps too long", async () => {
  const enter = fewAtOnce({ limit: 1, ms: 1_000, most: 10 });
  const order: string[] = [];
  const kept = await enter();
  const others = ["next", "last"].map((name) => enter().then((leave) => (order.push(name), leave)));
  await vi.advanceTimersByTimeAsync(999);
  expect(order).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(order).toEqual(["next"]);
  // It was given on already: given back late, it lets nobody in.
  kept();
  await vi.advanceTimersByTimeAsync(999);
  expect(order).toEqual(["next"]);
  (await others[0]!)();
  await rest();
  expect(order).toEqual(["next", "last"]);
});

test("keeps nobody waiting behind more than so many", async () => {
  const enter = fewAtOnce({ limit: 1, ms: 10_000, most: 1 });
  const first = await enter();
  let hasCome = false;
  const second = enter().then((leave) => ((hasCome = true), leave));
  const third = await enter();
  third();
  await rest();
  expect(hasCome).toBe(false);
  first();
  (await second)();
});
