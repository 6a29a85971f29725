import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { executePrepared } from "@/db/prepared";

const ATTEMPTS = 4;

/**
 * A transaction that changes what people are to each other. It locks their rows first, always in the order of their ids,
 * so that changes between the same two people happen one after the other, statements after the lock see what came
 * before, and crosswise changes (a→b while b→a) cannot wait for each other in a circle. Should they all the same, with
 * somebody else's locks, it begins again. `work` begins with a statement of `tx`, which goes to Postgres together
 * with the lock, and waits there; what it does before that, or asks elsewhere, is not under the lock.
 */
export async function changeBetween<T>(userIds: readonly string[], work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db().transaction(async (tx) => {
        const [, result] = await Promise.all([executePrepared(tx, sql`select 1 from users where id = any (${sql.param(userIds)}::bigint[]) order by id for no key update`), (async () => work(tx))()]);
        return result;
      });
    } catch (error) {
      if (attempt >= ATTEMPTS || !isDeadlock(error)) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  for (let e = error as { code?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e) {
    if (e.code === "40P01") return true;
  }
  return false;
}

/** SQL: moves the counters of an active follow that came (+1) or went (−1), if `holds`; the rows are locked already. */
export const counting = (follower: string, followee: string, by: 1 | -1, holds: SQL): SQL => sql`
  update users set
    following_count = following_count + case when id = ${follower}::bigint then ${sql.raw(String(by))} else 0 end,
    follower_count = follower_count + case when id = ${followee}::bigint then ${sql.raw(String(by))} else 0 end
  where id in (${follower}::bigint, ${followee}::bigint) and ${holds}`;

/** The same, of one of which it is known. */
export async function count(tx: Transaction, followerId: string, followeeId: string, by: 1 | -1): Promise<void> {
  await executePrepared(tx, counting(followerId, followeeId, by, sql`true`));
}
