import { sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { prepared, type Source } from "@/db/prepared";
import { lsnOf, replicaConfigured, replicaHas } from "@/db/replica";
import { log } from "@/lib/platform/log";

/** What this process saw written, by person; other processes read it from the table (session.ts). */
const seen = new LRUCache<string, bigint>({ max: 20_000, ttl: 120_000 });

const noteRow = prepared<{ place: string }, "user">("write noted", (arg) => sql`
  insert into recent_writes (user_id, place) values (${arg("user")}::bigint, pg_current_wal_insert_lsn())
  on conflict (user_id) do update set place = excluded.place, at = now() returning place::text`);

/**
 * Remembers how far the log is now that somebody has written something: from now on they read a replica only when it has that. Called after the write
 * and before its answer. Costs nothing where there is no replica.
 */
export async function noteWrite(userId: string): Promise<void> {
  if (!replicaConfigured()) return;
  try {
    const [row] = await noteRow({ user: userId });
    seen.set(userId, lsnOf(row!.place));
  } catch (error) {
    // Without a primary nothing can have been written either.
    log().warn({ err: error }, "a write was not noted");
  }
}

/** A reader, and how far the log was at their last write (viewer.ts); undefined where nobody has looked, as in jobs. */
export type Reader = { id: string; wrote?: string | null };

/** Where this reader may read: the replica when it has all that they wrote. Somebody signed out has written nothing. */
export function sourceFor(reader: Reader | null): Source {
  if (!replicaConfigured()) return "primary";
  if (reader === null) return replicaHas() ? "replica" : "primary";
  if (reader.wrote === undefined) return "primary";
  const [known, here] = [reader.wrote === null ? 0n : lsnOf(reader.wrote), seen.get(reader.id) ?? 0n];
  return replicaHas(known > here ? known : here) ? "replica" : "primary";
}

/** Forgets what this process saw; for tests. */
export function forgetWrites(): void {
  seen.clear();
}
