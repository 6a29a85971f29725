import { sql } from "drizzle-orm";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { db } from "@/db/client";
import { installJobs } from "@/lib/testing/jobs";
import type { Executed } from "@/lib/testing/plan-nodes";
import { explain, faultsOf, statementsOf } from "@/lib/testing/plans";
import { openBoss } from "./boss";
import type { Lease } from "./courier";
import { defineJob } from "./define";
import { Leases } from "./leases";
import { enqueue, enqueueMany } from "./queue";

const schema = z.object({ n: z.number() });
const kind = defineJob({ name: "test.leased", schema, handler: async () => {} });
const other = defineJob({ name: "test.other", schema, handler: async () => {} });

let boss: PgBoss;
let leases: Leases;
const row = async (id: string) => (await db().execute<Record<string, unknown>>(sql`select * from pgboss.job where id = ${id}::uuid`))[0]!;
const numbers = (taken: readonly Lease[]) => taken.map(({ data }) => (data as { n: number }).n);

beforeAll(async () => {
  await installJobs([kind, other]);
  boss = openBoss({ connections: 1 });
  await boss.start();
  leases = new Leases(boss);
});
beforeEach(() => db().execute(sql`delete from pgboss.job`));
afterAll(async () => {
  await db().execute(sql`delete from pgboss.job`);
  await db().execute(sql`delete from pgboss.queue where name like 'test.kind-%'`);
  await boss.stop({ graceful: false });
});

describe("leases", () => {
  it("leave rows as pg-boss's own calls leave them", async () => {
    const times = ["started_on", "heartbeat_on", "completed_on"];
    const alike = (one: Record<string, unknown>) => ({ ...one, id: "", start_after: "", created_on: "", keep_until: "", ...Object.fromEntries(times.map((column) => [column, one[column] !== null])) });
    const both = async (step: string, theirs: string, ours: string) => expect({ [step]: alike(await row(ours)) }).toEqual({ [step]: alike(await row(theirs)) });

    await enqueue(db(), kind, { n: 1 });
    const [theirs] = await boss.fetch<object>(kind.name, { batchSize: 5 }) as Lease[];
    await enqueue(db(), kind, { n: 1 });
    const [ours] = await leases.take(kind.name, 5);
    expect(ours).toEqual({ id: ours!.id, data: theirs!.data, retryCount: theirs!.retryCount });
    await both("leased", theirs!.id, ours!.id);

    // A second attempt counts.
    await boss.fail(kind.name, [theirs, ours] as { id: string; retryCount: number }[], { message: "not yet" });
    await db().execute(sql`update pgboss.job_common set start_after = now()`);
    const [again] = await boss.fetch<object>(kind.name, { batchSize: 1 }) as Lease[];
    const [mine] = await leases.take(kind.name, 1);
    expect([again!.retryCount, mine!.retryCount]).toEqual([1, 1]);
    await both("leased again", again!.id, mine!.id);

    await boss.complete(kind.name, [again] as { id: string; retryCount: number }[]);
    await leases.complete(kind.name, [mine!]);
    await both("completed", again!.id, mine!.id);
    expect((await row(mine!.id)).state).toBe("completed");
  });

  it("take what is due, what matters more first, then the oldest, and each once however many ask", async () => {
    for (const [n, options] of [[1, {}], [2, {}], [3, { priority: 5 }], [4, { runAt: new Date(Date.now() + 60_000) }]] as const) await enqueue(db(), kind, { n }, options);
    await enqueue(db(), other, { n: 9 });
    expect(numbers(await leases.take(kind.name, 2))).toEqual([3, 1]);
    expect(numbers(await leases.take(kind.name, 9))).toEqual([2]);
    expect(await leases.take(kind.name, 9)).toEqual([]);

    await enqueueMany(db(), other, Array.from({ length: 200 }, (_, n) => ({ n: 100 + n })));
    const taken = (await Promise.all(Array.from({ length: 30 }, () => leases.take(other.name, 10)))).flat();
    const rest = await leases.take(other.name, 500);
    expect(new Set(numbers([...taken, ...rest])).size).toBe(201);
    expect(taken.length + rest.length).toBe(201);
  });

  it("complete only the attempt that was leased", async () => {
    await enqueue(db(), kind, { n: 1 });
    const [first] = await leases.take(kind.name, 1);
    await boss.fail(kind.name, first as { id: string; retryCount: number }, { message: "lost" });
    await leases.complete(kind.name, [first!]);
    expect((await row(first!.id)).state).toBe("retry");
    await db().execute(sql`update pgboss.job_common set start_after = now()`);
    const [second] = await leases.take(kind.name, 1);
    await leases.complete(kind.name, [first!]);
    expect((await row(first!.id)).state).toBe("active");
    await leases.complete(kind.name, [second!]);
    expect((await row(first!.id)).state).toBe("completed");
  });

  it.each([["one kind", 1], ["many kinds", 100]])("look at no more jobs than are taken or held, also of a kind that was not there when Postgres last counted %s", async (_, kinds) => {
    await db().execute(sql`insert into pgboss.queue select (jsonb_populate_record(q, jsonb_build_object('name', 'test.kind-' || n))).* from pgboss.queue q, generate_series(1, ${kinds}::int) n where q.name = ${other.name} on conflict do nothing`);
    await db().execute(sql`insert into pgboss.job (name, data, state) select 'test.kind-' || n % ${kinds}::int + 1, '{}', 'completed' from generate_series(1, 3 * ${kinds}::int) n`);
    await db().execute(sql`analyze pgboss.job_common`);
    await db().execute(sql`insert into pgboss.job (name, data, state, completed_on) select ${kind.name}, '{"n": 0}', 'completed', now() from generate_series(1, 3000)`);
    await enqueueMany(db(), kind, Array.from({ length: 16 }, (_, n) => ({ n })));
    let taken: Lease[] = [];
    const [take] = await statementsOf(async () => (taken = await leases.take(kind.name, 8)));
    expect(taken).toHaveLength(8);
    const faults = async (one: Executed) => faultsOf(await explain(one), new Map([["job_common", 3_000]]), 40);
    expect(await faults(take!)).toEqual([]);
    const [complete] = await statementsOf(async () => {
      await leases.complete(kind.name, taken.slice(0, 2));
      // As they were.
      await db().execute(sql`update pgboss.job_common set state = 'active' where name = ${kind.name} and id in (${taken[0]!.id}::uuid, ${taken[1]!.id}::uuid)`);
    });
    expect(await faults(complete!)).toEqual([]);
  });
});
