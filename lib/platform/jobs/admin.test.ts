import { sql } from "drizzle-orm";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { db } from "@/db/client";
import { drainJobs } from "@/lib/testing/jobs";
import { countDead, listDead, listQueues, retryDead } from "./admin";
import { openBoss } from "./boss";
import { defineJob } from "./define";
import { Leases } from "./leases";
import { migrateQueue } from "./migrate";
import { announce, enqueue } from "./queue";
import { jobs as upkeep } from "./upkeep";

const schema = z.object({ n: z.number() });
const doomed = defineJob({ name: "test.doomed", schema, handler: async () => {} });
let boss: PgBoss;

beforeAll(async () => {
  await migrateQueue([doomed, ...upkeep]);
  boss = openBoss({ connections: 1 });
  await boss.start();
});
afterAll(() => boss.stop({ graceful: false }));

describe("dead jobs", () => {
  it("can be seen with their reason, and retried", async () => {
    for (const n of [1, 2]) await enqueue(db(), doomed, { n });
    for (const lease of await boss.fetch<{ n: number }>("test.doomed", { batchSize: 2 })) await new Leases(boss).bury("test.doomed", lease, `number ${lease.data.n}`);
    const dead = await listDead(boss);
    expect(dead.map((job) => [job.name, job.data, job.attempts, job.message]).sort()).toEqual([["test.doomed", { n: 1 }, 1, "number 1"], ["test.doomed", { n: 2 }, 1, "number 2"]]);
    expect((await listQueues(boss)).find((queue) => queue.name === "test.doomed")).toMatchObject({ dead: 2, waiting: 0 });
    expect(await retryDead(boss, dead[0]!.id)).toBe(1);
    expect(await retryDead(boss, "all")).toBe(1);
    expect(await countDead(boss)).toBe(0);
    expect(await drainJobs([doomed])).toHaveLength(2);
    const [row] = await db().execute<{ retry_limit: number }>(sql`select retry_limit from pgboss.job where name = 'test.doomed' and state = 'completed' limit 1`);
    expect(row?.retry_limit).toBe(doomed.retryLimit);
  });
});

describe("queues", () => {
  it("are brought in step with the registry, whatever it was before", async () => {
    const hears = defineJob({ name: "test.hears", schema: z.object({ postId: z.string() }), on: "post.liked", schedule: "* * * * *", handler: async () => {} });
    await migrateQueue([doomed, hears]);
    await announce(db(), "post.liked", { postId: "1", userId: "2" });
    expect((await boss.getSchedules()).map((schedule) => schedule.name)).toEqual(["test.hears"]);
    await migrateQueue([{ ...doomed, retryLimit: 3 }, ...upkeep]);
    await announce(db(), "post.liked", { postId: "3", userId: "2" });
    expect(await db().execute(sql`select 1 from pgboss.job where name = 'test.hears'`)).toHaveLength(1);
    expect((await boss.getSchedules()).map((schedule) => schedule.name).sort()).toEqual(upkeep.map((job) => job.name).sort());
    expect(await boss.getQueue("test.doomed")).toMatchObject({ retryLimit: 3 });
  });
});

describe("upkeep", () => {
  it("makes partitions ahead and removes what has expired", async () => {
    const [user] = await db().execute<{ id: string }>(sql`
      insert into users (username, username_key, username_skeleton, email, email_key, password_hash) values ('kim', 'kim', 'kim', 'kim@example.org', 'kim@example.org', '!') returning id`);
    await db().execute(sql`
      insert into sessions (user_id, kind, expires_at, revoked_at) values (${user!.id}::bigint, 'api', now() - interval '1 minute', null),
        (${user!.id}::bigint, 'api', now() + interval '1 day', now() - interval '8 days'), (${user!.id}::bigint, 'api', now() + interval '1 day', null)`);
    await db().execute(sql`
      insert into idempotency_keys (user_id, key, kind, resource_id, created_at) values (${user!.id}::bigint, 'old', 'post', 1, now() - interval '3 days'), (${user!.id}::bigint, 'new', 'post', 1, now())`);
    for (const job of upkeep) await enqueue(db(), job, {});
    await drainJobs(upkeep);
    expect(await db().execute(sql`select 1 from sessions`)).toHaveLength(1);
    expect([...(await db().execute(sql`select key from idempotency_keys`))]).toEqual([{ key: "new" }]);
  });
});
