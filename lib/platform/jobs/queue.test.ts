import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { db } from "@/db/client";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { openBoss } from "./boss";
import { defineJob } from "./define";
import { announce, enqueue, enqueueMany } from "./queue";

const ran: string[] = [];
const people = z.object({ followerId: z.string(), followeeId: z.string() });
const hears = defineJob({ name: "test.hears", schema: people, on: "user.followed", handler: async ({ followerId }) => void ran.push(`hears ${followerId}`) });
const hearsToo = defineJob({ name: "test.hears-too", schema: people, on: ["user.followed", "user.unfollowed"], handler: async ({ followerId }) => void ran.push(`hears too ${followerId}`) });
const counts = defineJob({ name: "test.counts", schema: z.object({ n: z.number() }), handler: async ({ n }) => void ran.push(`counts ${n}`), retryLimit: 3 });
const jobs = [hears, hearsToo, counts];

const stored = (name: string) => db().execute<Record<string, unknown>>(sql`select * from pgboss.job where name = ${name} order by created_on`);

beforeAll(() => installJobs(jobs));
beforeEach(async () => {
  ran.length = 0;
  await db().execute(sql`delete from pgboss.job`);
});

describe("enqueuing", () => {
  it("happens when the transaction commits", async () => {
    await db().transaction((tx) => enqueue(tx, counts, { n: 1 }));
    expect(await drainJobs(jobs)).toEqual(["test.counts"]);
    expect(ran).toEqual(["counts 1"]);
  });

  it("does not happen when the transaction rolls back", async () => {
    await db().transaction(async (tx) => {
      await enqueue(tx, counts, { n: 1 });
      await announce(tx, "user.followed", { followerId: "1", followeeId: "2" });
      throw new Error("changed my mind");
    }).catch(() => {});
    expect(await drainJobs(jobs)).toEqual([]);
  });

  it("adds many at once, refuses what does not fit and what has no queue", async () => {
    await enqueueMany(db(), counts, Array.from({ length: 1000 }, (_, n) => ({ n })));
    expect((await stored("test.counts")).length).toBe(1000);
    await expect(enqueue(db(), counts, { n: "one" } as never)).rejects.toThrow(/expected number/);
    await expect(enqueue(db(), defineJob({ ...counts, name: "test.unknown", schema: counts.schema, schedule: undefined, concurrency: undefined }), { n: 1 })).rejects.toThrow(/lib\/jobs.ts/);
  });

  it("waits for the time it is wanted at", async () => {
    await enqueue(db(), counts, { n: 1 }, { runAt: new Date(Date.now() + 60_000) });
    expect(await drainJobs(jobs)).toEqual([]);
  });

  it("adds no second job of a key while one waits", async () => {
    for (const n of [1, 2]) await enqueue(db(), counts, { n }, { singletonKey: "a" });
    await enqueue(db(), counts, { n: 3 }, { singletonKey: "b" });
    for (const n of [4, 5]) await enqueue(db(), counts, { n });
    await drainJobs(jobs);
    expect(ran.sort()).toEqual(["counts 1", "counts 3", "counts 4", "counts 5"]);
    await enqueue(db(), counts, { n: 6 }, { singletonKey: "a" });
    expect(await drainJobs(jobs)).toHaveLength(1);
  });

  it("writes the rows that pg-boss itself would write", async () => {
    const boss = openBoss({ connections: 1 });
    await boss.start();
    await boss.send("test.counts", { n: 1 });
    await boss.stop({ graceful: false });
    await enqueue(db(), counts, { n: 1 });
    const [theirs, ours] = (await stored("test.counts")).map((row) => ({ ...row, id: "", start_after: "", created_on: "", keep_until: Date.parse(String(row.keep_until)) - Date.parse(String(row.start_after)) }));
    expect(ours).toEqual(theirs);
  });
});

describe("announcing", () => {
  it("gives each subscriber a job of its own", async () => {
    await db().transaction((tx) => announce(tx, "user.followed", { followerId: "7", followeeId: "8" }));
    await announce(db(), "user.unfollowed", { followerId: "9", followeeId: "8" });
    await announce(db(), "post.liked", { postId: "1", userId: "2" });
    await drainJobs(jobs);
    expect(ran.sort()).toEqual(["hears 7", "hears too 7", "hears too 9"]);
  });
});
