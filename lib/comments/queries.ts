import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { avatarUrl } from "@/lib/profiles/avatar-url";
import { notFound } from "@/lib/platform/errors";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { getVisiblePostRef } from "@/lib/posts/queries";
import type { CommentView } from "./types";

type Row = {
  id: string; post_id: string; parent_id: string | null; content: string; like_count: number; reply_count: number; is_pinned: boolean;
  created_at: Date | string; is_liked: boolean; can_delete: boolean;
  user_id: string; username: string; full_name: string; is_verified: boolean; avatar_media_id: string | null; avatar_version: string | null;
};

/** Columns of a comment `c` on the post `p` by the person `w`, for the viewer. */
const columns = (viewer: Viewer | null): SQL => sql`
  c.id, c.post_id, c.parent_id, c.content, c.like_count, c.reply_count, c.is_pinned, c.created_at,
  ${viewer ? sql`exists (select 1 from comment_likes l where l.comment_id = c.id and l.user_id = ${viewer.id}::bigint)` : sql`false`} as is_liked,
  ${viewer ? sql`(c.user_id = ${viewer.id}::bigint or p.author_id = ${viewer.id}::bigint)` : sql`false`} as can_delete,
  w.id as user_id, w.username, w.full_name, w.is_verified, w.avatar_media_id, w.avatar_version`;

/**
 * Comments of a post, newest first, or with `parentId` the replies to one, oldest first, without those of people the
 * viewer may not see. Throws not_found.
 */
export async function listComments(viewer: Viewer | null, postId: string, page: Page & { parentId?: string }): Promise<Slice<CommentView>> {
  const post = await getVisiblePostRef(db(), viewer, postId);
  const replies = page.parentId !== undefined;
  const thread = replies ? sql`c.parent_id = ${page.parentId}::bigint` : sql`c.parent_id is null`;
  const after = page.cursor === null ? sql`true` : replies ? sql`c.id > ${page.cursor}::bigint` : sql`c.id < ${page.cursor}::bigint`;
  const rows = await db().execute<Row>(sql`
    select ${columns(viewer)} from comments c join posts p on p.id = c.post_id join users w on w.id = c.user_id
    where c.post_id = ${post.id}::bigint and ${thread} and c.deleted_at is null and ${after} and ${accountVisible(viewer?.id ?? null, "w")}
    order by c.id ${replies ? sql`asc` : sql`desc`} limit ${page.limit + 1}`);
  return sliceOf([...rows].map(toView), page.limit, (comment) => comment.id);
}

/** One comment, through the viewer. Throws not_found. */
export async function getComment(viewer: Viewer | null, id: string): Promise<CommentView> {
  const [row] = await db().execute<Row>(sql`
    select ${columns(viewer)} from comments c join posts p on p.id = c.post_id join users u on u.id = p.author_id join users w on w.id = c.user_id
    where c.id = ${id}::bigint and c.deleted_at is null and ${postVisible(viewer?.id ?? null)} and ${accountVisible(viewer?.id ?? null, "w")}`);
  if (!row) throw notFound();
  return toView(row);
}

function toView(row: Row): CommentView {
  return {
    id: row.id, post_id: row.post_id, parent_id: row.parent_id, content: row.content, like_count: row.like_count,
    reply_count: row.reply_count, is_liked: row.is_liked, is_pinned: row.is_pinned, can_delete: row.can_delete,
    created_at: new Date(row.created_at).toISOString(),
    user: {
      id: row.user_id, username: row.username, full_name: row.full_name, is_verified: row.is_verified,
      avatar_url: avatarUrl({ avatarMediaId: row.avatar_media_id, avatarVersion: row.avatar_version }),
    },
  };
}
