import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { forgetCollected } from "@/lib/posts/collected";
import { foldSoon } from "@/lib/posts/counts";

const AT_ONCE = 500;

/** Takes back all likes, saves, reactions, reposts, shares and what they put into collections of a person who goes for good, with their counts. May be broken off and repeated. */
export async function eraseInteractions(userId: string): Promise<void> {
  while (await takeBack("likes", userId));
  while (await takeBack("saves", userId));
  foldSoon();
  await db().transaction((tx) => eraseReactions(tx, userId));
  await erasePassedOn(userId);
  await db().transaction((tx) => forgetCollected(tx, sql`cp.added_by = ${userId}::bigint`));
}

/** Some of them; whether there may be more. Counted by way of `count_deltas`, so that nobody waits for a post that everybody likes. */
async function takeBack(kind: "likes" | "saves", userId: string): Promise<boolean> {
  const table = sql.raw(kind);
  const [row] = await db().execute<{ n: number }>(sql`
    with gone as (
      delete from ${table} where user_id = ${userId}::bigint and post_id in (select post_id from ${table} where user_id = ${userId}::bigint limit ${AT_ONCE}) returning post_id),
    counted as (insert into count_deltas (post_id, ${table}) select post_id, -1 from gone)
    select count(*)::int as n from gone`);
  return row!.n === AT_ONCE;
}

/** An emoji that nobody is left of goes from the post: what is counted is there (reactions.ts). */
async function eraseReactions(tx: Transaction, userId: string): Promise<void> {
  const none = await tx.execute<{ post_id: string; emoji: string }>(sql`
    with gone as (delete from reactions where user_id = ${userId}::bigint returning post_id, emoji),
    locked as (select c.post_id, c.emoji from reaction_counts c join gone using (post_id, emoji) order by 1, 2 for update of c),
    left_ as (update reaction_counts c set count = c.count - 1 from locked l where c.post_id = l.post_id and c.emoji = l.emoji returning c.post_id, c.emoji, c.count)
    select post_id, emoji from left_ where count = 0`);
  for (const { post_id, emoji } of none) await tx.execute(sql`delete from reaction_counts where post_id = ${post_id}::bigint and emoji = ${emoji} and count = 0`);
}

/** Reposts and shares; who did both was counted once among the shares. */
async function erasePassedOn(userId: string): Promise<void> {
  await db().execute(sql`
    with reposted as (delete from reposts where user_id = ${userId}::bigint returning post_id),
    shared as (delete from shares where user_id = ${userId}::bigint returning post_id),
    gone as (select coalesce(r.post_id, s.post_id) as id, (r.post_id is not null)::int as reposts from reposted r full join shared s on s.post_id = r.post_id),
    locked as (select p.id, g.reposts from posts p join gone g on g.id = p.id order by p.id for no key update of p)
    update posts p set repost_count = p.repost_count - l.reposts, share_count = p.share_count - 1 from locked l where p.id = l.id`);
}
