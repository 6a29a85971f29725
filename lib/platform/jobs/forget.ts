import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";

/** The job `j` names one of the `ids` (withIds), wherever in its payload. */
const NAMES: SQL = sql.raw(`exists (select 1 from regexp_matches(j.data::text, '[0-9]{5,19}', 'g') m where m[1] in (select id from ids))`);
const withIds = (ids: SQL): SQL => sql`with ids as materialized (${ids})`;

/** Looking through all payloads may take its time on a large queue. */
const patiently = (tx: Transaction) => tx.execute(sql`set local statement_timeout = '15min'`);

/** What begins later than this holds nobody up. */
const SOON = sql.raw("interval '10 minutes'");

/** Whether jobs that name one of these (SQL with a column `id` of text) are being done, or are to be within ten minutes. */
export async function hasOpenJobs(ids: SQL): Promise<boolean> {
  return db().transaction(async (tx) => {
    await patiently(tx);
    const rows = await tx.execute(sql`${withIds(ids)} select 1 from pgboss.job j where j.state < 'completed' and j.start_after < now() + ${SOON} and ${NAMES} limit 1`);
    return rows.length > 0;
  });
}

/** Removes the jobs, done or failed or never begun, whose payloads name one of these. One that is running finds no row to finish, which is fine. */
export async function forgetJobs(tx: Transaction, ids: SQL): Promise<void> {
  await patiently(tx);
  await tx.execute(sql`${withIds(ids)} delete from pgboss.job j where ${NAMES}`);
}

/** Removes what waits in one queue for exactly that moment (SQL) with these values in its payload. What has begun goes on. */
export async function cancelJobs(tx: Transaction, queue: string, runAt: SQL, payload: Record<string, string>): Promise<void> {
  await tx.execute(sql`delete from pgboss.job where name = ${queue} and state < 'active' and start_after = ${runAt} and data @> ${JSON.stringify(payload)}::text::jsonb`);
}
