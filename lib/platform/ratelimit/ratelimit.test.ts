import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AppError } from "@/lib/platform/errors";
import { redis } from "@/lib/platform/redis/redis";
import { LocalBuckets } from "./local-buckets";
import { forgetLimits, limit, limitApi } from "./ratelimit";

const holder = globalThis as { heliographRedis?: unknown };
let serial = 0;
const somebody = () => `test-${process.pid}-${serial++}`;
/** How many of `tries` pass, and how the first refusal looks. */
async function count(tries: number, take: () => Promise<void>) {
  let passed = 0;
  let refusal: AppError | undefined;
  for (let i = 0; i < tries; i++) await take().then(() => (passed += 1), (error: AppError) => (refusal ??= error));
  return { passed, refusal };
}

beforeEach(() => forgetLimits());

describe.each([["in Redis", false], ["in this process", true]])("limits counted %s", (_, alone) => {
  beforeEach(() => {
    if (alone) holder.heliographRedis = null;
    else if (holder.heliographRedis === null) holder.heliographRedis = undefined;
  });

  it("let pass exactly what is allowed, and say when to come back", async () => {
    const address = somebody();
    const { passed, refusal } = await count(130, () => limitApi(null, address));
    expect(passed).toBe(100);
    expect(refusal).toMatchObject({ status: 429, code: "too_many" });
    expect(refusal!.retryAfter).toBeGreaterThan(50);
    expect(refusal!.retryAfter).toBeLessThanOrEqual(60);
  });

  it("count people apart from addresses, and more generously", async () => {
    const [person, address] = [somebody(), somebody()];
    expect((await count(650, () => limitApi(person, address))).passed).toBe(600);
    expect((await count(1, () => limitApi(null, address))).passed).toBe(1);
  });

  it("hold for each thing and each subject by itself", async () => {
    const subject = somebody();
    expect((await count(15, () => limit("login", subject))).passed).toBe(10);
    expect((await count(15, () => limit("posts", subject))).passed).toBe(10);
    expect((await count(25, () => limit("signup", subject))).passed).toBe(20);
    expect((await count(25, () => limit("comments", subject))).passed).toBe(20);
    expect((await count(110, () => limit("follows", subject))).passed).toBe(100);
    expect((await count(1, () => limit("login", somebody()))).passed).toBe(1);
  });

  it("are one for two copies of this module", async () => {
    vi.resetModules();
    const copy = await import("./ratelimit");
    const subject = somebody();
    expect((await count(6, () => limit("login", subject))).passed).toBe(6);
    expect((await count(6, () => copy.limit("login", subject))).passed).toBe(4);
  });

  it("bear requests at the same time", async () => {
    const person = somebody();
    const results = await Promise.allSettled(Array.from({ length: 300 }, () => limitApi(person, "x")));
    expect(results.filter((r) => r.status === "fulfilled").length).toBe(300);
  });
});

describe.skipIf(!process.env.REDIS_URL)("limits of several servers", () => {
  it("are one limit", async () => {
    holder.heliographRedis = undefined;
    const subject = somebody();
    expect(redis()).not.toBeNull();
    expect((await count(6, () => limit("login", subject))).passed).toBe(6);
    forgetLimits();
    expect((await count(6, () => limit("login", subject))).passed).toBe(4);
  });

  it("cost no round trip for who is over them", async () => {
    const subject = somebody();
    await count(11, () => limit("login", subject));
    const began = performance.now();
    await count(5_000, () => limit("login", subject));
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe("buckets of a process", () => {
  it("are filled again after the time of the limit, not before", () => {
    const buckets = new LocalBuckets();
    for (let i = 0; i < 3; i++) expect(buckets.take("a", 3, 1_000, 0)).toBe(0);
    expect(buckets.take("a", 3, 1_000, 400)).toBe(600);
    expect(buckets.take("a", 3, 1_000, 1_000)).toBe(0);
    expect(buckets.take("b", 3, 1_000, 1_000)).toBe(0);
  });
});
