import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import { blocked, openReader } from "./visible-sql";

export type Locked = { id: string; kind: "pair" | "group"; vanishing: "off" | "seen" | "day"; role: "admin" | "member"; until_id: string | null; last_id: string };

/**
 * Locks a conversation for its member: whatever is written into it, or changes who is in it, is done under this lock, so that ids rise in the order of the
 * commits. Throws not_found.
 */
export async function lockThread(tx: Transaction, viewerId: string, threadId: string): Promise<Locked> {
  const [row] = await tx.execute<Locked>(sql`
    select t.id::text, t.kind, t.vanishing, me.role, me.until_id::text, t.last_id::text from threads t join thread_members me on me.thread_id = t.id
    where t.id = ${threadId}::bigint and me.user_id = ${viewerId}::bigint for update of t`);
  if (!row) throw notFound();
  // Read anew: what was read while waiting for the lock may be old.
  const [now] = await tx.execute<Locked>(sql`select t.id::text, t.kind, t.vanishing, me.role, me.until_id::text, t.last_id::text from threads t join thread_members me on me.thread_id = t.id where t.id = ${threadId}::bigint and me.user_id = ${viewerId}::bigint`);
  if (!now) throw notFound();
  return now;
}

export type Written = { client_id?: string; text?: string | null; shared?: { kind: string; id: string } | null; reply_to?: string | null; event?: Record<string, unknown> };

/** Writes a message or an event under the lock of its conversation; answers its id, which is above all before it. */
export async function writeMessage(tx: Transaction, thread: Pick<Locked, "id" | "vanishing">, senderId: string, written: Written): Promise<string> {
  const vanishing = written.event ? "off" : thread.vanishing;
  // When others have seen it is nobody's to know of those who do not show it: then a day has to do.
  const hours = vanishing === "day" ? sql`24` : vanishing === "off" ? sql`null::int` : sql`(select case when not ${openReader(sql`me.user_id`)} then 24 end from thread_members me join threads t on t.id = me.thread_id where me.thread_id = ${thread.id}::bigint and me.user_id = ${senderId}::bigint)`;
  const [row] = await tx.execute<{ id: string }>(sql`
    with up as (update threads set last_id = next_id_after(last_id) where id = ${thread.id}::bigint returning last_id)
    insert into messages (id, thread_id, sender_id, client_id, text, event, shared_kind, shared_id, reply_to_id, vanishing, vanishes_at)
    select up.last_id, ${thread.id}::bigint, ${senderId}::bigint, ${written.client_id ?? null}, ${written.text ?? null}, ${written.event ? JSON.stringify(written.event) : null}::text::jsonb,
      ${written.shared?.kind ?? null}, ${written.shared?.id ?? null}::bigint, ${written.reply_to ?? null}::bigint, ${vanishing}, now() + make_interval(hours => ${hours}) from up returning id::text`);
  return row!.id;
}

/** Puts the conversation to the top of the lists of all for whom the message is there. Who restricts the sender of a pair has it among requests again. */
export async function raiseThread(tx: Transaction, threadId: string, senderId: string, messageId: string): Promise<void> {
  await tx.execute(sql`
    update thread_members x set last_id = ${messageId}::bigint, is_listed = x.folder <> 'declined' or x.user_id = ${senderId}::bigint,
      read_id = case when x.user_id = ${senderId}::bigint then ${messageId}::bigint else x.read_id end, is_accepted = x.is_accepted or x.user_id = ${senderId}::bigint,
      folder = case when x.user_id = ${senderId}::bigint then 'inbox' when t.kind = 'group' or x.folder = 'declined' then x.folder
        when exists (select 1 from restricts r where r.restricter_id = x.user_id and r.restricted_id = ${senderId}::bigint) then 'requests'
        when x.is_accepted or exists (select 1 from follows f where f.follower_id = x.user_id and f.followee_id = ${senderId}::bigint and f.state = 'active') then x.folder else 'requests' end
    from threads t where t.id = x.thread_id and x.thread_id = ${threadId}::bigint and x.until_id is null
      and (x.user_id = ${senderId}::bigint or not ${blocked(senderId, sql`x.user_id`)})`);
}

/** Says in a group what happened, without putting it to the top of anybody's list but of those who are named. */
export async function writeEvent(tx: Transaction, thread: Pick<Locked, "id" | "vanishing">, actorId: string, event: Record<string, unknown>): Promise<string> {
  const id = await writeMessage(tx, thread, actorId, { event });
  await tx.execute(sql`update thread_members set last_id = ${id}::bigint, read_id = greatest(read_id, ${id}::bigint) where thread_id = ${thread.id}::bigint and until_id is null and user_id = ${actorId}::bigint`);
  return id;
}

/**
 * Sets the newest message anew where it is going (it is still there, and the conversation locked): the list must not say that something is unread that nobody can
 * read. Who has nothing left keeps a place of their own in the list.
 */
export async function lowerThreads(tx: Pick<Transaction, "execute">, goneIds: readonly string[]): Promise<void> {
  if (goneIds.length === 0) return;
  const gone = sql`${sql.param([...goneIds])}::text[]::bigint[]`;
  await renewNewest(tx, sql`x.thread_id in (select thread_id from messages where id = any (${gone})) and x.last_id = any (${gone})`, sql`m.id <> all (${gone})`);
}

/** The same in one conversation, for those whose newest message a block hides from now on. Answers them. */
export const lowerAcross = (tx: Pick<Transaction, "execute">, threadId: string, userIds: readonly string[]): Promise<string[]> =>
  renewNewest(tx, sql`t.kind = 'group' and x.thread_id = ${threadId}::bigint and x.user_id = any (${sql.param([...userIds])}::text[]::bigint[])
    and exists (select 1 from messages m where m.id = x.last_id and m.sender_id <> x.user_id and ${blocked(sql`x.user_id`, sql`m.sender_id`)})`, sql`true`);

// Of events only those count that made the conversation news for somebody: it was begun, or names them.
async function renewNewest(tx: Pick<Transaction, "execute">, whom: SQL, kept: SQL): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with newest as materialized (select x.thread_id, x.user_id, (select m.id from messages m where m.thread_id = x.thread_id and m.id <= x.last_id and m.id > x.from_id and (x.until_id is null or m.id <= x.until_id)
        and m.unsent_at is null and (m.vanishes_at is null or m.vanishes_at > now()) and (m.event is null or m.event->>'kind' = 'created' or m.event->>'user_id' = x.user_id::text or m.sender_id = x.user_id)
        and (t.kind = 'pair' or m.sender_id = x.user_id or not ${blocked(sql`x.user_id`, sql`m.sender_id`)}) and ${kept} order by m.id desc limit 1) as id
      from thread_members x join threads t on t.id = x.thread_id where ${whom})
    update thread_members x set last_id = coalesce(n.id, greatest(x.from_id, x.thread_id)), read_id = case when n.id is null then greatest(x.read_id, x.from_id, x.thread_id) else x.read_id end
    from newest n where x.thread_id = n.thread_id and x.user_id = n.user_id returning x.user_id::text as id`);
  return [...rows].map(({ id }) => id);
}

/** Locks the conversations of these messages, always in the same order. */
export async function lockThreadsOf(tx: Transaction, messageIds: readonly string[]): Promise<void> {
  await tx.execute(sql`select 1 from threads where id in (select thread_id from messages where id = any (${sql.param([...messageIds])}::text[]::bigint[])) order by id for update`);
}
