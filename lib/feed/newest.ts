import { type SQL, sql } from "drizzle-orm";

type Arg = (name: "viewer" | "cursor" | "count" | "near" | "far") => string;

/** SQL: the post `p` may stand in feeds, before any question of who looks. */
export const standing = sql.raw("p.status = 'published' and p.deleted_at is null and p.archived_at is null");

/** The newest posts of each author within the window, also those they made with others, taken together; two index descents for each author. */
export const newestOf = (arg: (name: "count") => string, above: SQL, below: SQL, when: SQL, authors = "authors"): SQL => sql`
  select distinct n.id from ${sql.raw(authors)} a cross join lateral (
    (select p.id from posts p where p.author_id = a.id and ${standing} and p.id < ${below} and p.id >= ${above}
     order by p.id desc limit ${arg("count")}::int)
    union all
    (select p.id from collaborators c join posts p on p.id = c.post_id where c.user_id = a.id and c.state = 'accepted' and ${standing} and c.post_id < ${below} and c.post_id >= ${above} and p.id < ${below} and p.id >= ${above}
     order by c.post_id desc limit ${arg("count")}::int)) n
  where ${when} order by n.id desc limit ${arg("count")}::int`;

/** Who follows more people than this has the posts of everybody gone through first. */
const MANY = sql.raw("1000");
/** So many of them. */
const LOOKED_THROUGH = sql.raw("4000");

/** SQL: the newest posts of `authors` among everybody's, when those are many; all that there are down to the last one looked at. */
const amongNewest = (arg: Arg, near: SQL, cursor: SQL): SQL => sql`
      select n.id from (
        select p.id, p.author_id from posts p where ${standing} and p.id < ${cursor} and p.id >= ${near} and (select count(*) from authors) > ${MANY} order by p.id desc limit ${LOOKED_THROUGH}) n
      where n.author_id in (select id from authors)
        or exists (select 1 from collaborators c where c.post_id = n.id and c.state = 'accepted' and c.user_id in (select id from authors))
      order by n.id desc limit ${arg("count")}::int`;

/**
 * The newest `count` posts older than `cursor` by the viewer and those of the followed (`f`) that are `wanted`, before any
 * question of visibility. `isPage`: no more than a page.
 */
export function candidates(arg: Arg, wanted: SQL, isPage: boolean): SQL {
  const [cursor, near, far] = [sql`${arg("cursor")}::bigint`, sql`${arg("near")}::bigint`, sql`${arg("far")}::bigint`];
  const lacking = (...tables: string[]) => sql`(${sql.raw(tables.map((table) => `(select count(*) from ${table})`).join(" + "))}) < ${arg("count")}::int`;
  return sql`
    authors as materialized (
      select f.followee_id as id from follows f where f.follower_id = ${arg("viewer")}::bigint and f.state = 'active' and ${wanted}
      union all select ${arg("viewer")}::bigint),
    lately as materialized (${isPage ? amongNewest(arg, near, cursor) : sql`select 0::bigint as id where false`}),
    recent as materialized (${newestOf(arg, near, cursor, lacking("lately"))}),
    older as materialized (${newestOf(arg, far, sql`least(${near}, ${cursor})`, sql`${lacking("lately")} and ${lacking("recent")}`)}),
    oldest as materialized (${newestOf(arg, sql`0`, sql`least(${far}, ${cursor})`, sql`${lacking("lately")} and ${lacking("recent", "older")}`)}),
    candidates as materialized (
      select id from (select id from lately union select id from recent union all select id from older union all select id from oldest) c order by id desc limit ${arg("count")}::int)`;
}
