import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor, type Transaction } from "@/db/client";

/** What is made once for a key, or came of something: `scheduled` by the id of what was to be published. */
type Kind = "post" | "draft" | "scheduled" | "comment" | "circle" | "collection" | "group";

/** What the same request made before, within a day. */
export async function findClaimed(userId: string, key: string, kind: Kind = "post", executor: Executor = db()): Promise<string | null> {
  const [row] = await executor.execute<{ resource_id: string }>(sql`
    select resource_id from idempotency_keys
    where user_id = ${userId}::bigint and kind = ${kind} and key = ${key} and created_at > now() - interval '24 hours'`);
  return row?.resource_id ?? null;
}

/** Claims the key for something new; waits for another transaction that is just doing so. False when that one was first. */
export async function claimKey(tx: Transaction, userId: string, key: string, resourceId: string, kind: Kind = "post"): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into idempotency_keys (user_id, kind, key, resource_id) values (${userId}::bigint, ${kind}, ${key}, ${resourceId}::bigint)
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
