import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openOwnRedis } from "@/lib/testing/own-redis";
import { closeRedis, redis, underTerms, withRedis } from "./redis";

const own = await openOwnRedis(inject("folder"), "redis-test");
const answered = () => withRedis((client) => client.ping(), "away");
const term = () => underTerms(["x"], async (terms) => ({ name: terms.get("x")!.name })).then(({ name }) => name);
const until = async (wanted: string, ms = 8_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) if ((await answered()) === wanted) return;
  throw new Error(`Redis never was ${wanted}`);
};

describe.skipIf(!own)("Redis", () => {
  beforeAll(async () => {
    await own!.start();
    process.env.REDIS_URL = own!.url;
    closeRedis();
  });
  afterAll(async () => {
    closeRedis();
    await own!.kill();
  });

  it("answers like Upstash: pipelines, transactions, scripts, plain strings", async () => {
    const client = redis()!;
    const id = "497128479874560001";
    await client.set("id", id);
    expect(await client.get("id")).toBe(id);
    await client.hset("h", { a: "1", b: "two" });
    expect(await client.hgetall("h")).toEqual(["a", "1", "b", "two"]);
    expect(await client.pipeline().incr("n").incr("n").exec()).toEqual([1, 2]);
    expect(await client.multi().incr("n").get("n").exec()).toEqual([3, "3"]);
    expect(await client.eval("return {KEYS[1], ARGV[1]}", ["k"], ["v"])).toEqual(["k", "v"]);
    expect(await client.eval("#!lua flags=allow-key-locking\nreturn 7", [], [])).toBe(7);
    await expect(client.evalsha("0".repeat(40), [], [])).rejects.toThrow(/NOSCRIPT/);
    await expect(client.incr("h")).rejects.toThrow(/WRONGTYPE/);
  });

  it("is done without when it is killed, at once, and used again when it is back", async () => {
    const before = await term();
    await own!.kill();
    const began = performance.now();
    for (let i = 0; i < 20; i++) expect(await answered()).toBe("away");
    expect(performance.now() - began).toBeLessThan(1_000);
    await own!.start();
    await until("PONG");
    expect(await term()).not.toBe(before);
  });

  it("costs little when it hangs: after a few tries nobody waits", async () => {
    own!.freeze();
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 50 }, answered));
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(new Set(answers)).toEqual(new Set(["away"]));
    const next = performance.now();
    for (let i = 0; i < 50; i++) await answered();
    expect(performance.now() - next).toBeLessThan(700);
    own!.thaw();
    await until("PONG");
  });

  it("is done without from the start", async () => {
    await own!.kill();
    closeRedis();
    expect(await answered()).toBe("away");
    await own!.start();
    await until("PONG");
  });

  it("takes a fallback that is computed, and keeps errors of the fallback", async () => {
    await own!.kill();
    expect(await withRedis((client) => client.get("x"), async () => "made")).toBe("made");
    await expect(withRedis((client) => client.get("x"), () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
    await own!.start();
    await until("PONG");
  });

  it("does not answer one question with the reply of another after a timeout", async () => {
    const client = redis()!;
    await client.set("a", "a");
    await client.set("b", "b");
    own!.freeze();
    await client.get("a").catch(() => {});
    own!.thaw();
    await sleep(1_600);
    expect(await client.get("b")).toBe("b");
  });
});
