import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/**
 * Takes out of everybody's collections what `which` (SQL on `collection_posts cp`) names, with their counts and covers, before the posts or the people go:
 * the database would take the rows along and leave the counts. Nothing that it names may be added meanwhile: posts are locked, people are gone.
 */
export async function forgetCollected(tx: Transaction, which: SQL): Promise<void> {
  // In the order of their ids and before what is in them, as whoever else changes several.
  await tx.execute(sql`select c.id from collections c where c.id in (select cp.collection_id from collection_posts cp where ${which}) order by c.id for no key update of c`);
  await tx.execute(sql`
    with gone as (delete from collection_posts cp where ${which} returning collection_id, post_id),
    left_ as (select collection_id as id, count(*)::int as n, array_agg(post_id) as post_ids from gone group by 1)
    update collections c set post_count = c.post_count - l.n, cover_post_id = case when c.cover_post_id <> all (l.post_ids) then c.cover_post_id end from left_ l where c.id = l.id`);
}
