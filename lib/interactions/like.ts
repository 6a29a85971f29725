import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { announcement } from "@/lib/platform/jobs/queue";
import { wakeWorkers } from "@/lib/platform/jobs/wake";
import { gatherer } from "@/lib/platform/process/gather";
import { blockedOf, blockedPart } from "@/lib/platform/visibility/blocks";
import { signal } from "@/lib/platform/realtime/signal";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { counting, foldSoon, pendingOf } from "@/lib/posts/counts";
import { likesByBlocked } from "@/lib/posts/uncounted";

type Ask = { viewer: string; post: string; liked: boolean };
/** `shown`: the author lets the number be seen, and the viewer wants to see it. Null: there is no such post for this person. */
type Answer = { like_count: number; shown: boolean } | null;
type Row = { changed: boolean; deferred: boolean; like_count: number; shown: boolean };
type Arg = (name: "viewer" | "post") => string;

/** More likes of a post in a second than this in one process, and its counter and its events are gathered even while nobody stands in the way. */
const HOT_PER_SECOND = 20;

const shown = (viewer: SQL | string) => sql`(seen.author_id = ${viewer}::bigint or not (seen.like_count_hidden or exists (
  select 1 from privacy_settings wish where wish.user_id = ${viewer}::bigint and wish.hides_like_counts))) as shown`;
const seenPost = sql.raw("p.id, p.like_count, p.like_count_hidden, p.author_id");

/** One statement, a transaction in itself: a row that came or went moves the counter and is announced, nothing else does. */
const oneLike = (arg: Arg, changed: SQL, by: 1 | -1, event: "post.liked" | "post.unliked") => sql`
  with ${blockedPart(arg("viewer"))},
  seen as (select ${seenPost}, ${likesByBlocked} as uncounted from posts p join users u on u.id = p.author_id
    where p.id = ${arg("post")}::bigint and p.status = 'published' and ${postVisible(arg("viewer"))}),
  changed as (${changed}),
  ${counting("likes", arg("post"), sql.raw(String(by)), sql`exists (select 1 from changed)`, sql`array[${arg("viewer")}::bigint]`)},
  told as (${announcement(event, sql`select json_build_object('postId', post_id::text, 'userId', user_id::text) as data from changed where exists (select 1 from counted)`)})
  select exists (select 1 from changed) as changed, exists (select 1 from deferred) as deferred,
    coalesce((select count from counted), seen.like_count + (select count(*)::int from changed) * ${sql.raw(String(by))}) + ${pendingOf("likes", arg("post"))} - seen.uncounted as like_count, ${shown(arg("viewer"))} from seen`;

const like = prepared<Row, "viewer" | "post">("like", (arg) => oneLike(arg, sql`
  insert into likes (post_id, user_id) select id, ${arg("viewer")}::bigint from seen on conflict do nothing returning post_id, user_id`, 1, "post.liked"));

const unlike = prepared<Row, "viewer" | "post">("unlike", (arg) => oneLike(arg, sql`
  delete from likes where post_id = ${arg("post")}::bigint and user_id = ${arg("viewer")}::bigint and exists (select 1 from seen) returning post_id, user_id`, -1, "post.unliked"));

/** Likes by people whom a block hides from each of the viewers (`likesByBlocked` for many). */
const uncounted = sql`(select count(*)::int from (${blockedOf(sql.raw("seen.viewer"))}) b cross join lateral (select 1 from likes l where l.post_id = seen.id and l.user_id = b.id offset 0) k)`;

type ManyRow = { viewer: string; changed: number; like_count: number; shown: boolean };

/**
 * The likes and unlikes of many people for one post by one statement, with one row of `count_deltas`: its counter and its events follow when
 * that is folded. People in the order of their ids, so that two processes do not wait for each other in a ring. The post's id comes by join, never
 * as a constant: for a constant the planner reads all likes of the post, few as they are on average, and looks for the people among them. What is locked is deleted by its place, of which each
 * partition has one of its own.
 */
const changeMany = prepared<ManyRow, "post" | "viewers" | "liked">("likes of many", (arg) => sql`
  with asked as (select * from unnest(${arg("viewers")}::text::bigint[], ${arg("liked")}::text::boolean[]) as a(viewer, liked)),
  seen as materialized (select a.viewer, a.liked, ${seenPost} from asked a join posts p on p.id = ${arg("post")}::bigint cross join lateral (select * from users where id = p.author_id offset 0) u
    where p.status = 'published' and ${postVisible(sql.raw("a.viewer"))}),
  came as (insert into likes (post_id, user_id) select id, viewer from seen where liked order by viewer on conflict do nothing returning user_id),
  leaving as materialized (select id as post_id, viewer from seen where not liked order by viewer),
  held as materialized (select l.part, l.place from leaving v cross join lateral (
    select tableoid as part, ctid as place from likes where post_id = v.post_id and user_id = v.viewer for update) l),
  gone as (delete from likes l where l.ctid = any (array(select place from held)) and exists (select 1 from held h where h.place = l.ctid and h.part = l.tableoid) returning l.user_id),
  moved as (select (select count(*) from came)::int as up, (select count(*) from gone)::int as down),
  deferred as (insert into count_deltas (post_id, likes, liker_ids)
    select ${arg("post")}::bigint, up - down, array(select user_id from came union all select user_id from gone) from moved where up + down > 0 returning 1)
  select seen.viewer, (select count(*)::int from deferred) as changed, seen.like_count + (select up - down from moved) + ${pendingOf("likes", arg("post"))} - ${uncounted} as like_count, ${shown(sql.raw("seen.viewer"))} from seen`);

async function alone({ viewer, post, liked }: Ask): Promise<Answer> {
  const [row] = await (liked ? like : unlike)({ viewer, post });
  if (!row) return null;
  if (row.deferred) foldSoon();
  else if (row.changed) wakeWorkers();
  if (row.changed) signal({ event: "post", id: post });
  return row;
}

async function together(asks: Ask[], isHot: boolean): Promise<Answer[]> {
  const [first] = asks as [Ask];
  if (asks.length === 1 && !isHot) return [await alone(first)];
  const rows = await changeMany({ post: first.post, viewers: `{${asks.map((ask) => ask.viewer).join(",")}}`, liked: `{${asks.map((ask) => ask.liked).join(",")}}` });
  if (rows[0]?.changed) {
    foldSoon();
    signal({ event: "post", id: first.post });
  }
  const byViewer = new Map(rows.map((row) => [row.viewer, row]));
  return asks.map((ask) => byViewer.get(ask.viewer) ?? null);
}

/** Makes a person like a post or not; null when it is not there for them. What many ask of one post at once is done together. */
export const changeLike = gatherer<Ask, Answer>({ subjectOf: (ask) => ask.post, personOf: (ask) => ask.viewer, together, atMost: 500, hotPerSecond: HOT_PER_SECOND });
