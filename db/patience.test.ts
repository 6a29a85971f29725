import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { closeDatabase, db, readClient } from "@/db/client";
import { isOutage } from "@/lib/platform/http/error-response";
import { closeFront, createFront } from "@/lib/platform/http/front";
import { openOwnPostgres } from "@/lib/testing/own-postgres";
import { isDatabaseAway, isDatabaseTroubled } from "./patience";
import { prepared, preparedForWorker } from "./prepared";

const own = await openOwnPostgres(inject("folder"), "patience");
const before = process.env.DATABASE_URL;
const one = prepared<{ n: number }, "n">("a number", (arg) => sql`select ${arg("n")}::int as n`);
const lease = preparedForWorker<{ n: number }, "n">("a lease", (arg) => sql`insert into leased values (${arg("n")}::int) returning n`);
const sessions = async () => (await db().execute<{ pid: number }>(sql`select pid from pg_stat_activity where datname = current_database()`)).map((row) => row.pid);
const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  const error = await work().then(() => null, (reason: unknown) => reason);
  return { error, ms: performance.now() - began };
};
const settled = async (pids: number[], ms: number) => {
  const started = performance.now();
  const [page, write] = await Promise.all([timed(() => one({ n: 1 })), timed(() => db().transaction(async (tx) => tx.execute(sql`insert into kept values (1)`)))]);
  for (const { error } of [page, write]) expect(isOutage(error)).toBe(true);
  expect(performance.now() - started).toBeLessThan(ms);
  return pids;
};

/** Asks a server whose pages read from this Postgres, as a browser without cookies does. */
const broken = { options: {}, work: () => Promise.resolve(new Response("broken", { status: 500 })) };
const front = createFront({ dev: false, parts: [], routes: { "/api/broken": { GET: broken } }, pages: async (_, res) => {
  try {
    await one({ n: 1 });
    res.setHeader("content-type", "text/html");
    res.end("<p>a page</p>");
  } catch {
    res.writeHead(500).end("broken");
  }
} });
const page = (path: string) => fetch(`http://127.0.0.1:${(front.address() as AddressInfo).port}${path}`, { headers: { accept: "text/html" } });

describe("a Postgres that does not answer", () => {
  beforeAll(async () => {
    await own.start();
    await new Promise<void>((done) => front.listen(0, "127.0.0.1", done));
    await closeDatabase();
    process.env.DATABASE_URL = own.url;
    const { env } = await import("@/lib/platform/env");
    Object.assign(env(), { DATABASE_URL: own.url, DATABASE_POOL: 4 });
    await db().execute(sql`create table kept (n int)`);
    await db().execute(sql`create table leased (n int)`);
    await lease({ n: 0 });
    await Promise.all(Array.from({ length: 8 }, () => one({ n: 1 })));
  });
  afterAll(async () => {
    await closeFront(front, 100);
    await closeDatabase();
    await own.kill();
    process.env.DATABASE_URL = before;
  });

  it("keeps nobody waiting when it hangs, and is used again when it is back", async () => {
    const pids = await sessions();
    for (let i = 0; i < 3; i++) await Promise.all(Array.from({ length: 10 }, () => page("/p/known-everywhere")));
    await page("/p/seldom");
    own.freeze(pids);
    try {
      await settled(pids, 6_000);
      expect(isDatabaseAway()).toBe(true);
      const next = await timed(() => Promise.all(Array.from({ length: 100 }, (_, n) => one({ n }))));
      expect(isOutage(next.error)).toBe(true);
      expect(next.ms).toBeLessThan(300);
      expect((await timed(() => db().execute(sql`select 1`))).ms).toBeLessThan(300);
      const seldom = await page("/p/seldom");
      expect([seldom.status, seldom.headers.get("retry-after"), await seldom.text()]).toEqual([503, "5", expect.stringContaining("Back in a moment")]);
      const known = await page("/p/known-everywhere");
      expect([known.status, known.headers.get("x-heliograph-stale"), await known.text()]).toEqual([200, expect.stringMatching(/^\d+$/), "<p>a page</p>"]);
    } finally {
      own.thaw(pids);
    }
    await expect.poll(() => one({ n: 5 }).catch(() => null), { timeout: 8_000 }).toEqual([{ n: 5 }]);
    // Whoever was sent away has not written behind our backs.
    await sleep(200);
    expect(await db().execute(sql`select * from kept`)).toHaveLength(0);
    await expect.poll(() => timed(() => db().execute(sql`select 1`)), { timeout: 5_000 }).toMatchObject({ error: null });
  }, 40_000);

  it("has nothing of a transaction whose last statement was on its way when its caller was sent away", async () => {
    const pids = await sessions();
    let isFrozen = false;
    try {
      const write = await timed(() => db().transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        own.freeze(pids);
        isFrozen = true;
        await tx.execute(sql`insert into kept values (3)`);
      }));
      expect(isOutage(write.error)).toBe(true);
    } finally {
      if (isFrozen) own.thaw(pids);
    }
    await expect.poll(() => one({ n: 5 }).catch(() => null), { timeout: 8_000 }).toEqual([{ n: 5 }]);
    await sleep(300);
    expect(await db().execute(sql`select * from kept`)).toHaveLength(0);
  }, 30_000);

  it("gives a worker what it leased while it hung", async () => {
    const pids = await sessions();
    own.freeze(pids);
    const leasing = lease({ n: 1 });
    try {
      await settled(pids, 6_000);
    } finally {
      own.thaw(pids);
    }
    expect(await leasing).toEqual([{ n: 1 }]);
    await expect.poll(() => timed(() => db().execute(sql`select 1`)), { timeout: 8_000 }).toMatchObject({ error: null });
    expect(await db().execute(sql`select * from leased order by n`)).toEqual([{ n: 0 }, { n: 1 }]);
  }, 30_000);

  it("lets what is merely slow go on", async () => {
    const [slow, quick] = await Promise.all([timed(() => db().execute(sql`select pg_sleep(5)`)), sleep(4_500).then(() => timed(() => one({ n: 1 })))]);
    expect(slow.error).toBeNull();
    expect(quick.error).toBeNull();
  }, 20_000);

  it("is not called away by a process that seldom has its turn", async () => {
    const asked = { isDone: false };
    const slow = db().execute(sql`select pg_sleep(6)`).finally(() => (asked.isDone = true));
    // It is asked whether it lives, and each of the few steps of that takes longer than it should in all.
    await sleep(1_200);
    let wasTroubled = false;
    while (!asked.isDone) {
      for (const until = performance.now() + 800; performance.now() < until; );
      await new Promise((resolve) => setImmediate(resolve));
      wasTroubled ||= isDatabaseTroubled();
    }
    await slow;
    expect(wasTroubled).toBe(false);
  }, 30_000);

  it("sends away whoever waits five seconds for a connection", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const holders = Array.from({ length: 4 }, () => db().transaction(async (tx) => { await tx.execute(sql`select 1`); await held; }));
    await sleep(300);
    const waiting = await timed(() => db().transaction(async (tx) => tx.execute(sql`insert into kept values (2)`)));
    expect(isOutage(waiting.error)).toBe(true);
    expect(waiting.ms).toBeLessThan(7_000);
    expect(isDatabaseAway()).toBe(false);
    // Reads have connections of their own.
    expect(await one({ n: 3 })).toEqual([{ n: 3 }]);
    release();
    await Promise.all(holders);
    await sleep(300);
    expect(await db().execute(sql`select * from kept`)).toHaveLength(0);
  }, 20_000);

  it("is noticed at once when it is killed, and found again within a second or two", async () => {
    await own.kill();
    const first = await timed(() => one({ n: 1 }));
    expect(isOutage(first.error)).toBe(true);
    expect(first.ms).toBeLessThan(2_000);
    expect(isDatabaseTroubled()).toBe(true);
    expect((await page("/p/seldom")).status).toBe(503);
    const route = await page("/api/broken");
    expect([route.status, route.headers.get("retry-after")]).toEqual([503, "5"]);
    await sleep(1_000);
    await own.start();
    await expect.poll(() => one({ n: 7 }).catch(() => null), { timeout: 5_000 }).toEqual([{ n: 7 }]);
    expect(readClient()).toBeTruthy();
  }, 30_000);
});
