import { sql } from "drizzle-orm";
import { db, sqlClient } from "@/db/client";

/** How long after its month hardly anybody writes to a partition of posts. */
const QUIET_DAYS = 14;

/** Partitions of posts whose month is over for so long, and that were not frozen since. */
export async function listClosedMonths(): Promise<string[]> {
  const rows = await db().execute<{ name: string }>(sql`
    select name from (
      select c.relname as name, to_date(substr(c.relname, 7), 'YYYY_MM') + interval '1 month' + interval '1 day' * ${QUIET_DAYS}::int as quiet_at, s.last_vacuum
      from pg_inherits i join pg_class c on c.oid = i.inhrelid left join pg_stat_all_tables s on s.relid = c.oid
      where i.inhparent = 'posts'::regclass and c.relname ~ '^posts_[0-9]{4}_[0-9]{2}$') months
    where quiet_at < now() and (last_vacuum is null or last_vacuum < quiet_at) order by name`);
  return rows.map((row) => row.name);
}

/** Freezes one of them; takes as long as reading it does, and holds up nobody. */
export async function freeze(table: string): Promise<void> {
  const connection = await sqlClient().reserve();
  try {
    await connection`set statement_timeout = 0`;
    await connection`vacuum (freeze, analyze) ${connection(table)}`.simple();
  } finally {
    await connection`reset statement_timeout`;
    connection.release();
  }
}
