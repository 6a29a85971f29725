import { sql } from "drizzle-orm";
import type { PgBoss } from "pg-boss";
import { prepared, preparedForWorker } from "@/db/prepared";
import type { Lease } from "./courier";

/** Seconds between a worker's signs of life for the jobs it holds. */
export const TOUCH_SECONDS = 2.5;
/** Seconds without one after which a lease is taken away; well under pg-boss's own limit, which it only checks by the minute. */
const LAPSE_SECONDS = 10;
/** A job that waits for a service to come back is looked at again after a third of its age, within these bounds. */
const WAIT_SECONDS = { least: 1, most: 30 };

type Attempt = { id: string; retryCount: number };

/** From one queue that has jobs waiting to the next, by the index from which they are taken: a worker with a hundred queues finds nearly all of them empty. */
const dueQueues = prepared<{ name: string }, "names">("queues with a job that is due", (arg) => sql`
  with recursive waiting(name) as (
    (select j.name from pgboss.job_common j where j.state < 'active' and not j.blocked order by j.name limit 1)
    union all
    select (select j.name from pgboss.job_common j where j.state < 'active' and not j.blocked and j.name > w.name order by j.name limit 1) from waiting w where w.name is not null)
  select w.name from waiting w where w.name = any (${arg("names")}::text[])
    and exists (select 1 from pgboss.job_common j where j.name = w.name and j.state < 'active' and not j.blocked and j.start_after <= now())`);

/** Which of these queues have a job that is due. */
export async function listDueQueues(names: readonly string[]): Promise<Set<string>> {
  const rows = await dueQueues({ names: `{${names.join(",")}}` });
  return new Set(rows.map(({ name }) => name));
}

/**
 * What pg-boss's `fetch` does. Its own text leaves the way to the chosen jobs to what Postgres last counted: of a kind that was not there then it looks through
 * all that are stored, done ones too, each time. Here they are gone to by their places, whatever was counted. One that somebody changes at that moment is left for the next time.
 */
const leaseDue = preparedForWorker<Lease, "name" | "most">("jobs leased", (arg) => sql`
  with next as materialized (
    select j.id, j.ctid as place from pgboss.job_common j where j.name = ${arg("name")}::text and j.state < 'active' and not j.blocked and j.start_after <= now()
    order by j.priority desc, j.created_on limit ${arg("most")}::int for update of j skip locked),
  leased as (
    update pgboss.job_common j set state = 'active', started_on = now(), heartbeat_on = now(), retry_count = j.retry_count + (j.started_on is not null)::int
    where j.ctid = any (array(select place from next)) returning j.id, j.data, j.retry_count)
  select id, data, retry_count as "retryCount" from leased order by array_position(array(select id from next), id)`);

/** What its `complete` does, for those that are still leased in the same attempt. */
const completeLeased = preparedForWorker<object, "name" | "ids" | "attempts">("jobs completed", (arg) => sql`
  update pgboss.job_common j set state = 'completed', completed_on = now(), output = null
  where j.name = ${arg("name")}::text and j.id = any (${arg("ids")}::text::uuid[]) and j.state = 'active' and j.id || ':' || j.retry_count = any (${arg("attempts")}::text::text[])`);

/** The statements on leased jobs that pg-boss has no call for, or one that is dear. Each touches a job only in the attempt that was leased. */
export class Leases {
  constructor(private readonly boss: PgBoss) {}

  /** Takes up to `most` jobs of a queue that are due, by priority and age. */
  take(name: string, most: number): Promise<Lease[]> {
    return leaseDue({ name, most });
  }

  /** Marks jobs as done. */
  async complete(name: string, leases: readonly Lease[]): Promise<void> {
    await completeLeased({ name, ids: `{${leases.map(({ id }) => id).join(",")}}`, attempts: `{${leases.map(({ id, retryCount }) => `${id}:${retryCount}`).join(",")}}` });
  }

  /** Puts a job back as if it had not been leased: it did not get to run, or what it needs is away. */
  async putBack(name: string, lease: Lease): Promise<void> {
    await this.#run(
      `update pgboss.job_common set state = (case when retry_count = 0 then 'created' else 'retry' end)::pgboss.job_state, started_on = null, heartbeat_on = null,
         start_after = now() + interval '1 second' * least($4::float, greatest($5::float, extract(epoch from now() - created_on) / 3)) * (0.75 + random() / 2)
       where name = $1 and id = $2 and retry_count = $3 and state = 'active'`,
      [name, lease.id, lease.retryCount, WAIT_SECONDS.most, WAIT_SECONDS.least],
    );
  }

  /** Sends a job to the dead letters, whatever attempts it has left. */
  async bury(name: string, lease: Lease, message: string): Promise<void> {
    await this.#run("update pgboss.job_common set retry_limit = retry_count where name = $1 and id = $2 and retry_count = $3 and state = 'active'", [name, lease.id, lease.retryCount]);
    await this.boss.fail(name, lease as Attempt, { message });
  }

  /** Fails the jobs whose worker is gone or whose time is up, so that they run again elsewhere. Returns how many. */
  async reap(): Promise<number> {
    const { rows } = await this.#run(
      `select name, id, retry_count from pgboss.job_common where state = 'active'
         and (coalesce(heartbeat_on, started_on) < now() - interval '1 second' * $1 or started_on < now() - interval '1 second' * expire_seconds) limit 1000`,
      [LAPSE_SECONDS],
    );
    const byQueue = Map.groupBy(rows as { name: string; id: string; retry_count: number }[], (row) => row.name);
    for (const [name, lapsed] of byQueue) await this.boss.fail(name, lapsed.map((row) => ({ id: row.id, retryCount: row.retry_count })), { message: "its worker was lost, or its time was up" });
    return rows.length;
  }

  #run(text: string, values: unknown[]) {
    return this.boss.getDb().executeSql(text, values);
  }
}
