import { sqlClient } from "@/db/client";
import { COUNTED } from "@/lib/platform/visibility/comments";

/** What one check found. `advice` says what to do when it is not right. */
export type Finding = { name: string; ok: boolean; detail: string; advice?: string };

/** A promise as a query of what breaks it: each row has an `id` and a `said`. One statement, so one moment. */
type Promised = { name: string; advice: string; breaches: string };

const RECOUNT = "A counter drifted: please report it as a bug; the rows are right.";

/** `pending`: SQL of what is counted but not yet folded into the column (db/schema/feed.ts, `count_deltas`). */
const counter = (name: string, table: string, column: string, counted: string, { where = "true", pending = "0" } = {}): Promised => ({
  name: `${name} equals its rows`,
  advice: RECOUNT,
  breaches: `select c.id::text as id, '${column} is ' || c.${column} + ${pending} || ', rows are ' || coalesce(r.n, 0) as said
    from ${table} c left join (${counted}) r on r.id = c.id where ${where} and c.${column} + ${pending} <> coalesce(r.n, 0)`,
});

const pending = (what: string) => ({ pending: `coalesce((select sum(d.${what}) from count_deltas d where d.post_id = c.id), 0)` });

const LIVE = "status = 'published' and deleted_at is null and archived_at is null";

/** Counters that are what they count, and of the other promises those parts that tables alone can show. */
const PROMISES: Promised[] = [
  counter("follower count", "users", "follower_count", "select followee_id as id, count(*) as n from follows where state = 'active' group by 1"),
  counter("following count", "users", "following_count", "select follower_id as id, count(*) as n from follows where state = 'active' group by 1"),
  counter("post count", "users", "post_count", `select id, count(*) as n from (select author_id as id from posts where ${LIVE}
    union all select c.user_id from collaborators c join posts p on p.id = c.post_id where c.state = 'accepted' and ${LIVE}) o group by 1`),
  counter("like count", "posts", "like_count", "select post_id as id, count(*) as n from likes group by 1", pending("likes")),
  counter("save count", "posts", "save_count", "select post_id as id, count(*) as n from saves group by 1", pending("saves")),
  counter("repost count", "posts", "repost_count", "select post_id as id, count(*) as n from reposts group by 1", pending("reposts")),
  counter("share count", "posts", "share_count", "select post_id as id, count(*) as n from (select post_id, user_id from shares union select post_id, user_id from reposts) s group by 1", pending("shares")),
  counter("collection's post count", "collections", "post_count", "select collection_id as id, count(*) as n from collection_posts group by 1"),
  {
    name: "reaction counts equal their rows",
    advice: RECOUNT,
    breaches: `select coalesce(c.post_id, r.post_id)::text as id, coalesce(c.emoji, r.emoji) || ' is counted ' || coalesce(c.count, 0) || ' times, rows are ' || coalesce(r.n, 0) as said
      from reaction_counts c full join (select post_id, emoji, count(*)::int as n from reactions group by 1, 2) r on r.post_id = c.post_id and r.emoji = c.emoji
      where coalesce(c.count, 0) <> coalesce(r.n, 0)`,
  },
  counter("comment count", "posts", "comment_count", `select c.post_id as id, count(*) as n from comments c where ${COUNTED} group by 1`, pending("comments")),
  counter("reply count", "comments", "reply_count", "select parent_id as id, count(*) as n from comments where deleted_at is null and state = 'shown' and parent_id is not null group by 1", { where: "c.deleted_at is null" }),
  {
    name: "no more than three comments of a post are pinned",
    advice: "Unpin some of those named.",
    breaches: "select post_id::text as id, 'has ' || count(*) || ' pinned' as said from comments where is_pinned and deleted_at is null group by post_id having count(*) > 3 or bool_or(state <> 'shown' or parent_id is not null)",
  },
  {
    name: "a comment that is not shown is held for its post's author",
    advice: "Set held_for_id of those named to the author's id, or to null where they are shown.",
    breaches: "select c.id::text as id, 'is ' || c.state || ' and held for ' || coalesce(c.held_for_id::text, 'nobody') as said from comments c join posts p on p.id = c.post_id where c.held_for_id is distinct from case when c.state <> 'shown' then p.author_id end",
  },
  counter("comment's like count", "comments", "like_count", "select comment_id as id, count(*) as n from comment_likes group by 1"),
  counter("tag's post count", "tags", "post_count", "select tag_id as id, count(*) as n from post_tags where counted group by 1"),
  counter("notification's actor count", "notifications", "actor_count", "select notification_id as id, count(distinct actor_id) as n from notification_actors group by 1"),
  counter("circle's member count", "circles", "member_count", "select circle_id as id, count(*) as n from circle_members group by 1"),
  {
    name: "published posts have all their photos",
    advice: "A post was published too early, or a photo's row was lost: restore it from a backup, or delete the post.",
    breaches: `select p.id::text as id, 'has ' || count(m.id) || ' ready photos of ' || p.media_count as said
      from posts p left join media m on m.post_id = p.id and m.position is not null and m.state = 'ready'
      where p.status = 'published' and p.deleted_at is null group by p.id, p.media_count having count(m.id) <> p.media_count`,
  },
  {
    name: "accepted posts are on their way",
    advice: "Look for failed jobs with `npm run jobs` and retry them.",
    breaches: `select p.id::text as id, 'has been processing since ' || p.created_at as said from posts p
      where p.status = 'processing' and p.deleted_at is null and p.created_at < now() - interval '30 minutes'
        and not exists (select 1 from media m join pgboss.job j on j.data->>'mediaId' = m.id::text and j.state < 'completed' where m.post_id = p.id)`,
  },
  {
    name: "no follow across a block",
    advice: "A block did not end a follow: remove the rows named.",
    breaches: `select f.follower_id::text as id, 'follows ' || f.followee_id || ' across a block' as said from follows f
      join blocks b on (b.blocker_id = f.follower_id and b.blocked_id = f.followee_id) or (b.blocker_id = f.followee_id and b.blocked_id = f.follower_id)`,
  },
  {
    name: "nobody in a circle across a block",
    advice: "A block did not end a membership: remove the rows named.",
    breaches: `select m.user_id::text as id, 'is in circle ' || c.id || ' across a block' as said from circle_members m join circles c on c.id = m.circle_id
      join blocks b on (b.blocker_id = m.user_id and b.blocked_id = c.owner_id) or (b.blocker_id = c.owner_id and b.blocked_id = m.user_id)`,
  },
  {
    name: "posts are for their authors' own circles",
    advice: "A post was written for somebody else's circle: please report it as a bug, and remove the rows named.",
    breaches: `select pc.post_id::text as id, 'is for circle ' || c.id || ' of ' || c.owner_id as said from post_circles pc join circles c on c.id = pc.circle_id join posts p on p.id = pc.post_id
      where p.author_id <> c.owner_id or p.audience <> 'circles'`,
  },
  {
    name: "next month's partition of posts exists",
    advice: "Run `select ensure_post_partitions()`; the scheduled job that does it has not run.",
    breaches: `select name as id, 'is missing' as said from (select 'posts_' || to_char(date_trunc('month', now() at time zone 'UTC') + interval '1 month', 'YYYY_MM') as name) n
      where to_regclass(name) is null`,
  },
];

const SHOWN = 3;

/** Holds the database against the invariants of the design. Reads only; on a large database it takes minutes. */
export async function checkInvariants(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const promised of PROMISES) findings.push(await hold(promised));
  return findings;
}

async function hold({ name, advice, breaches }: Promised): Promise<Finding> {
  const rows = await sqlClient().begin("read only", async (sql) => {
    await sql`set local statement_timeout = '15min'`;
    return sql.unsafe<{ id: string; said: string; total: number }[]>(`select id, said, count(*) over ()::int as total from (${breaches}) b limit ${SHOWN}`);
  });
  const [first] = rows;
  if (!first) return { name, ok: true, detail: "holds" };
  return { name, ok: false, advice, detail: `${first.total} do not: ${rows.map((row) => `${row.id} ${row.said}`).join("; ")}${first.total > SHOWN ? " …" : ""}` };
}
