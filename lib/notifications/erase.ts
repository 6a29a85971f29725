import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { lockRecipient, recount } from "./notifier";

const AT_ONCE = 500;

/**
 * Removes what others were told of a person who goes for good and of what they said (with the replies that go with it), and all that they were told.
 * While the rows of their posts and comments are still there. May be broken off and repeated.
 */
export async function eraseNotifications(userId: string): Promise<void> {
  const said = sql`(select c.id from comments c left join comments r on r.id = c.parent_id where c.user_id = ${userId}::bigint or r.user_id = ${userId}::bigint)`;
  await deleteAll(sql`post_id in (select id from posts where author_id = ${userId}::bigint)`);
  await deleteAll(sql`user_id = ${userId}::bigint`);
  // Somebody's likes of a comment that goes: the whole group is about it.
  await deleteAll(sql`kind = 'comment_like' and comment_id in ${said}`);
  for (;;) {
    const [next] = await db().execute<{ user_id: string }>(sql`select user_id from notification_actors where actor_id = ${userId}::bigint or comment_id in ${said} limit 1`);
    if (!next) return;
    await db().transaction(async (tx) => {
      await lockRecipient(tx, next.user_id);
      const gone = await tx.execute<{ notification_id: string }>(sql`
        delete from notification_actors where user_id = ${next.user_id}::bigint and (actor_id = ${userId}::bigint or comment_id in ${said}) returning notification_id`);
      await recount(tx, gone.map((row) => row.notification_id));
    });
  }
}

async function deleteAll(which: ReturnType<typeof sql>): Promise<void> {
  while ((await db().execute(sql`delete from notifications where id in (select id from notifications where ${which} limit ${AT_ONCE}) returning 1`)).length === AT_ONCE);
}
