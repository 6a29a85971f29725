import { type SQL, sql } from "drizzle-orm";

/**
 * Counters have everybody, lists leave out whom a block hides from the viewer. What is shown of a counter is therefore less those
 * (decision 0049). Viewers are ids or places of ids, from our own code only.
 */

/** SQL: a block, either way, hides somebody from the viewer. Asked once for a statement, not for each of its rows. */
export const hasBlocks = (viewer: string): SQL => sql`(select exists (select 1 from blocks where blocker_id = ${viewer}::bigint) or exists (select 1 from blocks where blocked_id = ${viewer}::bigint))`;

/** SQL: ids of the people whom a block, either way, hides from the viewer. */
export const blockedOf = (viewer: string | SQL): SQL => sql`select blocked_id as id from blocks where blocker_id = ${viewer}::bigint union select blocker_id from blocks where blocked_id = ${viewer}::bigint`;

/** SQL: a part of a `with`, `blocked`: the same. */
export const blockedPart = (viewer: string | SQL): SQL => sql`blocked as materialized (${blockedOf(viewer)})`;

/** `from`: a table, `k`; `who`: its column of people; `of`: which of its rows; `count`: how many there are; `weight`: what each stands for (1). */
type Counted = { from: string; who?: string; of: SQL; count: SQL; weight?: SQL };

/**
 * SQL: how much of a counter is by people who are in `blocked` (see `blockedPart`). Whichever are fewer are gone through, the rows or the people: a famous post has
 * a million likes, and some are blocked by thousands.
 */
export function byBlocked({ from, who = "user_id", of, count, weight = sql`1` }: Counted): SQL {
  const [table, person] = [sql.raw(`${from} k`), sql.raw(`k.${who}`)];
  return sql`(case when not exists (select 1 from blocked) then 0
    when ${count} > (select count(*) from blocked) then (
      select coalesce(sum(x.n), 0) from blocked b cross join lateral (select ${weight} as n from ${table} where ${of} and ${person} = b.id offset 0) x)
    else (select coalesce(sum(${weight}), 0) from ${table} where ${of} and ${person} in (select id from blocked)) end)::int`;
}
