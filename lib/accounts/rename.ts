import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { invalidField } from "@/lib/platform/errors";
import { skeletonOf } from "./skeleton";
import { demandFree, NAME_HELD_DAYS } from "./taken";
import { usernameKey } from "./username";

/** New names within `PERIOD_DAYS`: enough for a change of mind, too few to sit on other people's names. */
const CHANGES = 3;
const PERIOD_DAYS = 14;

/**
 * Gives the person another username; the old one leads to the new one and is held for them. A change of capitals alone
 * is always possible. Run it inside `mapTaken`. Throws invalid or conflict at `username`.
 */
export async function rename(tx: Transaction, userId: string, username: string): Promise<void> {
  const key = usernameKey(username);
  const [own] = await tx.execute<{ username: string; username_key: string; changes: number }>(sql`
    select username, username_key,
      (select count(*)::int from username_history h where h.user_id = u.id and h.created_at > now() - make_interval(days => ${PERIOD_DAYS})) as changes
    from users u where id = ${userId}::bigint for no key update`);
  if (!own || own.username === username) return;
  if (own.username_key !== key) {
    if (own.changes >= CHANGES) throw invalidField("username", `You can change your username ${CHANGES} times in ${PERIOD_DAYS} days.`);
    await demandFree(tx, { username, ownId: userId });
    await remember(tx, userId, own.username_key, key);
  }
  await tx.execute(sql`
    update users set username = ${username}, username_key = ${key}, username_skeleton = ${skeletonOf(username)}, username_changed_at = now(), updated_at = now()
    where id = ${userId}::bigint`);
}

async function remember(tx: Transaction, userId: string, oldKey: string, newKey: string): Promise<void> {
  await tx.execute(sql`
    delete from username_history where username_key = ${newKey} and user_id <> ${userId}::bigint and created_at <= now() - make_interval(days => ${NAME_HELD_DAYS})`);
  await tx.execute(sql`
    insert into username_history (username_key, user_id) values (${oldKey}, ${userId}::bigint)
    on conflict (username_key) do update set user_id = excluded.user_id, created_at = now()`);
}
