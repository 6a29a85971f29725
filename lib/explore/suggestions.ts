import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { type PersonRow, personColumns, toUserView } from "@/lib/graph/people";
import { withSeenCounts } from "@/lib/graph/uncounted";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import type { UserView } from "@/lib/profiles/types";

/** How many followed people's follows are looked at; more would not find better company. */
const LOOKED_AT = 200;

/**
 * People whom the viewer might like to follow: first those whom many of the followed follow, then the most followed.
 * Nobody private, followed, asked, muted, blocked, or oneself.
 */
export async function listSuggestedPeople(viewer: Pick<Viewer, "id">, count: number): Promise<UserView[]> {
  const me = sql`${viewer.id}::bigint`;
  const rows = await db().execute<PersonRow>(sql`
    with followed as materialized (
      select followee_id as id from follows where follower_id = ${me} and state = 'active' order by id desc limit ${LOOKED_AT}::int),
    near as (
      select f.followee_id as id, count(*) as company from followed join follows f on f.follower_id = followed.id and f.state = 'active'
      group by 1 order by 2 desc limit 200),
    popular as (select u.id, 0::bigint as company from users u order by u.follower_count desc, u.id limit 300),
    candidates as (select id, max(company) as company from (select * from near union all select * from popular) c group by id)
    select ${personColumns(viewer.id)} from candidates c join users u on u.id = c.id
    where u.id <> ${me} and not u.is_private and ${accountVisible(viewer.id)}
      and not exists (select 1 from follows f where f.follower_id = ${me} and f.followee_id = u.id)
      and not exists (select 1 from mutes m where m.muter_id = ${me} and m.muted_id = u.id and m.posts)
    order by c.company desc, u.follower_count desc, u.id limit ${count}::int`);
  return withSeenCounts(viewer.id, rows.map((row) => toUserView(row, viewer.id)));
}
