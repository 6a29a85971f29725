import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import { signal } from "@/lib/platform/realtime/signal";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { blockedPart } from "@/lib/platform/visibility/blocks";
import { commentReachable } from "@/lib/platform/visibility/comments";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { listUsers } from "@/lib/profiles/queries";
import type { UserView } from "@/lib/profiles/types";
import { getComment } from "./queries";
import { likesByBlocked } from "./uncounted";

/** Makes the viewer like the comment or not. `like_count` is null for who wants to see no such numbers. Throws not_found. */
export async function setCommentLike(viewer: Viewer, commentId: string, liked: boolean): Promise<{ liked: boolean; like_count: number | null }> {
  const seen = sql`seen as (
    select c.id, c.post_id, c.like_count, c.user_id, ${likesByBlocked} as uncounted from comments c join posts p on p.id = c.post_id join users u on u.id = p.author_id join users w on w.id = c.user_id
    where c.id = ${commentId}::bigint and ${commentReachable(viewer.id)} and p.status = 'published' and ${postVisible(viewer.id)})`;
  const moved = liked
    ? sql`moved as (insert into comment_likes (comment_id, user_id) select id, ${viewer.id}::bigint from seen on conflict do nothing returning comment_id)`
    : sql`moved as (delete from comment_likes where comment_id in (select id from seen) and user_id = ${viewer.id}::bigint returning comment_id)`;
  const row = await db().transaction(async (tx) => {
    const [row] = await tx.execute<{ changed: boolean; post_id: string; like_count: number; is_told: boolean }>(sql`
      with ${blockedPart(viewer.id)}, ${seen}, ${moved},
      counted as (update comments set like_count = like_count + ${liked ? 1 : -1} where id in (select comment_id from moved) returning like_count)
      select exists (select 1 from counted) as changed, seen.post_id, coalesce((select like_count from counted), seen.like_count) - seen.uncounted as like_count,
        (seen.user_id = ${viewer.id}::bigint or not exists (select 1 from privacy_settings s where s.user_id = ${viewer.id}::bigint and s.hides_like_counts)) as is_told from seen`);
    if (!row) throw notFound();
    if (row.changed && liked) await announce(tx, "comment.liked", { commentId, userId: viewer.id });
    return row;
  });
  if (row.changed) signal({ event: "comment", id: row.post_id, of: commentId });
  return { liked, like_count: row.is_told ? Math.max(0, row.like_count) : null };
}

/** Who liked a comment, those whom the viewer follows first, without people the viewer may not see. Throws not_found. */
export async function listCommentLikers(viewer: Viewer | null, commentId: string, page: Page): Promise<Slice<UserView>> {
  const comment = await getComment(viewer, commentId);
  // Not a bare constant for visitors: that would be no order to Postgres.
  const isKnown = (person: string) => (viewer === null ? sql`(false and false)` : sql`exists (select 1 from follows f where f.follower_id = ${viewer.id}::bigint and f.followee_id = ${sql.raw(person)} and f.state = 'active')`);
  const after = page.cursor === null ? sql`true` : sql`(${isKnown("l.user_id")}, l.user_id) < (${isKnown(`(${BigInt(page.cursor)}::bigint)`)}, ${page.cursor}::bigint)`;
  const rows = await db().execute<{ user_id: string }>(sql`
    select l.user_id from comment_likes l join users u on u.id = l.user_id
    where l.comment_id = ${comment.id}::bigint and ${after} and ${accountVisible(viewer?.id ?? null)}
    order by ${isKnown("l.user_id")} desc, l.user_id desc limit ${page.limit + 1}`);
  const slice = sliceOf([...rows], page.limit, (row) => row.user_id);
  return { items: await listUsers(viewer, slice.items.map((row) => row.user_id)), nextCursor: slice.nextCursor };
}
