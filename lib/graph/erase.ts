import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { changeBetween } from "./change";
import { leaveAllCircles } from "./circles";

const AT_ONCE = 100;

/** Ends every follow and request of a person who goes for good, and their places in others' circles, with the counts of the others. May be broken off and repeated. */
export async function eraseTies(userId: string): Promise<void> {
  for (;;) {
    const rows = await db().execute<{ id: string }>(sql`
      (select followee_id as id from follows where follower_id = ${userId}::bigint limit ${AT_ONCE})
      union (select follower_id from follows where followee_id = ${userId}::bigint limit ${AT_ONCE})`);
    if (rows.length === 0) break;
    await endFollows(userId, [...rows].map(({ id }) => id));
  }
  await db().transaction((tx) => leaveAllCircles(tx, userId));
}

async function endFollows(userId: string, others: string[]): Promise<void> {
  const them = sql`any(${`{${others.join(",")}}`}::text::bigint[])`;
  await changeBetween([userId, ...others], (tx) => tx.execute(sql`
    with gone as (
      delete from follows where (follower_id = ${userId}::bigint and followee_id = ${them}) or (followee_id = ${userId}::bigint and follower_id = ${them})
      returning follower_id, followee_id, state),
    moved as (
      select id, sum(followers)::int as followers, sum(following)::int as following from (
        select followee_id as id, 1 as followers, 0 as following from gone where state = 'active' union all select follower_id, 0, 1 from gone where state = 'active') m group by id)
    update users u set follower_count = u.follower_count - m.followers, following_count = u.following_count - m.following from moved m where m.id = u.id`));
}
