import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/** What a profile counts: published posts that are neither put away nor deleted. */
const COUNTED = sql.raw("status = 'published' and archived_at is null and deleted_at is null");

/** Moves the post counts of everybody on whose profile a locked post stands: its author, and those who accepted to be one, too. */
export async function countPost(tx: Transaction, postId: string, by: 1 | -1): Promise<void> {
  await tx.execute(sql`
    with owners as (
      select author_id as id from posts where id = ${postId}::bigint union select user_id from collaborators where post_id = ${postId}::bigint and state = 'accepted'),
    locked as (select u.id from users u join owners o on o.id = u.id order by u.id for no key update of u)
    update users set post_count = post_count + ${by}::int where id in (select id from locked)`);
}

/** Moves the count of one person who came to a locked post, or went, if the post counts. */
export async function countFor(tx: Transaction, postId: string, userId: string, by: 1 | -1): Promise<void> {
  await tx.execute(sql`update users set post_count = post_count + ${by}::int where id = ${userId}::bigint and exists (select 1 from posts where id = ${postId}::bigint and ${COUNTED})`);
}
