import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { signal } from "@/lib/platform/realtime/signal";
import { schedulePush } from "./delivery/schedule";
import { tellMilestone } from "./milestones";
import { beginGroup, lockRecipient, openGroup, type Subject } from "./notifier";
import { declined } from "./wanted";

/**
 * Brings what a post's author was told of these people's likes in step with the likes there are: tells of new ones, as one group, and takes
 * back those that went. However often, for however many, and in whatever order it runs, the end is the same: what is so is asked when nobody
 * else is telling this author.
 */
export async function settleLikes(postId: string, userIds: readonly string[]): Promise<void> {
  const [post] = await db().execute<{ author_id: string; like_count: number }>(sql`select author_id, like_count from posts where id = ${postId}::bigint and deleted_at is null`);
  if (!post) return;
  const subject = { userId: post.author_id, kind: "like" as const, groupKey: `like:${postId}`, postId };
  await db().transaction(async (tx) => {
    await lockRecipient(tx, subject.userId);
    await takeBack(tx, subject, userIds);
    const actors = await pickNew(tx, subject, userIds);
    if (actors.length === 0) return;
    const groupId = (await openGroup(tx, subject)) ?? (await beginGroup(tx, subject));
    await join(tx, groupId, subject, actors);
    await schedulePush(tx, subject.userId, groupId);
  });
  signal({ event: "notification", id: post.author_id });
  await tellMilestone({ userId: post.author_id, of: "likes", count: post.like_count, postId });
}

type Likes = Subject & { postId: string };

const asked = (ids: readonly string[]) => sql`unnest(${sql.param(ids)}::bigint[])`;
const keyOf = ({ groupKey }: Likes): SQL => sql`${groupKey}::text || ':' || a.id`;
/** The like of `a`, or null: as a scalar, which is one look-up for each; a join might read all the likes of a post that has a million. */
const likeOf = ({ postId }: Likes): SQL => sql`(select l.id from likes l where l.post_id = ${postId}::bigint and l.user_id = a.id)`;

async function takeBack(tx: Transaction, subject: Likes, userIds: readonly string[]): Promise<void> {
  // Each stands in a group once, so what goes can be taken off: counting a group of a million anew would take longer than it grows.
  const groups = await tx.execute<{ id: string; left: number }>(sql`
    with gone as (delete from notification_actors where user_id = ${subject.userId}::bigint
      and dedupe_key in (select ${keyOf(subject)} from ${asked(userIds)} as a(id) where ${likeOf(subject)} is null) returning notification_id)
    update notifications n set actor_count = actor_count - g.count from (select notification_id, count(*)::int as count from gone group by 1) g
    where n.id = g.notification_id returning n.id, n.actor_count as left`);
  for (const { id, left } of groups) if (left === 0) await tx.execute(sql`delete from notifications where id = ${id}::bigint and actor_count = 0`);
}

/** Those who like it and were not told of, but oneself, whom a block parts, who is gone, and of whom the author does not want to hear; the last to like comes last. */
async function pickNew(tx: Transaction, subject: Likes, userIds: readonly string[]): Promise<string[]> {
  const self = sql`${subject.userId}::bigint`;
  const rows = await tx.execute<{ id: string }>(sql`
    select a.id from (select a.id, ${likeOf(subject)} as like_id from ${asked(userIds)} as a(id) offset 0) a join users u on u.id = a.id
    where a.like_id is not null and a.id <> ${self} and u.deleted_at is null and u.suspended_at is null
      and exists (select 1 from users me where me.id = ${self} and me.deleted_at is null and me.suspended_at is null)
      and not exists (select 1 from notification_actors n where n.user_id = ${self} and n.dedupe_key = ${keyOf(subject)})
      and not exists (select 1 from blocks b where (b.blocker_id = ${self} and b.blocked_id = a.id) or (b.blocker_id = a.id and b.blocked_id = ${self}))
      and not ${declined(subject, sql.raw("a.id"))}
    order by a.like_id`);
  return rows.map((row) => row.id);
}

async function join(tx: Transaction, groupId: string, subject: Likes, actors: string[]): Promise<void> {
  await tx.execute(sql`
    with joined as (
      insert into notification_actors (notification_id, actor_id, user_id, dedupe_key)
      select ${groupId}::bigint, a.id, ${subject.userId}::bigint, ${keyOf(subject)} from ${asked(actors)} as a(id) on conflict do nothing returning 1)
    update notifications set actor_count = actor_count + (select count(*) from joined), latest_id = next_id(), updated_at = now()
    where id = ${groupId}::bigint and exists (select 1 from joined)`);
}
