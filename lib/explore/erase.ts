import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";

/** Forgets rankings that have a post of a person who goes for good. While the rows of their posts are still there. */
export async function eraseSnapshots(userId: string): Promise<void> {
  await db().execute(sql`
    delete from explore_snapshots s where exists (select 1 from unnest(s.post_ids) as w(id) where w.id in (select id::text from posts where author_id = ${userId}::bigint))`);
}
