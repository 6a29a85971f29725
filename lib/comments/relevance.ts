import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { commentVisible } from "@/lib/platform/visibility/comments";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { commentColumns, type CommentRow } from "./columns";
import type { RelevanceCursor } from "./cursors";

/** So many of the newest are ranked; what is older follows, newest first. Bounds what a much discussed post costs. */
const RANKED = 400;
/** How much younger a comment looks for each doubling of its likes, seconds. Doublings, so that its place seldom moves while one pages. */
const DOUBLING = sql.raw("21600");
const EPOCH = sql.raw("1735689600");
/** Grade of what is older than the ranked ones. */
export const OLDER = 4;

const OLDER_SQL = sql.raw(String(OLDER));
const LIVE = sql.raw("c.parent_id is null and c.deleted_at is null");

/** Where a visit begins: now, with the oldest comment that is ranked. */
export const readStart = prepared<{ at: number; floor: string }, "post">("where ranked comments begin", (arg) => sql`
  select floor(extract(epoch from now()) * 1000)::float8 as at, coalesce((
    select c.id from comments c where c.post_id = ${arg("post")}::bigint and ${LIVE} order by c.id desc offset ${sql.raw(String(RANKED - 1))} limit 1), 0)::text as floor`);

const pinnedBy = (at: string): SQL => sql`coalesce(c.is_pinned and extract(epoch from c.pinned_at) * 1000 <= ${at}::float8, false)`;

const visible = (viewer: string | null): SQL => sql`${commentVisible(viewer)} and ${accountVisible(viewer, "w")}`;

/** After which a part begins: `grade` null for the first. */
type Ranks = "post" | "at" | "floor" | "grade" | "score" | "id" | "limit";

/**
 * Ids of the ranked comments with their grade (lower first: pinned, the author's, those of people the viewer follows and
 * their own, the others) and score (higher first: fresh and liked), after the cursor's.
 */
function rankedIds(viewer: string | null, arg: (name: Ranks) => string): SQL {
  const isNear = viewer === null ? sql`false` : sql`(c.user_id = ${viewer}::bigint or exists (
    select 1 from follows f where f.follower_id = ${viewer}::bigint and f.followee_id = c.user_id and f.state = 'active'))`;
  const [post, floor, grade] = [sql`${arg("post")}::bigint`, sql`${arg("floor")}::bigint`, sql`${arg("grade")}::int`];
  return sql`
    select id, grade, score from (
      select c.id,
        case when ${pinnedBy(arg("at"))} then 0 when c.id < ${floor} then ${OLDER_SQL} when c.user_id = p.author_id then 1 when ${isNear} then 2 else 3 end as grade,
        case when ${pinnedBy(arg("at"))} then extract(epoch from c.pinned_at)::bigint - ${EPOCH}
          else greatest(0, extract(epoch from c.created_at)::bigint - ${EPOCH}) + floor(log(2, 1 + greatest(c.like_count, 0)))::int * ${DOUBLING} end as score
      from (
        select c.id from comments c where c.post_id = ${post} and ${LIVE} and c.id >= ${floor}
        union select c.id from comments c where c.post_id = ${post} and ${LIVE} and c.is_pinned) k
      join comments c on c.id = k.id join posts p on p.id = c.post_id join users w on w.id = c.user_id
      where p.id = ${post} and ${visible(viewer)}) ranked
    where grade < ${OLDER_SQL} and (${grade} is null or grade > ${grade} or (grade = ${grade} and (score, id) < (${arg("score")}::bigint, ${arg("id")}::bigint)))
    order by grade, score desc, id desc limit ${arg("limit")}::int`;
}

/** The same of older ones, below an id. */
const olderIds = (viewer: string | null, arg: (name: Olders) => string): SQL => sql`
  select c.id, ${OLDER_SQL} as grade, 0::bigint as score from comments c join posts p on p.id = c.post_id join users w on w.id = c.user_id
  where c.post_id = ${arg("post")}::bigint and ${LIVE} and c.id < ${arg("below")}::bigint and not ${pinnedBy(arg("at"))} and ${visible(viewer)} order by c.id desc limit ${arg("limit")}::int`;
type Olders = "post" | "at" | "below" | "limit";

const whole = (viewer: string | null, ids: SQL, post: string): SQL => sql`
  select ${commentColumns(viewer)}, r.grade, r.score::text from (${ids}) r cross join lateral (select * from comments where id = r.id offset 0) c
  join posts p on p.id = c.post_id join users w on w.id = c.user_id where p.id = ${post}::bigint order by r.grade, r.score desc, r.id desc`;

export type RankedRow = CommentRow & { grade: number; score: string };

const rankedForViewer = prepared<RankedRow, Ranks | "viewer">("ranked comments for a viewer", (arg) => whole(arg("viewer"), rankedIds(arg("viewer"), arg), arg("post")));
const rankedSignedOut = prepared<RankedRow, Ranks>("ranked comments signed out", (arg) => whole(null, rankedIds(null, arg), arg("post")));
const olderForViewer = prepared<RankedRow, Olders | "viewer">("older comments for a viewer", (arg) => whole(arg("viewer"), olderIds(arg("viewer"), arg), arg("post")));
const olderSignedOut = prepared<RankedRow, Olders>("older comments signed out", (arg) => whole(null, olderIds(null, arg), arg("post")));

type From = Pick<RelevanceCursor, "at" | "floor">;

/** Ranked comments after the cursor's. */
export function readRanked(viewer: string | null, post: string, { at, floor }: From, last: RelevanceCursor | null, limit: number): Promise<RankedRow[]> {
  const values = { post, at, floor, grade: last?.grade ?? null, score: last?.score ?? null, id: last?.id ?? null, limit };
  return viewer === null ? rankedSignedOut(values) : rankedForViewer({ ...values, viewer });
}

/** Those too old to be ranked, below an id. */
export function readOlder(viewer: string | null, post: string, at: number, below: string, limit: number): Promise<RankedRow[]> {
  const values = { post, at, below, limit };
  return viewer === null ? olderSignedOut(values) : olderForViewer({ ...values, viewer });
}
