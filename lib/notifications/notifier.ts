import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { executePrepared } from "@/db/prepared";
import type { NoticeDetail } from "@/db/schema/notifications";
import { signal } from "@/lib/platform/realtime/signal";
import { schedulePush } from "./delivery/schedule";
import type { NotificationKind } from "./types";
import { isUnwanted } from "./wanted";

/** What a group of notices to one person is about. */
export type Subject = { userId: string; kind: NotificationKind; groupKey: string; postId?: string; commentId?: string; /** Of kinds without other people. */ detail?: NoticeDetail };

/** One thing to tell one person. `dedupeKey` names the event, so that it is told once however often a job runs. */
export type Notice = Subject & { actorId: string; dedupeKey: string };

/**
 * Tells: joins the person's open group of the same kind and subject, or begins one. Nothing is told twice, about oneself (but for what has a
 * `detail`), between people who block each other, and of what the person does not want to be told.
 */
export async function tell(notice: Notice): Promise<void> {
  if (notice.userId === notice.actorId && !notice.detail) return;
  const [, isTold] = await db().transaction((tx) => Promise.all([lockRecipient(tx, notice.userId), tellWithin(tx, notice)]));
  if (isTold) signal({ event: "notification", id: notice.userId });
}

/** The same in a transaction that holds the lock, or has asked for it just before: its first statement goes to Postgres at once. Whoever calls it signals after the commit, when it says that something was told. */
export async function tellWithin(tx: Transaction, notice: Notice): Promise<boolean> {
  if (await isUnwanted(tx, notice)) return false;
  const groupId = (await openGroup(tx, notice)) ?? (await beginGroup(tx, notice));
  await joinGroup(tx, groupId, notice);
  await schedulePush(tx, notice.userId, groupId);
  return true;
}

/** SQL, a call: two jobs for one person must not begin the same group twice. */
export const lockOf = (userId: SQL): SQL => sql`pg_advisory_xact_lock(hashtext('notifications'), hashtext(${userId}::text))`;

export async function lockRecipient(tx: Transaction, userId: string) {
  await executePrepared(tx, sql`select ${lockOf(sql`${userId}`)}`);
}

/** The unread group of the same subject; a group closes when it was read. */
export async function openGroup(tx: Transaction, { userId, groupKey }: Subject): Promise<string | null> {
  const [row] = await executePrepared<{ id: string }>(tx, sql`
    select n.id from notifications n join users u on u.id = n.user_id
    where n.user_id = ${userId}::bigint and n.group_key = ${groupKey} and n.latest_id > u.notifications_read_id
    order by n.latest_id desc limit 1`);
  return row?.id ?? null;
}

export async function beginGroup(tx: Transaction, { userId, kind, groupKey, postId, commentId, detail }: Subject): Promise<string> {
  const [row] = await executePrepared<{ id: string }>(tx, sql`
    insert into notifications (user_id, kind, group_key, post_id, comment_id, detail)
    values (${userId}::bigint, ${kind}, ${groupKey}, ${postId ?? null}::bigint, ${commentId ?? null}::bigint, ${detail ? JSON.stringify(detail) : null}::text::jsonb) returning id`);
  return row!.id;
}

async function joinGroup(tx: Transaction, groupId: string, { userId, actorId, dedupeKey, commentId }: Notice) {
  await executePrepared(tx, sql`
    with known as (select exists (select 1 from notification_actors where actor_id = ${actorId}::bigint and notification_id = ${groupId}::bigint) as yes),
    joined as (insert into notification_actors (notification_id, actor_id, user_id, dedupe_key, comment_id)
               values (${groupId}::bigint, ${actorId}::bigint, ${userId}::bigint, ${dedupeKey}, ${commentId ?? null}::bigint)
               on conflict do nothing returning 1)
    update notifications set actor_count = actor_count + case when (select yes from known) then 0 else 1 end,
      comment_id = coalesce(${commentId ?? null}::bigint, comment_id), latest_id = next_id(), updated_at = now()
    where id = ${groupId}::bigint and exists (select 1 from joined)`);
}

/** Takes back what was told under these keys (an unlike, a withdrawn request); a group left empty goes. */
export async function withdraw(userId: string, dedupeKeys: string[]): Promise<void> {
  if (dedupeKeys.length === 0) return;
  await db().transaction(async (tx) => {
    const [, gone] = await Promise.all([lockRecipient(tx, userId), executePrepared<{ notification_id: string }>(tx, sql`
      delete from notification_actors where user_id = ${userId}::bigint and dedupe_key = any(${sql.param(dedupeKeys)}::text[]) returning notification_id`)]);
    await recount(tx, gone.map((row) => row.notification_id));
  });
  signal({ event: "notification", id: userId });
}

/** Who was told of a post under one of these keys. */
export async function listTold(postId: string, dedupeKeys: string[]): Promise<string[]> {
  const rows = await db().execute<{ user_id: string }>(sql`
    select distinct a.user_id from notifications n join notification_actors a on a.notification_id = n.id where n.post_id = ${postId}::bigint and a.dedupe_key = any(${sql.param(dedupeKeys)}::text[])`);
  return rows.map((row) => row.user_id);
}

/** Takes back everything that two people were told of each other (a block). */
export async function withdrawBetween(one: string, other: string): Promise<void> {
  for (const [userId, actorId] of [[one, other], [other, one]] as const) {
    await db().transaction(async (tx) => {
      await lockRecipient(tx, userId);
      const gone = await tx.execute<{ notification_id: string }>(sql`
        delete from notification_actors where user_id = ${userId}::bigint and actor_id = ${actorId}::bigint returning notification_id`);
      await recount(tx, gone.map((row) => row.notification_id));
    });
    signal({ event: "notification", id: userId });
  }
}

/** Counts groups anew whose actors went; a group left empty goes. */
export async function recount(tx: Transaction, groupIds: string[]) {
  if (groupIds.length === 0) return;
  const ids = sql`any(${sql.param([...new Set(groupIds)])}::bigint[])`;
  await tx.execute(sql`
    update notifications n set actor_count = (select count(distinct actor_id) from notification_actors a where a.notification_id = n.id),
      comment_id = case when n.kind in ('comment', 'reply') then (select max(comment_id) from notification_actors a where a.notification_id = n.id) else n.comment_id end
    where n.id = ${ids}`);
  await tx.execute(sql`delete from notifications where id = ${ids} and actor_count = 0`);
}

/** Forgets everything about a post that is gone, unless it came back meanwhile. */
export async function forgetPost(postId: string): Promise<void> {
  await db().execute(sql`
    delete from notifications where post_id = ${postId}::bigint and not exists (select 1 from posts p where p.id = ${postId}::bigint and p.deleted_at is null)`);
}
