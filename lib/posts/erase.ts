import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { forgetJobs } from "@/lib/platform/jobs/forget";
import { forgetCollected } from "./collected";
import { deletePost } from "./remove";

const AT_ONCE = 100;

const listOf = (ids: readonly string[]): SQL => sql`${`{${ids.join(",")}}`}::text::bigint[]`;

/** SQL: every id of theirs that jobs may name. */
export const idsOf = (userId: string): SQL => sql`
  select ${userId}::text as id union all select id::text from posts where author_id = ${userId}::bigint
  union all select id::text from media where owner_id = ${userId}::bigint union all select id::text from comments where user_id = ${userId}::bigint`;

/** Deletes all posts of a person who goes for good, as they would themselves, so that everybody who has to hears of it. May be broken off and repeated. */
export async function takeDownPosts(userId: string): Promise<void> {
  for (;;) {
    const rows = await db().execute<{ id: string }>(sql`select id from posts where author_id = ${userId}::bigint and deleted_at is null order by id limit ${AT_ONCE}`);
    if (rows.length === 0) return;
    for (const { id } of rows) await deletePost({ id: userId }, id);
  }
}

/** Removes the rows of their posts and all that hangs on them, places and tags that nobody else named, and jobs done. Their files are gone by then (media). */
export async function erasePosts(userId: string): Promise<void> {
  while (await db().transaction((tx) => eraseSome(tx, userId)));
}

async function eraseSome(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.execute<{ id: string; place_id: string | null }>(sql`
    select id, place_id from posts where author_id = ${userId}::bigint order by id limit ${AT_ONCE} for update`);
  if (rows.length === 0) return false;
  const ids = listOf([...rows].map(({ id }) => id));
  const tags = await tx.execute<{ id: string }>(sql`select distinct tag_id as id from post_tags where post_id = any(${ids})`);
  await forgetJobs(tx, sql`select id::text from unnest(${ids}) as w(id) union all select id::text from comments where post_id = any(${ids})`);
  await tx.execute(sql`delete from count_deltas where post_id = any(${ids})`);
  await forgetCollected(tx, sql`cp.post_id = any(${ids})`);
  await tx.execute(sql`delete from posts where id = any(${ids})`);
  // Whoever names one of them just now holds it, and keeps it.
  await tx.execute(sql`
    delete from places where id in (select p.id from places p where p.id = any(${listOf([...rows].flatMap(({ place_id }) => place_id ?? []))})
      and not exists (select 1 from posts where place_id = p.id) for update skip locked)`);
  await tx.execute(sql`
    delete from tags where id in (select t.id from tags t where t.id = any(${listOf([...tags].map(({ id }) => id))})
      and not exists (select 1 from post_tags where tag_id = t.id) for update skip locked)`);
  return true;
}

/** Forgets who was named in comments that go. */
export async function forgetMentionsIn(tx: Transaction, commentIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    delete from mentions where comment_id = any(${listOf(commentIds)}) and post_id in (select post_id from comments where id = any(${listOf(commentIds)}))`);
}
