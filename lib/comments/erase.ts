import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { forgetJobs } from "@/lib/platform/jobs/forget";
import { enqueueMany } from "@/lib/platform/jobs/queue";
import { foldSoon } from "@/lib/posts/counts";
import { forgetMentionsIn } from "@/lib/posts/erase";
import { listTaggedBy } from "@/lib/posts/said-tags";
import { index } from "@/lib/posts/tagging-jobs";

const AT_ONCE = 100;

/**
 * Removes what a person who goes for good has said under posts, and their likes of what others said, with the counts. Replies go with what they reply
 * to, as when somebody deletes a comment (decision 0034). May be broken off and repeated.
 */
export async function eraseComments(userId: string): Promise<void> {
  while (await db().transaction((tx) => unlikeSome(tx, userId)));
  while (await db().transaction((tx) => eraseSome(tx, userId)));
  foldSoon();
}

async function unlikeSome(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    with chosen as (select comment_id from comment_likes where user_id = ${userId}::bigint order by comment_id limit ${AT_ONCE}),
    locked as (select c.id from comments c join chosen on chosen.comment_id = c.id order by c.id for no key update of c),
    gone as (delete from comment_likes where user_id = ${userId}::bigint and comment_id in (select id from locked) returning comment_id)
    update comments set like_count = like_count - 1 where id in (select comment_id from gone) returning 1`);
  return rows.length === AT_ONCE;
}

/** A reply counts only while what it replies to is shown, too. */
const COUNTS = sql.raw(`(c.deleted_at is null and c.state = 'shown'
  and not exists (select 1 from comments r where r.id = c.parent_id and (r.deleted_at is not null or r.state <> 'shown')))`);

async function eraseSome(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.execute<{ id: string }>(sql`
    with own as (select id from comments where user_id = ${userId}::bigint order by id limit ${AT_ONCE})
    select id from comments where id in (select id from own) or parent_id in (select id from own) order by id for update`);
  if (rows.length === 0) return false;
  const ids = [...rows].map(({ id }) => id);
  const list = sql`any(${`{${ids.join(",")}}`}::text::bigint[])`;
  await tx.execute(sql`
    insert into count_deltas (post_id, comments) select c.post_id, -count(*)::int from comments c where c.id = ${list} and ${COUNTS} group by c.post_id`);
  await tx.execute(sql`
    with fewer as (select parent_id as id, count(*)::int as n from comments where id = ${list} and parent_id is not null and deleted_at is null and state = 'shown' group by 1),
    locked as (select c.id, f.n from comments c join fewer f on f.id = c.id order by c.id for no key update of c)
    update comments c set reply_count = c.reply_count - l.n from locked l where c.id = l.id`);
  await enqueueMany(tx, index, (await listTaggedBy(tx, ids)).map((postId) => ({ postId })));
  await forgetMentionsIn(tx, ids);
  await forgetJobs(tx, sql`select unnest(${`{${ids.join(",")}}`}::text::text[]) as id`);
  await tx.execute(sql`delete from comments where id = ${list}`);
  return true;
}
