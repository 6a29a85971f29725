import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared, type Source } from "@/db/prepared";
import { idAt, idTime } from "@/lib/platform/ids";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { postsListed, postWithin } from "@/lib/posts/listed-sql";
import { parsePassing, passing } from "@/lib/posts/rows";
import type { PassingRow } from "@/lib/posts/views";
import { unmuted, wanted } from "./feedback-sql";
import { keepMerged, knownMerged } from "./merged";
import { candidates, newestOf, standing } from "./newest";

/** An id greater than any post's: the cursor before the newest. */
export const TOP = "9223372036854775807";

/** Days for which an own post that is not published (being processed, held, failed) is shown to its author in the feed. */
const OWN_UNPUBLISHED_DAYS = 7;
/** Postgres first looks at the newest partitions only, and further back when they do not fill the page. */
const WINDOWS_DAYS = [21, 150];
const DAY_MS = 86_400_000;

/** From so many followed on it costs less to look for each large author among them than to go through them all. */
const MANY_FOLLOWED = sql.raw("500");

/** The followed of whom it was ever decided how their posts come into feeds; few, often none. */
const large = (viewer: string): SQL => {
  const isMany = sql`(select following_count > ${MANY_FOLLOWED} from users where id = ${viewer}::bigint)`;
  const columns = sql.raw("a.author_id as id, a.is_pulled, a.changed_id");
  return sql`
  large as materialized (
    select ${columns} from feed_authors a cross join lateral (
      select 1 from follows f where f.followee_id = a.author_id and f.follower_id = ${viewer}::bigint and f.state = 'active' offset 0) f where ${isMany}
    union all
    select ${columns} from follows f join feed_authors a on a.author_id = f.followee_id where not ${isMany} and f.follower_id = ${viewer}::bigint and f.state = 'active')`;
};

/** Whom the reader follows, as far as two numbers tell (jobs.ts, `followsChanged`, sees to the rest). */
const whomOf = (viewer: string): SQL => sql`(select u.following_count || ':' || coalesce((
  select max(f.id) from follows f where f.follower_id = ${viewer}::bigint and f.state = 'active'), 0) from users u where u.id = ${viewer}::bigint)`;

/** When one of `large` last came back to being pushed. */
const lastBack = sql`(select coalesce(max(changed_id), 0)::text from large where not is_pulled)`;

/**
 * What a stored feed was made for: whom the reader followed, and when one of them last came back to being pushed; one of another version lacks posts.
 * That somebody is pulled from now on outdates nothing, since what is stored and what is merged may overlap.
 */
const versionOf = (whom: string, back: string) => `${whom}:${back}`;

/** SQL: the viewer, or somebody who is there and whom they follow and have not muted, is one of the post's further authors. */
export const byFollowed = (viewer: string | SQL): SQL => sql`exists (select 1 from collaborators c join users cu on cu.id = c.user_id where c.post_id = p.id and c.state = 'accepted' and (c.user_id = ${viewer}::bigint or (
  exists (select 1 from follows f where f.follower_id = ${viewer}::bigint and f.followee_id = c.user_id and f.state = 'active') and ${accountVisible(null, "cu")} and ${unmuted(viewer, "c.user_id")})))`;

/** SQL: the post belongs in the home feed of the viewer: own, or of somebody followed and not muted or snoozed, not declined, and to be seen. */
export const belongs = (viewer: string | SQL): SQL => sql`(p.archived_at is null and (p.author_id = ${viewer}::bigint or (
  (exists (select 1 from follows f where f.follower_id = ${viewer}::bigint and f.followee_id = p.author_id and f.state = 'active') or ${byFollowed(viewer)})
  and ${wanted(viewer)}))
  and ${postVisible(viewer)})`;

/** Own posts that no stored feed has: those not published, and those just published. Of `[above, cursor)`, newer than `fresh`. */
function ownFresh(viewer: string, above: SQL, cursor: SQL, fresh: string, count: string): SQL {
  // Each half has an index of its own.
  const half = (status: SQL) => sql`(select p.id from posts p where p.author_id = ${viewer}::bigint and p.deleted_at is null and p.archived_at is null and ${status}
    and p.id < ${cursor} and p.id >= greatest(${above}, ${fresh}::bigint) order by p.id desc limit ${count}::int)`;
  return sql`${half(sql`p.status = 'published'`)} union all ${half(sql`p.status <> 'published' and p.status <> 'scheduled'`)}`;
}

/** Posts of a feed, newest first, what passes of each, and whether somebody followed may have reposted something in the time they span. */
export type Judged = { ids: string[]; judged: PassingRow[]; mayHaveReposts: boolean };

type JudgedRow = { posts: string | null; reposts: boolean };

function judgedOf({ posts, reposts }: JudgedRow): Judged {
  const rows = parsePassing(posts);
  return { ids: rows.map(({ id }) => id), judged: rows, mayHaveReposts: reposts };
}

type PageRow = JudgedRow & { last: string | null; found: number };

/** SQL: of the ids of `list`, all in `[from, below)` and none older than `bottom`, those that belong in the feed, newest first, with what passes of them (`parsePassing`): so the page needs no second look at them. */
const belonging = (viewer: string, list: SQL, from: SQL, below: SQL, bottom = from): SQL => sql`(
  select string_agg(${passing(viewer, (column) => sql`${sql.raw(column)} >= ${bottom} and ${sql.raw(column)} < ${below}`)}, ',' order by p.id desc) from (${list}) c cross join ${postWithin("c.id", from, below)} join users u on u.id = p.author_id
  where ${belongs(viewer)}) as posts`;

/** Reposts looked at before it is simply asked for those of the followed. */
const REPOSTS_LOOKED_AT = 50;

/** SQL: somebody followed may have reposted something in `[bottom, cursor)`: so a page without reposts costs no statement for them (reposts.ts). */
const mayHaveReposts = (viewer: string, bottom: SQL, cursor: SQL): SQL => sql`(
  select coalesce(count(*) = ${sql.raw(String(REPOSTS_LOOKED_AT))} or bool_or(exists (select 1 from follows f where f.follower_id = ${viewer}::bigint and f.followee_id = r.user_id and f.state = 'active')), false)
  from (select user_id from reposts where id < ${cursor} and id >= ${bottom} order by id desc limit ${sql.raw(String(REPOSTS_LOOKED_AT))}) r) as reposts`;

const readPage = prepared<PageRow, "viewer" | "cursor" | "count" | "near" | "far" | "fresh">("feed page from Postgres", (arg) => sql`
  with ${candidates(arg, unmuted(arg("viewer"), "f.followee_id"), true)},
  bottom as (select case when count(*) < ${arg("count")}::int then 0 else min(id) end as id from candidates),
  own as (${ownFresh(arg("viewer"), sql`(select id from bottom)`, sql`${arg("cursor")}::bigint`, arg("fresh"), arg("count"))})
  select ${belonging(arg("viewer"), sql`select id from candidates union select id from own`, sql`0`, sql`${arg("cursor")}::bigint`, sql`(select id from bottom)`)},
    ${mayHaveReposts(arg("viewer"), sql`(select id from bottom)`, sql`${arg("cursor")}::bigint`)},
    (select min(id)::text from candidates) as last, (select count(*)::int from candidates) as found`);

const readAll = prepared<{ ids: string[]; whom: string; back: string }, "viewer" | "cursor" | "count" | "near" | "far">("feed for the store", (arg) => sql`
  with ${candidates(arg, sql`not exists (select 1 from feed_authors a where a.author_id = f.followee_id and a.is_pulled)`, false)}, ${large(arg("viewer"))}
  select array(select id::text from candidates order by id desc) as ids, ${whomOf(arg("viewer"))} as whom, ${lastBack} as back`);

type Verified = Judged & { bottom: string; version: string };
type VerifiedArg = "viewer" | "ids" | "above" | "cursor" | "fresh" | "count";
/** `crossings`: when any author was last decided anew. */
type VerifiedRow = JudgedRow & { bottom: string; whom: string; crossings: string };

/** SQL: a page of a stored feed with the newest posts of `merged`, ids of authors. No more are judged than a page may need, and the merged ones end where their page is full: what lies below comes with the next page. */
const verified = (arg: (name: VerifiedArg) => string, parts: SQL, merged: SQL, more = sql``): SQL => sql`
  with ${parts} merged as materialized (${merged}),
  pulled as materialized (${newestOf(arg, sql`${arg("above")}::bigint`, sql`${arg("cursor")}::bigint`, sql`true`, "merged")}),
  full_to as (select case when count(*) < ${arg("count")}::int then ${arg("above")}::bigint else min(id) end as id from pulled),
  own as (${ownFresh(arg("viewer"), sql`${arg("above")}::bigint`, sql`${arg("cursor")}::bigint`, arg("fresh"), arg("count"))}),
  proposed as materialized (
    select id from (select unnest(${arg("ids")}::text::bigint[]) as id union select id from own union select id from pulled) c
    where id >= (select id from full_to) order by id desc limit ${arg("count")}::int),
  bottom as (select case when count(*) < ${arg("count")}::int then (select id from full_to) else min(id) end as id from proposed)
  select ${belonging(arg("viewer"), sql`select id from proposed`, sql`${arg("above")}::bigint`, sql`${arg("cursor")}::bigint`)},
    ${mayHaveReposts(arg("viewer"), sql`(select id from bottom)`, sql`${arg("cursor")}::bigint`)},
    (select id::text from bottom) as bottom, ${whomOf(arg("viewer"))} as whom, (select coalesce(max(changed_id), 0)::text from feed_authors) as crossings${more}`;

const readVerified = prepared<VerifiedRow & { back: string; merged: string | null }, VerifiedArg>("feed page verified", (arg) => verified(arg, sql`${large(arg("viewer"))},`, sql`select id from large where is_pulled`,
  sql`, ${lastBack} as back, (select string_agg(id::text, ',') from merged) as merged`));
const readVerifiedKnowing = prepared<VerifiedRow, VerifiedArg | "merged">("feed page verified, its large authors known", (arg) => verified(arg, sql``, sql`select unnest(${arg("merged")}::text::bigint[]) as id`));

/** Where to begin and how far to look at first. The top is a day ahead (clocks differ), not beyond all partitions made for later. */
function bounds(cursor: string) {
  const from = cursor === TOP ? Date.now() + DAY_MS : idTime(cursor).getTime();
  const [near, far] = WINDOWS_DAYS.map((days) => idAt(new Date(Math.max(from - days * DAY_MS, 1_735_689_600_000))));
  return { cursor: cursor === TOP ? idAt(new Date(from)) : cursor, near: near!, far: far!, fresh: fresh() };
}

const fresh = () => idAt(new Date(Date.now() - OWN_UNPUBLISHED_DAYS * DAY_MS));

/**
 * A part of the feed straight from Postgres, by one statement: the posts older than `cursor` that belong in it. Looks at
 * the newest `count` candidates; `end` says that there are no more, else go on below `last`.
 */
export async function readFromPostgres(viewer: string, cursor: string, count: number, source: Source = "primary"): Promise<Judged & { last: string; end: boolean }> {
  const [row] = await readPage({ viewer, count, ...bounds(cursor) }, source);
  return { ...judgedOf(row!), last: row!.last ?? "0", end: row!.found < count };
}

/**
 * What a stored feed is filled with: the newest `count` posts of the viewer and of the followed whose posts are pushed, and whom he follows.
 * Muted ones too, who are left out at read: unmuting then needs no new feed.
 */
export async function readForStore(viewer: string, count: number): Promise<{ ids: string[]; version: string }> {
  const [row] = await readAll({ viewer, count, ...bounds(TOP) });
  return { ids: row?.ids ?? [], version: row?.whom ? versionOf(row.whom, row.back) : "" };
}

/**
 * Which of `ids` belong in the viewer's feed, newest first, and with them of `[above, cursor)` the own fresh posts and those that are not
 * pushed; whole down to `bottom`, which is `above` unless there are too many of the last. And whom the viewer follows now. What a stored
 * feed says is only ever a proposal; of which one it is (`build`, "" for none), tells whether the large authors to be merged are known.
 */
export async function verify(viewer: string, ids: readonly string[], above: string, cursor: string, count: number, { source = "primary", build = "" }: { source?: Source; build?: string } = {}): Promise<Verified> {
  const values = { viewer, ids: `{${ids.join(",")}}`, above, cursor: bounds(cursor).cursor, fresh: fresh(), count };
  const known = source === "primary" ? knownMerged(viewer, build) : undefined;
  if (known) {
    const [row] = await readVerifiedKnowing({ ...values, merged: `{${known.merged}}` });
    const { bottom, whom, crossings } = row!;
    if (whom === known.whom && crossings === known.crossings) return { ...judgedOf(row!), bottom, version: known.version };
  }
  const [row] = await readVerified(values, source);
  const { bottom, whom, crossings, back, merged } = row!;
  const version = versionOf(whom, back);
  if (source === "primary") keepMerged(viewer, { build, whom, crossings, version, merged: merged ?? "" });
  return { ...judgedOf(row!), bottom, version };
}

const judgeAlone = prepared<{ id: string }, "viewer" | "ids">("feed posts judged", (arg) => sql`
  select p.id from ${postsListed(arg("ids"))} join users u on u.id = p.author_id where ${belongs(arg("viewer"))}`);

/** Which of these posts belong in the viewer's feed. */
export async function pickBelonging(viewer: string, ids: readonly string[]): Promise<string[]> {
  return (await judgeAlone({ viewer, ids: `{${ids.join(",")}}` })).map((row) => row.id);
}

const newestPulled = prepared<{ found: boolean }, "viewer" | "since">("newer pulled posts", (arg) => sql`
  with ${large(arg("viewer"))} select exists (
    select 1 from large a cross join lateral (
      (select p.id from posts p where p.author_id = a.id and ${standing} and p.id > ${arg("since")}::bigint limit 1)
      union all
      (select p.id from collaborators c join posts p on p.id = c.post_id where c.user_id = a.id and c.state = 'accepted' and ${standing} and c.post_id > ${arg("since")}::bigint limit 1)) n
    where a.is_pulled) as found`);

/** Whether somebody the viewer follows whose posts are not pushed has posted since, alone or with others. */
export async function hasNewerPulled(viewer: string, since: string, source: Source = "primary"): Promise<boolean> {
  const [row] = await newestPulled({ viewer, since }, source);
  return row!.found;
}

const countOthers = prepared<{ count: number }, "viewer" | "ids">("newer posts by others", (arg) => sql`
  select count(*)::int as count from ${postsListed(arg("ids"))} where p.author_id <> ${arg("viewer")}::bigint`);

/** How many of these posts are not the viewer's own. */
export async function countByOthers(viewer: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const [row] = await countOthers({ viewer, ids: `{${ids.join(",")}}` });
  return row!.count;
}
