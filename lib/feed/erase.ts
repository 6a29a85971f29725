import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { forgetAt, forgetIn, withStore } from "./fan-out";
import { dropFeeds } from "./store";

/** Forgets the feed of a person who goes for good and those that their posts stand in. While they still have followers. */
export async function eraseFeeds(userId: string): Promise<void> {
  for (const batch of await forgetAt(userId)) await forgetIn(batch);
  await withStore((store) => dropFeeds(store, [userId]));
}

/** Forgets what they looked at, who looked at their posts, and rankings that have one. While the rows of their posts are still there. */
export async function eraseViewing(userId: string): Promise<void> {
  const theirs = sql`(select id from posts where author_id = ${userId}::bigint)`;
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = '15min'`);
    await tx.execute(sql`delete from post_seen where user_id = ${userId}::bigint`);
    await tx.execute(sql`delete from post_seen where post_id in ${theirs}`);
    await tx.execute(sql`delete from feed_rankings r where exists (select 1 from unnest(r.post_ids) as w(id) where w.id in (select id::text from ${theirs} t))`);
    await tx.execute(sql`delete from feed_feedback where subject_id = ${userId}::bigint or subject_id in ${theirs}`);
  });
}
