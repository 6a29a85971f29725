import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { listMentionedUserIds } from "./mentions";
import { listSaidTags, movesTags } from "./said-tags";

/**
 * Hashtags and mentions as rows. A tag's `post_count` has only posts that everybody may see; whether a post is among
 * them is kept in `post_tags.counted`, so that each change moves the count by exactly what changed.
 */
const COUNTABLE: SQL = sql.raw(`(p.status = 'published' and p.deleted_at is null and p.archived_at is null and p.audience = 'everyone'
  and not u.is_private and u.deleted_at is null and u.deactivated_at is null and u.suspended_at is null)`);

/** Adds the deltas (`tag_id`, `d`) to the tags, in the order of their ids: two transactions never wait for each other. */
const applied = (deltas: SQL): SQL => sql`
  delta as (select tag_id, sum(d)::int as d from (${deltas}) changes group by tag_id having sum(d) <> 0),
  locked as (select t.id, delta.d from tags t join delta on delta.tag_id = t.id order by t.id for update of t)
  update tags set post_count = post_count + locked.d from locked where tags.id = locked.id`;

type PostFacts = { author_id: string; caption: string; is_published: boolean; is_countable: boolean };

/** Makes the rows of tags and mentions of a post say what its caption says now, and the tags also what its authors say under it. Repeating it changes nothing. */
export async function indexPost(postId: string): Promise<void> {
  await db().transaction(async (tx) => {
    const [post] = await tx.execute<PostFacts>(sql`
      select p.author_id, p.caption, p.status = 'published' and p.deleted_at is null as is_published, ${COUNTABLE} as is_countable
      from posts p join users u on u.id = p.author_id where p.id = ${postId}::bigint for update of p`);
    if (!post) return;
    if (!post.is_published) return uncountTags(tx, postId);
    await writeTags(tx, postId, await listSaidTags(tx, postId, post), post.is_countable);
    await writeMentions(tx, postId, "0", await listMentionedUserIds(post.caption, post.author_id, tx));
  });
}

async function writeTags(tx: Transaction, postId: string, names: string[], isCountable: boolean): Promise<void> {
  const list = sql`(select jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb))`;
  if (names.length > 0) await tx.execute(sql`insert into tags (name) select name from ${list} as wanted(name) order by name on conflict do nothing`);
  await tx.execute(sql`
    with wanted as (select id from tags where name in ${list}),
    gone as (delete from post_tags where post_id = ${postId}::bigint and tag_id not in (select id from wanted) returning tag_id, counted),
    came as (insert into post_tags (tag_id, post_id, counted) select id, ${postId}::bigint, ${isCountable}::boolean from wanted on conflict do nothing returning tag_id),
    turned as (update post_tags set counted = ${isCountable}::boolean
      where post_id = ${postId}::bigint and counted <> ${isCountable}::boolean and tag_id in (select id from wanted) returning tag_id),
    ${applied(sql`
      select tag_id, -1 as d from gone where counted
      union all select tag_id, 1 from came where ${isCountable}::boolean
      union all select tag_id, ${isCountable ? 1 : -1}::int from turned`)}`);
}

/** Takes a post out of its tags' counts, in the transaction that hides it. */
export async function uncountTags(tx: Transaction, postId: string): Promise<void> {
  await tx.execute(sql`
    with turned as (update post_tags set counted = false where post_id = ${postId}::bigint and counted returning tag_id),
    ${applied(sql`select tag_id, -1 as d from turned`)}`);
}

const BATCH = 200;

/** Counts a person's tagged posts or stops counting them, after their privacy changed. */
export async function recountTagsOf(userId: string): Promise<void> {
  for (let cursor: string | null = "0"; cursor !== null; ) cursor = await recountBatch(userId, cursor);
}

async function recountBatch(userId: string, after: string): Promise<string | null> {
  return db().transaction(async (tx) => {
    const locked = await tx.execute<{ id: string }>(sql`
      select id from posts where author_id = ${userId}::bigint and id > ${after}::bigint and status = 'published' order by id limit ${BATCH} for update`);
    const ids = [...locked].map((row) => row.id);
    if (ids.length === 0) return null;
    // A second statement: it sees what was committed while the first waited for its locks.
    await tx.execute(sql`
      with now_is as (select p.id, ${COUNTABLE} as countable from posts p join users u on u.id = p.author_id where p.id = any (${`{${ids.join(",")}}`}::text::bigint[])),
      turned as (update post_tags t set counted = n.countable from now_is n where t.post_id = n.id and t.counted <> n.countable returning t.tag_id, t.counted),
      ${applied(sql`select tag_id, case when counted then 1 else -1 end as d from turned`)}`);
    return ids.length < BATCH ? null : ids.at(-1)!;
  });
}

/** Makes the mentions of a comment say what it says, none when it is gone, or not for everybody; and where one of the post's authors says it, the post's tags. */
export async function indexComment(commentId: string): Promise<void> {
  const comment = await db().transaction(async (tx) => {
    const [row] = await tx.execute<{ post_id: string; user_id: string; content: string; moves_tags: boolean }>(sql`
      select c.post_id, c.user_id, case when c.deleted_at is null and c.state = 'shown' then c.content else '' end as content, ${movesTags} as moves_tags from comments c where c.id = ${commentId}::bigint for update of c`);
    if (row) await writeMentions(tx, row.post_id, commentId, await listMentionedUserIds(row.content, row.user_id, tx));
    return row;
  });
  // Afterwards, with the post locked before anything is read: whoever is last at it sees all that was said.
  if (comment?.moves_tags) await indexPost(comment.post_id);
}

async function writeMentions(tx: Transaction, postId: string, commentId: string, userIds: string[]): Promise<void> {
  const wanted = sql`${`{${userIds.join(",")}}`}::text::bigint[]`;
  await tx.execute(sql`
    with gone as (delete from mentions where post_id = ${postId}::bigint and comment_id = ${commentId}::bigint and user_id <> all (${wanted}))
    insert into mentions (post_id, comment_id, user_id) select ${postId}::bigint, ${commentId}::bigint, id from unnest(${wanted}) as w(id) on conflict do nothing`);
}
