import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";

/** The post that the same request made before, within a day; see DESIGN 5.5. */
export async function findClaimed(userId: string, key: string): Promise<string | null> {
  const [row] = await db().execute<{ resource_id: string }>(sql`
    select resource_id from idempotency_keys
    where user_id = ${userId}::bigint and kind = 'post' and key = ${key} and created_at > now() - interval '24 hours'`);
  return row?.resource_id ?? null;
}

/** Claims the key for a new post; waits for another transaction that is just doing so. False when that one was first. */
export async function claimKey(tx: Transaction, userId: string, key: string, postId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into idempotency_keys (user_id, kind, key, resource_id) values (${userId}::bigint, 'post', ${key}, ${postId}::bigint)
    on conflict (user_id, kind, key) do update set resource_id = excluded.resource_id, created_at = now()
      where idempotency_keys.created_at <= now() - interval '24 hours'
    returning 1`);
  return rows.length > 0;
}

const running = new Map<string, Promise<unknown>>();

/** Requests with one key that arrive together share one run, so that only one of them is counted and verified. */
export function once<T>(key: string, work: () => Promise<T>): Promise<T> {
  const known = running.get(key) as Promise<T> | undefined;
  if (known) return known;
  const run = work().finally(() => running.delete(key));
  running.set(key, run);
  return run;
}
