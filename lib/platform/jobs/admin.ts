import type { PgBoss } from "pg-boss";
import { DEAD_LETTERS } from "./boss";

/** How a queue stands. `age` in seconds, of the oldest job that is due. */
export type QueueState = { name: string; waiting: number; later: number; running: number; done: number; dead: number; age: number | null };

/** A job that failed for good. */
export type DeadJob = { id: string; name: string; data: unknown; attempts: number; died: Date; message: string };

const BATCH = 1_000;

/** All queues, by name. */
export async function listQueues(boss: PgBoss): Promise<QueueState[]> {
  const { rows } = await boss.getDb().executeSql(
    `select q.name,
       count(*) filter (where j.state < 'active' and j.start_after <= now())::int as waiting,
       count(*) filter (where j.state < 'active' and j.start_after > now())::int as later,
       count(*) filter (where j.state = 'active')::int as running,
       count(*) filter (where j.state = 'completed')::int as done,
       (select count(*)::int from pgboss.job_common d where d.name = $1 and d.source_name = q.name and d.state < 'active') as dead,
       extract(epoch from now() - min(j.start_after) filter (where j.state < 'active' and j.start_after <= now()))::float as age
     from pgboss.queue q left join pgboss.job_common j on j.name = q.name where q.name <> $1 and q.name not like '\\_\\_pgboss%' group by q.name order by q.name`,
    [DEAD_LETTERS],
  );
  return rows as QueueState[];
}

/** The newest dead jobs. */
export async function listDead(boss: PgBoss, limit = 100): Promise<DeadJob[]> {
  const { rows } = await boss.getDb().executeSql(
    `select id, source_name as name, data, source_retry_count + 1 as attempts, created_on as died, coalesce(source_output->>'message', source_output::text, '') as message
     from pgboss.job_common where name = $1 and state < 'active' order by created_on desc limit $2`,
    [DEAD_LETTERS, limit],
  );
  return rows as DeadJob[];
}

/** How many jobs are dead; what metrics and doctor look at. */
export async function countDead(boss: PgBoss): Promise<number> {
  const { rows } = await boss.getDb().executeSql("select count(*)::int as n from pgboss.job_common where name = $1 and state < 'active'", [DEAD_LETTERS]);
  return (rows[0] as { n: number }).n;
}

/** Puts dead jobs (by id, or all) back into their queues with all their attempts. Returns how many. */
export async function retryDead(boss: PgBoss, which: string | "all"): Promise<number> {
  if (which !== "all") return boss.redrive(DEAD_LETTERS, { ids: [which] });
  let moved = 0;
  const createdBefore = new Date();
  for (;;) {
    const some = await boss.redrive(DEAD_LETTERS, { createdBefore, limit: BATCH });
    moved += some;
    if (some < BATCH) return moved;
  }
}
