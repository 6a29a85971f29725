import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { NEWEST } from "@/lib/platform/pagination/pagination";
import { signalChanged, signalThread } from "./signal";
import { closedReader, openReader } from "./visible-sql";
import { lowerAcross } from "./write";

/** So long a message stays that goes when all have seen it: they want to read it. */
const SEEN_SECONDS = 30;
/** Of so many messages it is told at once that they begin to go; screens show no more. */
const MOST_TOLD = 60;
const AT_ONCE = 200;

/**
 * Has what goes when all have seen it begin to go: those count who live, have taken the conversation, are across no block and show how far they have read. Who does
 * not show it must not be given away by this: for them a day from the sending has to do. Answers which, for `tellVanishing`.
 */
export async function settleSeen(executor: Pick<Transaction, "execute">, threadId: string, { after = "0", upTo = NEWEST } = {}): Promise<string[]> {
  const sender = sql`m.sender_id`;
  const rows = await executor.execute<{ id: string }>(sql`
    with due as materialized (select m.id, ${openReader(sender)} and not ${closedReader(sender)} as is_plain
      from messages m join threads t on t.id = m.thread_id join thread_members me on me.thread_id = m.thread_id and me.user_id = m.sender_id
      where m.thread_id = ${threadId}::bigint and m.vanishing = 'seen' and m.vanishes_at is null and m.id > ${after}::bigint and m.id <= ${upTo}::bigint and not ${openReader(sender, sql`m.id`)} order by m.id for update of m)
    update messages m set vanishes_at = greatest(now() + make_interval(secs => ${SEEN_SECONDS}::int), case when not due.is_plain then m.created_at + interval '24 hours' end)
    from due where m.id = due.id and m.vanishes_at is null returning m.id::text`);
  return [...rows].map(({ id }) => id);
}

/** After the commit: screens learn when these go. */
export function tellVanishing(threadId: string, ids: readonly string[]): void {
  for (const id of ids.slice(-MOST_TOLD)) signalChanged(threadId, id);
}

/** The same for all conversations: somebody may have gone, or show no more how far they read, without a word. */
export async function settleAll(signal?: AbortSignal): Promise<void> {
  for (let after = "0"; ; ) {
    const rows = await db().execute<{ id: string }>(sql`
      select distinct thread_id::text as id, thread_id from messages where vanishing = 'seen' and vanishes_at is null and thread_id > ${after}::bigint order by thread_id limit ${AT_ONCE}`);
    for (const { id } of rows) tellVanishing(id, await settleSeen(db(), id));
    if (rows.length < AT_ONCE || signal?.aborted) return;
    after = rows.at(-1)!.id;
  }
}

/** Two people are across a block: in groups they share nothing of the other counts as new, and what waits for the other to read it waits no longer. */
export async function partPeople(oneId: string, otherId: string): Promise<void> {
  const threads = await db().execute<{ id: string }>(sql`
    select a.thread_id::text as id from thread_members a join thread_members b on b.thread_id = a.thread_id and b.user_id = ${otherId}::bigint where a.user_id = ${oneId}::bigint order by a.thread_id`);
  for (const { id } of threads) {
    const { lowered, settled } = await db().transaction(async (tx) => {
      await tx.execute(sql`select 1 from threads where id = ${id}::bigint for update`);
      return { lowered: await lowerAcross(tx, id, [oneId, otherId]), settled: await settleSeen(tx, id) };
    });
    for (const userId of lowered) signalThread(id, userId);
    tellVanishing(id, settled);
  }
}
