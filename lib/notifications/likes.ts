import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { executePrepared, preparedWithin } from "@/db/prepared";
import { NotNowError } from "@/lib/platform/jobs/define";
import { signal } from "@/lib/platform/realtime/signal";
import { schedulePush } from "./delivery/schedule";
import { tellMilestone } from "./milestones";
import { beginGroup, lockOf, openGroup, type Subject } from "./notifier";
import { declined } from "./wanted";

/**
 * Brings what a post's author was told of these people's likes in step with the likes there are: tells of new ones, as one group, and takes
 * back those that went. However often, for however many, and in whatever order it runs, the end is the same: what is so is asked when nobody
 * else is telling this author.
 */
export async function settleLikes(postId: string, userIds: readonly string[]): Promise<void> {
  const post = await db().transaction(async (tx) => {
    const asked = { post: postId, people: `{${userIds.join(",")}}` };
    // At once; each statement sees what was there when it began, so the second sees all that whoever held the lock before has done.
    const [[post], [found]] = await Promise.all([lockAuthor(tx, { post: postId }), takeBack(tx, asked)]);
    const { actors, emptied, exists } = found!;
    // It came back between the two: nobody was locked out.
    if (!post && exists) throw new NotNowError("The post is just being restored.");
    if (!post) return null;
    if (emptied) await executePrepared(tx, sql`delete from notifications where id = any (${sql.param(emptied)}::bigint[]) and actor_count = 0`);
    if (!actors) return post;
    const subject = { userId: post.author_id, kind: "like" as const, groupKey: `like:${postId}`, postId };
    const groupId = (await openGroup(tx, subject)) ?? (await beginGroup(tx, subject));
    await join(tx, groupId, subject, actors);
    await schedulePush(tx, subject.userId, groupId);
    return post;
  });
  if (!post) return;
  signal({ event: "notification", id: post.author_id });
  await tellMilestone({ userId: post.author_id, of: "likes", count: post.like_count, postId });
}

const lockAuthor = preparedWithin<{ author_id: string; like_count: number }, "post">("lock of who is told of likes", (arg) => sql`
  select p.author_id::text, p.like_count::int, ${lockOf(sql.raw("p.author_id"))} from posts p where p.id = ${arg("post")}::bigint and p.deleted_at is null`);

/**
 * Takes back what was told of likes that are gone; `emptied`: the groups that nobody is in any more. And finds whom to tell of, the last to like last (null:
 * nobody): those who like the post and were not told of, but the author, whom a block parts, who is gone, and of whom the author does not want to hear.
 */
const takeBack = preparedWithin<{ exists: boolean; emptied: string[] | null; actors: string[] | null }, "post" | "people">("likes to tell of and to take back", (arg) => sql`
  with post as materialized (select id, author_id from posts where id = ${arg("post")}::bigint and deleted_at is null),
  -- A like by a scalar is one look-up for each; a join might read all the likes of a post that has a million.
  asked as materialized (select a.id, 'like:' || ${arg("post")}::bigint || ':' || a.id as key, (select l.id from likes l where l.post_id = ${arg("post")}::bigint and l.user_id = a.id) as like_id
    from unnest(${arg("people")}::text::bigint[]) as a(id)),
  gone as (delete from notification_actors where user_id = (select author_id from post) and dedupe_key = any (array(select key from asked where like_id is null)) returning notification_id),
  -- Each stands in a group once, so what goes can be taken off: counting a group of a million anew would take longer than it grows.
  lowered as (update notifications n set actor_count = actor_count - g.count from (select notification_id, count(*)::int as count from gone group by 1) g where n.id = g.notification_id returning n.id, n.actor_count),
  fresh as (select a.id, a.like_id from post p cross join asked a join users u on u.id = a.id
    where a.like_id is not null and a.id <> p.author_id and u.deleted_at is null and u.suspended_at is null
      and exists (select 1 from users me where me.id = p.author_id and me.deleted_at is null and me.suspended_at is null)
      and not exists (select 1 from notification_actors n where n.user_id = p.author_id and n.dedupe_key = a.key)
      and not exists (select 1 from blocks b where (b.blocker_id = p.author_id and b.blocked_id = a.id) or (b.blocker_id = a.id and b.blocked_id = p.author_id))
      and not ${declined({ userId: sql.raw("p.author_id"), kind: "like", postId: arg("post") }, sql.raw("a.id"))})
  select exists (select 1 from post) as exists, (select array_agg(id::text) from lowered where actor_count = 0) as emptied, (select array_agg(id::text order by like_id) from fresh) as actors`);

async function join(tx: Transaction, groupId: string, { userId, groupKey }: Subject, actors: string[]): Promise<void> {
  await executePrepared(tx, sql`
    with joined as (
      insert into notification_actors (notification_id, actor_id, user_id, dedupe_key)
      select ${groupId}::bigint, a.id, ${userId}::bigint, ${groupKey}::text || ':' || a.id from unnest(${sql.param(actors)}::bigint[]) as a(id) on conflict do nothing returning 1)
    update notifications set actor_count = actor_count + (select count(*) from joined), latest_id = next_id(), updated_at = now()
    where id = ${groupId}::bigint and exists (select 1 from joined)`);
}
