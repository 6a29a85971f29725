import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { openBoss } from "@/lib/platform/jobs/boss";
import type { JobDefinition } from "@/lib/platform/jobs/define";
import { executeJob } from "@/lib/platform/jobs/execute";
import { bringInStep } from "@/lib/platform/jobs/migrate";

/** Gives a test's database the queues and subscriptions of these jobs; call in `beforeAll`. */
export async function installJobs(jobs: readonly JobDefinition[]): Promise<void> {
  const boss = openBoss({ connections: 1 });
  await boss.start();
  await bringInStep(boss, jobs);
  await boss.stop({ graceful: false });
}

type Row = { id: string; name: string; data: unknown };

/**
 * Runs the due jobs of these kinds in this process, and those that they enqueue, until none is left. Any failure is
 * thrown. Returns the names of what ran, in order.
 */
export async function drainJobs(jobs: readonly JobDefinition[]): Promise<string[]> {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const ran: string[] = [];
  for (;;) {
    const [next] = await db().execute<Row>(sql`
      update pgboss.job set state = 'active', started_on = now() where (id, name) = (
        select id, name from pgboss.job where state < 'active' and start_after <= clock_timestamp() and name in (${sql.join([...byName.keys()].map((name) => sql`${name}`), sql`, `)})
        order by created_on, priority desc limit 1) returning id, name, data`);
    if (!next) return ran;
    const outcome = await executeJob(byName.get(next.name)!, next.data, { id: next.id, attempt: 1, signal: new AbortController().signal });
    if (outcome.kind !== "done") throw new Error(`${next.name} ${JSON.stringify(next.data)}: ${outcome.message}`);
    await db().execute(sql`update pgboss.job set state = 'completed', completed_on = now() where id = ${next.id}::uuid and name = ${next.name}`);
    ran.push(next.name);
  }
}
