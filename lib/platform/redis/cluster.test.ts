import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { forgetLimits, limit } from "@/lib/platform/ratelimit/ratelimit";
import { openOwnCluster } from "@/lib/testing/own-cluster";
import { closeRedis, OVER, redis, underTerms, withRedis } from "./redis";
import { crc16, SLOTS, slotOf, slotOfCommand } from "./slots";

const own = await openOwnCluster(inject("folder"), "cluster", 3, 1);
/** The term under which something with the guard is done, as scripts do it. */
const term = async (tag: string) => {
  const { name } = await underTerms([tag], async (terms) => {
    const { name: mine, guard } = terms.get(tag)!;
    if ((await redis()!.get(guard!)) !== mine) throw new Error(OVER);
    return { name: mine };
  });
  return name;
};
/** A name whose slot the node has. */
function nameOn(node: number, prefix = "k"): string {
  for (let i = 0; ; i++) if (Math.floor((slotOf(`${prefix}${i}`) * 3) / SLOTS) === node) return `${prefix}${i}`;
}

describe("slots", () => {
  it("are those of the specification", () => {
    expect(crc16("123456789")).toBe(0x31c3);
    expect(slotOf("foo")).toBe(12_182);
    expect(slotOf("{user1000}.following")).toBe(slotOf("user1000"));
    expect(slotOf("foo{}{bar}")).toBe(crc16("foo{}{bar}") % SLOTS);
    expect(slotOf("foo{{bar}}zap")).toBe(slotOf("{bar"));
    expect(slotOf("foo{bar}{zap}")).toBe(slotOf("bar"));
  });

  it("of a command are one", () => {
    expect(slotOfCommand(["PING"])).toBeNull();
    expect(slotOfCommand(["evalsha", "abc", 2, "{a}1", "{a}2", "b"])).toBe(slotOf("a"));
    expect(() => slotOfCommand(["DEL", "a", "b"])).toThrow(/several slots/);
    expect(() => slotOfCommand(["EVAL", "return 1", "2", "a", ""])).toThrow(/several slots/);
  });
});

describe.skipIf(!own)("a Redis cluster", () => {
  beforeAll(async () => {
    await own!.begin();
    process.env.REDIS_URL = own!.url;
    closeRedis();
  }, 60_000);
  afterAll(async () => {
    closeRedis();
    await own!.end();
  });

  it("answers like one server", async () => {
    const client = redis()!;
    for (const key of ["{any}thing", "", "ünï", "a{b}c", "a{}"]) expect(slotOf(key)).toBe(Number(await own!.call(0, "CLUSTER", "KEYSLOT", key)));
    const keys = Array.from({ length: 60 }, (_, i) => `p${i}`);
    const pipeline = client.pipeline();
    for (const key of keys) pipeline.set(key, key);
    for (const key of keys) pipeline.get(key);
    expect((await pipeline.exec()).slice(60)).toEqual(keys);
    expect(await client.dbsize()).toBe(60);
    expect(await client.multi().incr("{t}n").incr("{t}n").exec()).toEqual([1, 2]);
    expect(await client.ping()).toBe("PONG");
    await expect(client.del("p1", "p2")).rejects.toThrow(/several slots/);
    await expect(client.incr("p1")).rejects.toThrow(/not an integer/);
    for (const key of [nameOn(0), nameOn(1), nameOn(2)]) expect(await client.eval("return {KEYS[1]}", [key], [])).toEqual([key]);
    await client.flushdb();
    expect(await client.dbsize()).toBe(0);
  });

  it("counts limits, whose script each node has to learn", async () => {
    forgetLimits();
    for (let i = 0; i < 12; i++) {
      let passed = 0;
      for (let n = 0; n < 14; n++) await limit("login", `someone-${i}-{x}`).then(() => passed++, () => {});
      expect(passed).toBe(10);
    }
    expect(Number(await redis()!.dbsize())).toBe(12);
  });

  it("is followed when a slot is moved: before, between and after", async () => {
    const client = redis()!;
    const tag = nameOn(0, "move");
    const slot = slotOf(tag);
    const [stays, goes, fresh] = [`{${tag}}a`, `{${tag}}b`, `{${tag}}c`];
    for (const key of [stays, goes]) await client.set(key, key);
    await own!.beginMove(slot, 0, 1);
    await own!.call(0, "MIGRATE", "127.0.0.1", new URL(own!.url.split(",")[1]!).port, goes, 0, 5_000, "AUTH", "test");
    expect([await client.get(stays), await client.get(goes)]).toEqual([stays, goes]);
    await client.set(fresh, "new");
    expect(await client.pipeline().get(fresh).get(stays).get(goes).exec()).toEqual(["new", stays, goes]);
    await own!.moveKeys(slot, 0, 1);
    await own!.endMove(slot, 1);
    for (let turn = 0; turn < 3; turn++) expect([await client.get(stays), await client.get(goes), await client.get(fresh)]).toEqual([stays, goes, "new"]);
    expect(await own!.call(1, "CLUSTER", "COUNTKEYSINSLOT", slot)).toBe(3);
    await own!.beginMove(slot, 1, 0);
    await own!.moveKeys(slot, 1, 0);
    await own!.endMove(slot, 0);
  });

  it("begins a new term for what went elsewhere, and never takes up an old one", async () => {
    const tag = nameOn(0, "term");
    const slot = slotOf(tag);
    const first = await term(tag);
    expect(await term(tag)).toBe(first);
    await own!.beginMove(slot, 0, 1);
    await own!.moveKeys(slot, 0, 1);
    await own!.endMove(slot, 1);
    const second = await term(tag);
    await own!.beginMove(slot, 1, 0);
    await own!.moveKeys(slot, 1, 0);
    await own!.endMove(slot, 0);
    const third = await term(tag);
    expect(new Set([first, second, third]).size).toBe(3);
    // The same server as at first, but what lay there then is out of reach.
    expect(third.split(".")[0]).toBe(first.split(".")[0]);
  });

  it("is done without where a node was killed, and only there; fast, and until it is back", async () => {
    const client = redis()!;
    const [here, there] = [nameOn(0), nameOn(2)];
    await client.set(here, "here");
    await own!.kill(2);
    const began = performance.now();
    for (let i = 0; i < 20; i++) {
      expect(await withRedis((r) => r.get(there), "Postgres")).toBe("Postgres");
      expect(await withRedis((r) => r.get(here), "Postgres")).toBe("here");
    }
    expect(performance.now() - began).toBeLessThan(1_500);
    const mixed = client.pipeline().set(here, "again").set(there, "x");
    await expect(mixed.exec()).rejects.toThrow(/away|closed|timed out/i);
    expect(await client.get(here)).toBe("again");
    await own!.start(2);
    await own!.until(async () => (await withRedis((r) => r.set(there, "back"), null)) === "OK");
  });

  it("costs little where a node hangs", async () => {
    const [here, there] = [nameOn(0), nameOn(1)];
    own!.freeze(1);
    await Promise.all(Array.from({ length: 20 }, () => withRedis((r) => r.get(there), "Postgres")));
    const began = performance.now();
    for (let i = 0; i < 50; i++) {
      expect(await withRedis((r) => r.get(there), "Postgres")).toBe("Postgres");
      expect(await withRedis((r) => r.get(here), "Postgres")).toBe("again");
    }
    expect(performance.now() - began).toBeLessThan(1_000);
    own!.thaw(1);
    await own!.until(async () => (await withRedis((r) => r.set(there, "back"), null)) === "OK");
  });

  it("goes on with the replica that takes over, in a new term", async () => {
    const tag = nameOn(0, "over");
    const before = await term(tag);
    await own!.call(0, "WAIT", 1, 1_000);
    await own!.kill(0);
    await own!.until(async () => (await withRedis(async (r) => r.set(`{${tag}}x`, "1"), null)) === "OK");
    const after = await term(tag);
    expect(after).not.toBe(before);
    await own!.start(0);
    await own!.until(async () => (await own!.call(0, "ROLE"))[0] === "slave");
    expect(await term(tag)).toBe(after);
    expect(await redis()!.get(`{${tag}}x`)).toBe("1");
  });
});
