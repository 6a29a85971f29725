import { type SQL, sql } from "drizzle-orm";

/**
 * The one rule of who may read what in conversations: members, what came while they were members and did not go by itself; in groups nothing of people across a
 * block. Of pairs what was said before a block stays for both.
 */

/** SQL: between the two people stands a block, either way. */
export const blocked = (one: SQL | string, other: SQL): SQL => sql`(exists (select 1 from blocks b where b.blocker_id = ${one}::bigint and b.blocked_id = ${other}) or exists (select 1 from blocks b where b.blocker_id = ${other} and b.blocked_id = ${one}::bigint))`;

/** SQL: the message `alias` of the thread `t` is there for the member `me` (thread_members). */
export function messageVisible(viewer: SQL | string, alias = "m"): SQL {
  const m = (column: string) => sql.raw(`${alias}.${column}`);
  return sql`(${m("id")} > me.from_id and (me.until_id is null or ${m("id")} <= me.until_id) and (${m("vanishes_at")} is null or ${m("vanishes_at")} > now())
    and (t.kind = 'pair' or ${m("sender_id")} = ${viewer}::bigint or not ${blocked(viewer, m("sender_id"))}))`;
}

/** SQL: how much of the thread `t` its member `me` has not read, to 100. Of a group that is new to them at least one. */
export const unreadOf = (viewer: SQL | string): SQL => sql`(case when me.last_id <= me.read_id or me.until_id is not null then 0 else greatest((select count(*) from messages m where m.id = me.last_id and ${messageVisible(viewer)}), (select count(*) from (
  select 1 from messages m where m.thread_id = me.thread_id and m.id > greatest(me.read_id, me.from_id) and m.sender_id <> ${viewer}::bigint and m.event is null and m.unsent_at is null and ${messageVisible(viewer)} limit 100) u)) end)::int`;

/** SQL: conversations of a person in a folder with something unread, to 100; muted ones are not counted. */
export const unreadThreads = (viewer: SQL | string, folder: "inbox" | "requests"): SQL => sql`(select count(*)::int from (
  select 1 from thread_members me where me.user_id = ${viewer}::bigint and me.folder = ${sql.raw(`'${folder}'`)} and me.is_listed and not me.is_muted and me.last_id > me.read_id and me.until_id is null limit 100) u)`;

/** SQL: `reader` (thread_members) lets the member `me` know how far they have read, and neither of them is across a block or waits among requests. */
export const showsSeen = (viewer: SQL | string, thread = "t"): SQL => sql`(reader.until_id is null and me.until_id is null and reader.folder = 'inbox' and me.folder = 'inbox'
  and (${sql.raw(thread)}.kind = 'group' or reader.is_accepted or exists (select 1 from follows f where f.follower_id = reader.user_id and f.followee_id = ${viewer}::bigint and f.state = 'active'))
  and not exists (select 1 from privacy_settings s where s.user_id in (reader.user_id, ${viewer}::bigint) and not s.shows_seen)
  and not exists (select 1 from restricts r where r.restricter_id = reader.user_id and r.restricted_id = ${viewer}::bigint) and not ${blocked(viewer, sql`reader.user_id`)})`;

/** SQL: the account `alias` (users) lives. */
const living = (alias: string): SQL => sql.raw(`(${alias}.deleted_at is null and ${alias}.deactivated_at is null and ${alias}.suspended_at is null)`);

/** SQL: others of the thread `t` who have, or may take, what its member `me` writes, as `reader`. */
const readers = (me: SQL): SQL => sql`thread_members reader join users ru on ru.id = reader.user_id and ${living("ru")}
  where reader.thread_id = t.id and reader.user_id <> ${me} and reader.until_id is null and reader.folder <> 'declined' and not ${blocked(me, sql`reader.user_id`)}`;

/** SQL: somebody of whom the member `me` of the thread `t` may know how far they read; with `than` one who has not read so far. */
export const openReader = (me: SQL, than?: SQL): SQL => sql`exists (select 1 from ${readers(me)} and ${showsSeen(me)}${than ? sql` and reader.read_id < ${than}` : sql``})`;

/** SQL: somebody of whom they may not. */
export const closedReader = (me: SQL): SQL => sql`exists (select 1 from ${readers(me)} and not ${showsSeen(me)})`;

/** SQL: the person `x.user_id` was in the thread with the member `me` as long as that one was in it. */
export const wasThere = sql.raw("(case when me.until_id is null then x.until_id is null else x.joined_at <= id_time(me.until_id) and (x.until_id is null or x.until_id >= me.until_id) end)");
