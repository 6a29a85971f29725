import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { idAt } from "@/lib/platform/ids";

/** Public posts that may be proposed to anybody, whoever reads: those that do well, and fresh ones of small accounts. */
export type Pool = { popular: string[]; small: string[] };

const POPULAR = 100;
const SMALL = 40;
/** Accounts with fewer followers are small; their posts are fresh for so many hours. */
export const SMALL_FOLLOWERS = 100;
const FRESH_HOURS = 36;
/** The newest so many posts of a window are weighed; the window widens until there is enough. */
const WEIGHED = 20_000;
const WINDOWS_DAYS = [7, 60, 36_500];
/** Good for this long, or for thirty times what it took to make. */
const FRESH_MS = 5_000;
const COST_FACTOR = 30;
const EPOCH_MS = 1_735_689_600_000;

let known: { pool: Pool; until: number } | undefined;
let making: Promise<Pool> | undefined;

/** The pool of this moment, or of a few seconds ago. Nobody but the first reader waits for it. */
export async function readPool(): Promise<Pool> {
  if (known && known.until > Date.now()) return known.pool;
  making ??= make().finally(() => (making = undefined));
  if (!known) return making;
  making.catch(() => {});
  return known.pool;
}

async function make(): Promise<Pool> {
  const began = Date.now();
  const [popular, small] = await Promise.all([listPopular(began), listSmall(began)]);
  const pool = { popular, small };
  known = { pool, until: Date.now() + Math.max(FRESH_MS, (Date.now() - began) * COST_FACTOR) };
  return pool;
}

const since = (now: number, hours: number) => idAt(new Date(Math.max(EPOCH_MS, now - hours * 3_600_000)));
const publicOnes = sql`p.deleted_at is null and p.archived_at is null and p.status = 'published' and p.audience = 'everyone'`;
const live = sql`not u.is_private and u.deleted_at is null and u.deactivated_at is null and u.suspended_at is null`;

async function listPopular(now: number): Promise<string[]> {
  let ids: string[] = [];
  for (const days of WINDOWS_DAYS) {
    const rows = await db().execute<{ id: string }>(sql`
      with newest as materialized (
        select p.id, p.author_id, (1 + p.like_count + 2 * p.comment_count) / power(extract(epoch from now() - id_time(p.id)) / 3600.0 + 12, 1.2) as score
        from posts p where ${publicOnes} and p.id >= ${since(now, days * 24)}::bigint order by p.id desc limit ${WEIGHED}::int),
      best as (select * from newest order by score desc, id desc limit ${POPULAR * 4}::int),
      spread as (select b.id, b.score / (row_number() over (partition by b.author_id order by b.score desc)) as score from best b cross join lateral (select 1 from users u where u.id = b.author_id and ${live} offset 0) shown)
      select id from spread order by score desc, id desc limit ${POPULAR}::int`);
    ids = rows.map((row) => row.id);
    if (ids.length >= POPULAR) break;
  }
  return ids;
}

/** One each, so that nobody gets many chances by posting much. */
async function listSmall(now: number): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    with newest as materialized (
      select p.id, p.author_id from posts p where ${publicOnes} and p.id >= ${since(now, FRESH_HOURS)}::bigint order by p.id desc limit 1000)
    select max(n.id) as id from newest n cross join lateral (select 1 from users u where u.id = n.author_id and ${live} and u.follower_count < ${SMALL_FOLLOWERS}::int offset 0) shown
    group by n.author_id order by 1 desc limit ${SMALL}::int`);
  return rows.map((row) => row.id);
}

/** Has the next reader wait for a new pool; for tests. */
export function forgetPool(): void {
  known = undefined;
}
