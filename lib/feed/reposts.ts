import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { repostColumns, repostStands } from "@/lib/interactions/repost-sql";
import type { RepostRow } from "@/lib/interactions/repost-view";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { unmuted, wanted } from "./feedback-sql";
import { byFollowed } from "./skeleton";

/** Where the server has fewer reposts than this in the time that a page spans, those are gone through; else the followed are, one by one. */
const FEW = sql.raw("200");
/** So many newer reposts of a post are looked through for one by somebody the reader follows, which then stands for all. */
const NEWER_LOOKED_AT = sql.raw("50");
/** Read beyond what is wanted, so that some that do not stand do not cost a second round. */
const SPARE = 8;

type Row = RepostRow & { stands: boolean };
type Arg = (name: "viewer" | "cursor" | "since" | "count") => string;

const followed = (arg: Arg, who: string): SQL => sql`exists (
  select 1 from follows f where f.follower_id = ${arg("viewer")}::bigint and f.followee_id = ${sql.raw(who)} and f.state = 'active')`;

const read = prepared<Row, "viewer" | "cursor" | "since" | "count">("feed reposts", (arg) => sql`
  with recent as materialized (
    select r.id, r.user_id, r.post_id, r.note, r.created_at from reposts r where r.id < ${arg("cursor")}::bigint and r.id >= ${arg("since")}::bigint order by r.id desc limit ${FEW}),
  newest as materialized (
    select * from (
      select * from recent r where (select count(*) from recent) < ${FEW} and ${followed(arg, "r.user_id")}
      union all
      select n.* from (select f.followee_id as id from follows f where f.follower_id = ${arg("viewer")}::bigint and f.state = 'active') a cross join lateral (
        select r.id, r.user_id, r.post_id, r.note, r.created_at from reposts r
        where r.user_id = a.id and r.id < ${arg("cursor")}::bigint and r.id >= ${arg("since")}::bigint order by r.id desc limit ${arg("count")}::int) n
      where (select count(*) from recent) >= ${FEW}) c
    order by id desc limit ${arg("count")}::int)
  select ${repostColumns(arg("viewer"))}, (${repostStands(arg("viewer"))} and p.author_id <> ${arg("viewer")}::bigint and not ${followed(arg, "p.author_id")} and not ${byFollowed(arg("viewer"))}
      and ${unmuted(arg("viewer"), "r.user_id")} and ${wanted(arg("viewer"))}
      and not exists (select 1 from (select x.user_id from reposts x where x.post_id = r.post_id and x.id > r.id order by x.id desc limit ${NEWER_LOOKED_AT}) later join users lu on lu.id = later.user_id
        where ${accountVisible(null, "lu")} and ${followed(arg, "later.user_id")} and ${unmuted(arg("viewer"), "later.user_id")})) as stands
  from newest r cross join lateral (select * from posts where id = r.post_id offset 0) p cross join lateral (select * from users where id = p.author_id offset 0) u
    cross join lateral (select * from users where id = r.user_id offset 0) w
  order by r.id desc`);

/**
 * The newest reposts of `[since, cursor)` by those whom the reader follows, of posts that none of these and not oneself made, alone or with others (those are in the feed anyway): `count` of them
 * unless there are fewer. Of several reposts of a post the newest stands. One statement, unless many of them do not stand.
 */
export async function listFeedReposts(viewerId: string, cursor: string, since: string, count: number): Promise<RepostRow[]> {
  const found: RepostRow[] = [];
  let from = cursor;
  for (let round = 0; ; round++) {
    const wanted = (count - found.length + SPARE) * 2 ** Math.min(round, 4);
    const rows = await read({ viewer: viewerId, cursor: from, since, count: wanted });
    found.push(...rows.filter((row) => row.stands && !found.some((known) => known.post_id === row.post_id)));
    if (rows.length < wanted || found.length >= count) return found.slice(0, count);
    from = rows.at(-1)!.id;
  }
}
