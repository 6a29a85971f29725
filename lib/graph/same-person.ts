import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { mailboxOf } from "@/db/schema";
import { changeBetween } from "./change";
import { putBlock } from "./distance";

type Due = { blocker_id: string; root_id: string };

/**
 * Blocks an account for all who blocked another one of the same person "and new accounts they make". It is taken for the same person's when it
 * was made after that block and either has signed in with a browser that the blocked one signed in with, or has the same mailbox. To be called
 * when an account is new, and when it signs in with a browser that is new to it. Again changes nothing; unblocking the first lifts it.
 */
export async function blockSamePerson(userId: string): Promise<void> {
  const others = await listSame(userId);
  if (others.length === 0) return;
  for (const { blocker_id: blockerId, root_id: rootId } of await listDue(userId, others)) {
    await changeBetween([blockerId, userId], async (tx) => {
      const [stands] = await tx.execute(sql`
        select 1 from blocks where blocker_id = ${blockerId}::bigint and blocked_id = ${rootId}::bigint and covers_new for key share`);
      if (stands) await putBlock(tx, { blockerId, blockedId: userId, coversNew: true, becauseOfId: rootId });
    });
  }
}

/** Other accounts of whoever has this one, as far as a browser or a mailbox tells. */
async function listSame(userId: string): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select theirs.user_id as id from known_devices mine join known_devices theirs on theirs.device_hash = mine.device_hash
    where mine.user_id = ${userId}::bigint and theirs.user_id <> ${userId}::bigint
    union
    select u.id from users u where ${mailboxOf(column("u"))} = (select ${mailboxOf(column("me"))} from users me where me.id = ${userId}::bigint) and u.id <> ${userId}::bigint`);
  return rows.map((row) => row.id);
}

const column = (alias: string): SQL => sql.raw(`${alias}.email_key`);

/** Who blocked one of `others` before the account was made, and which one they had blocked first. */
async function listDue(userId: string, others: string[]): Promise<Due[]> {
  const rows = await db().execute<Due>(sql`
    select distinct on (b.blocker_id) b.blocker_id, root.blocked_id as root_id
    from blocks b
    join blocks root on root.blocker_id = b.blocker_id and root.blocked_id = coalesce(b.because_of_id, b.blocked_id) and root.covers_new
    join users me on me.id = ${userId}::bigint and me.created_at > root.created_at
    where b.blocked_id = any (${`{${others.join(",")}}`}::text::bigint[]) and b.blocker_id <> me.id
      and not exists (select 1 from blocks x where x.blocker_id = b.blocker_id and x.blocked_id = me.id)
    order by b.blocker_id, root.id`);
  return [...rows];
}
