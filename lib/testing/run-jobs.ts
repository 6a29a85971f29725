import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { JobDefinition } from "@/lib/platform/jobs/define";

type Row = { id: string; name: string; data: unknown };

/**
 * Runs the waiting jobs of these definitions here and now, also those they add, and returns how many ran. What the
 * worker does besides (leases, retries, signed posts) has tests of its own.
 */
export async function runJobs(definitions: readonly JobDefinition[], options: { twice?: boolean } = {}): Promise<number> {
  const byName = new Map(definitions.map((job) => [job.name, job]));
  for (let ran = 0; ; ) {
    const rows = await db().execute<Row>(sql`
      update pgboss.job set state = 'completed', completed_on = now()
      where state < 'active' and start_after <= now() and name = any(${sql.param([...byName.keys()])}::text[]) returning id, name, data`);
    if (rows.length === 0) return ran;
    for (const row of rows) {
      const job = byName.get(row.name)!;
      const run = () => job.handler(job.schema.parse(row.data), { id: row.id, attempt: 1, signal: AbortSignal.timeout(30_000) });
      await run();
      if (options.twice) await run();
      ran++;
    }
  }
}
