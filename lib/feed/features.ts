import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { idTime } from "@/lib/platform/ids";
import { blockedPart } from "@/lib/platform/visibility/blocks";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { postsListed } from "@/lib/posts/listed-sql";
import { commentsByBlocked, likesByBlocked } from "@/lib/posts/uncounted";
import { sensitiveWanted } from "@/lib/privacy/sensitive";
import type { Attachment } from "./affinity";
import type { Proposals } from "./candidates";
import { wanted } from "./feedback-sql";
import type { Features, Source } from "./rankers/types";

type Row = {
  id: string; author_id: string; content_type: string; like_count: number; comment_count: number; like_count_hidden: boolean; follower_count: number;
  is_own: boolean; is_followed: boolean; seen: boolean; fewer: number;
};

/**
 * SQL: the post `p` of `u` may stand in "For you": by oneself or whom one follows, or public and by a stranger; visible, not muted, snoozed,
 * declined, or too sensitive for who asks. Asked for each page when it is shown, not for all that are ranked.
 */
export const eligible = (viewer: string) => sql`(${postVisible(viewer)} and ${wanted(viewer)} and ${sensitiveWanted(viewer)} and ${proper(viewer)})`;

/** The part of it that costs nothing, so that hardly anything is ranked in vain. */
const proper = (viewer: string) => sql`(p.deleted_at is null and p.archived_at is null and (p.author_id = ${viewer}::bigint
  or (p.status = 'published' and (exists (select 1 from follows f where f.follower_id = ${viewer}::bigint and f.followee_id = p.author_id and f.state = 'active')
    or (p.audience = 'everyone' and not u.is_private)))))`;

const read = prepared<Row, "viewer" | "ids">("features of posts", (arg) => sql`
  with ${blockedPart(arg("viewer"))},
  unloved as materialized (select subject_id, author_id from feed_feedback where user_id = ${arg("viewer")}::bigint and kind = 'fewer' order by created_at desc limit 200),
  tags as materialized (select distinct t.tag_id from unloved f join post_tags t on t.post_id = f.subject_id limit 40),
  alike as materialized (
    select t.post_id, count(*)::int as n from tags join post_tags t on t.tag_id = tags.tag_id and t.post_id = any (${arg("ids")}::text::bigint[]) group by 1)
  select p.id::text, p.author_id::text, p.content_type, greatest(0, p.like_count - ${likesByBlocked}) as like_count, greatest(0, p.comment_count - ${commentsByBlocked}) as comment_count, p.like_count_hidden, u.follower_count,
    p.author_id = ${arg("viewer")}::bigint as is_own,
    exists (select 1 from follows f where f.follower_id = ${arg("viewer")}::bigint and f.followee_id = p.author_id and f.state = 'active') as is_followed,
    exists (select 1 from post_seen s where s.user_id = ${arg("viewer")}::bigint and s.post_id = p.id) as seen,
    ((select count(*) from unloved f where f.author_id = p.author_id) + 0.5 * coalesce((select n from alike a where a.post_id = p.id), 0))::float8 as fewer
  from ${postsListed(arg("ids"))} join users u on u.id = p.author_id
  where ${proper(arg("viewer"))}`);

/** What rankers know of these posts, without those that could never be shown to the reader (`proper`). One statement, however many. */
export async function readFeatures(viewer: string, proposals: Proposals, attachment: Attachment, now = Date.now()): Promise<Features[]> {
  if (proposals.size === 0) return [];
  const rows = await read({ viewer, ids: `{${[...proposals.keys()].join(",")}}` });
  const dear = new Map(attachment.authors.map((author) => [author.authorId, author]));
  return rows.map((row) => {
    const from = proposals.get(row.id)!;
    const isHidden = row.like_count_hidden && !row.is_own;
    return {
      postId: row.id,
      authorId: row.author_id,
      ...sourceOf(row, from, isHidden),
      isVideo: row.content_type === "video",
      ageHours: Math.max(0, now - idTime(row.id).getTime()) / 3_600_000,
      likes: isHidden ? magnitude(row.like_count) : row.like_count,
      comments: row.comment_count,
      audience: row.follower_count,
      interactions: dear.get(row.author_id)?.interactions ?? 0,
      affinity: dear.get(row.author_id)?.affinity ?? 0,
      seen: row.seen,
      fewer: row.fewer,
    };
  });
}

/** How many followed people like a post whose likes are hidden is not told either. */
function sourceOf(row: Row, from: { source: Source; company: number }, isHidden: boolean): { source: Source; company: number } {
  if (row.is_own) return { source: "own", company: 0 };
  if (row.is_followed) return { source: "followed", company: 0 };
  if (from.source === "followed" || (isHidden && from.source === "liked_by_followed")) return { source: "popular", company: 0 };
  return from;
}

/** 0, 1, 10, 100, …: what may be said of likes that the author hides, since scores and their terms are shown. */
const magnitude = (likes: number) => (likes === 0 ? 0 : 10 ** Math.floor(Math.log10(likes)));
