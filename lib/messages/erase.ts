import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { ensureAdmin } from "./groups";
import { signalThread } from "./signal";
import { settleSeen, tellVanishing } from "./vanishing";
import { lockThreadsOf, lowerThreads } from "./write";

/** Conversations that are locked together at most. */
const AT_ONCE = 100;

/**
 * Removes what a person who goes for good has said, everywhere, and takes them out of all conversations. Events of groups that name them go, too; a conversation in
 * which nobody is left goes with them. May be broken off and repeated.
 */
export async function eraseMessages(userId: string): Promise<void> {
  for (;;) {
    const count = await db().transaction(async (tx) => {
      const rows = await tx.execute<{ id: string }>(sql`select id::text from messages where sender_id = ${userId}::bigint order by id limit ${AT_ONCE}`);
      const ids = [...rows].map(({ id }) => id);
      if (ids.length === 0) return 0;
      await lockThreadsOf(tx, ids);
      await lowerThreads(tx, ids);
      await tx.execute(sql`delete from messages where id = any (${sql.param(ids)}::text[]::bigint[])`);
      return ids.length;
    });
    if (count < AT_ONCE) break;
  }
  const threads = await db().execute<{ id: string; kind: string }>(sql`select t.id::text, t.kind from thread_members me join threads t on t.id = me.thread_id where me.user_id = ${userId}::bigint`);
  for (const { id, kind } of threads) await leaveForGood(userId, id, kind);
  // What others have passed on of theirs stays as a card of something that is gone.
  await db().execute(sql`update messages set shared_id = null where shared_id = ${userId}::bigint or shared_id in (select id from posts where author_id = ${userId}::bigint)`);
  await db().execute(sql`delete from gone_messages where sender_id = ${userId}::bigint`);
  await db().execute(sql`delete from message_reactions where user_id = ${userId}::bigint`);
}

async function leaveForGood(userId: string, threadId: string, kind: string): Promise<void> {
  const settled = await db().transaction(async (tx) => {
    await tx.execute(sql`select 1 from threads where id = ${threadId}::bigint for update`);
    const events = await tx.execute<{ id: string }>(sql`select id::text from messages where thread_id = ${threadId}::bigint and event->>'user_id' = ${userId}::text`);
    const ids = [...events].map(({ id }) => id);
    await lowerThreads(tx, ids);
    await tx.execute(sql`delete from messages where id = any (${sql.param(ids)}::text[]::bigint[])`);
    await tx.execute(sql`delete from thread_members where thread_id = ${threadId}::bigint and user_id = ${userId}::bigint`);
    const left = await tx.execute(sql`select 1 from thread_members where thread_id = ${threadId}::bigint limit 1`);
    if (left.length === 0) await tx.execute(sql`delete from threads where id = ${threadId}::bigint`);
    // The key of a pair names who is gone.
    else if (kind === "pair") await tx.execute(sql`update threads set pair_key = 'gone:' || id where id = ${threadId}::bigint`);
    else await ensureAdmin(tx, threadId);
    return settleSeen(tx, threadId);
  });
  signalThread(threadId);
  tellVanishing(threadId, settled);
}
