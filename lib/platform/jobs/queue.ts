import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { executePrepared } from "@/db/prepared";
import type { JobDefinition } from "./define";
import type { EventName, Events } from "./events";
import { wakeWorkers } from "./wake";

/**
 * Putting jobs into the queue. The rows are pg-boss's (its schema is made by `migrateQueue`), but they are inserted by one
 * statement of our own in the caller's transaction: `PgBoss.publish` would need one round trip for each subscriber and a
 * started instance with connections of its own in every app server. A test holds the rows against those that pg-boss
 * itself inserts.
 */
export type EnqueueOptions = {
  /** Not before. */
  runAt?: Date;
  /**
   * One job of this key is enough: while one waits that has not been started, another is not added. The waiting one may
   * start before the caller commits, so use it only where that is harmless.
   */
  singletonKey?: string;
  /** Within its queue, higher first (0). */
  priority?: number;
};

/** Adds a job that becomes due when `tx` commits. */
export async function enqueue<P>(tx: Executor, job: JobDefinition<P>, payload: P, options: EnqueueOptions = {}): Promise<void> {
  await enqueueMany(tx, job, [payload], options);
}

/** Adds many jobs of one kind by one statement. */
export async function enqueueMany<P>(tx: Executor, job: JobDefinition<P>, payloads: readonly P[], options: EnqueueOptions = {}): Promise<void> {
  if (payloads.length === 0) return;
  const data = payloads.map((payload) => job.schema.parse(payload));
  const inserted = await insertJobs(tx, sql`q.name = ${job.name}`, sql`select value as data from json_array_elements(${JSON.stringify(data)}::text::json)`, options);
  if (inserted === 0 && options.singletonKey === undefined) throw new Error(`The queue "${job.name}" does not exist: is the job in lib/jobs.ts, and was the database migrated?`);
  wakeWorkers();
}

/** Announces what happened: each subscriber gets a durable job of its own when `tx` commits. */
export async function announce<E extends EventName>(tx: Executor, event: E, payload: Events[E]): Promise<void> {
  const subscribed = sql`q.name in (select s.name from pgboss.subscription s where s.event = ${event})`;
  const inserted = await insertJobs(tx, subscribed, sql`select ${JSON.stringify(payload)}::text::json as data`, {});
  if (inserted > 0) wakeWorkers();
}

/**
 * The same as part of a statement: a body for `with told as (…)`, with a job for each row of `payloads` (a column `data`
 * of type json) and each subscriber. Whoever runs it calls `wakeWorkers` when rows came.
 */
export function announcement(event: EventName, payloads: SQL): SQL {
  return insertion(sql`q.name in (select s.name from pgboss.subscription s where s.event = ${sql.raw(`'${event}'`)})`, payloads, {
    start: sql`now()`, key: sql`null`, priority: sql`0`,
  });
}

/** Inserts a job for each queue that `queues` picks and each row of `payloads`. Returns how many. */
async function insertJobs(tx: Executor, queues: SQL, payloads: SQL, { runAt, singletonKey, priority }: EnqueueOptions): Promise<number> {
  const start = runAt === undefined ? sql`now()` : sql`${runAt.toISOString()}::timestamptz`;
  const rows = await executePrepared(tx, insertion(queues, payloads, { start, key: sql`${singletonKey ?? null}`, priority: sql`${priority ?? 0}` }));
  return rows.length;
}

function insertion(queues: SQL, payloads: SQL, { start, key, priority }: Record<"start" | "key" | "priority", SQL>): SQL {
  // `short` is pg-boss's name for "one waiting job of a key"; its unique index is partial on the row's policy.
  return sql`
    insert into pgboss.job (name, data, priority, start_after, created_on, singleton_key, policy, expire_seconds, deletion_seconds,
      keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, dead_letter, heartbeat_seconds)
    select q.name, p.data::jsonb, ${priority}::int, ${start}, now(), ${key}::text, case when ${key}::text is null then q.policy else 'short' end,
      q.expire_seconds, q.deletion_seconds, ${start} + q.retention_seconds * interval '1 second', q.retry_limit, q.retry_delay,
      q.retry_backoff, q.retry_delay_max, q.dead_letter, q.heartbeat_seconds
    from pgboss.queue q cross join (${payloads}) p
    where ${queues}
    on conflict do nothing
    returning 1`;
}
