import { type SQL, sql } from "drizzle-orm";
import { avatarUrl } from "@/lib/profiles/avatar-url";
import { hasBlocks } from "@/lib/platform/visibility/blocks";
import { isRefused, type Refused } from "@/lib/posts/mentions";
import { extractText } from "@/lib/posts/text";
import { EDIT_MINUTES } from "./schemas";
import type { CommentView } from "./types";

/** A comment as every query selects it. */
export type CommentRow = {
  id: string; post_id: string; parent_id: string | null; content: string; state: CommentView["state"]; like_count: number; reply_count: number; is_pinned: boolean; is_edited: boolean;
  created_at: string; is_liked: boolean; is_own: boolean; is_moderator: boolean; hides_likes: boolean;
  /** A block hides somebody from the viewer (uncounted.ts). The same for each comment. */
  has_blocks: boolean;
  user_id: string; username: string; full_name: string; is_verified: boolean; avatar_media_id: string | null; avatar_version: string | null;
};

/** Columns of a comment `c` on the post `p` by the person `w`, for the viewer. */
export function commentColumns(viewerId: string | null): SQL {
  return sql`
    c.id, c.post_id, c.parent_id, c.content, c.state, c.like_count, c.is_pinned, c.edited_at is not null as is_edited, c.created_at,
    w.id as user_id, w.username, w.full_name, w.is_verified, w.avatar_media_id, w.avatar_version, ${viewerId === null ? SIGNED_OUT : ofViewer(viewerId)}`;
}

const SIGNED_OUT = sql.raw("c.reply_count, false as is_liked, false as is_own, false as is_moderator, false as hides_likes, false as has_blocks");

/** Replies of one's own that nobody else sees are counted for oneself: nothing tells that they wait. */
const ofViewer = (id: string): SQL => sql`
  c.reply_count + (select count(*)::int from comments mine where mine.post_id = c.post_id and mine.user_id = ${id}::bigint and mine.state <> 'shown'
    and mine.deleted_at is null and mine.parent_id = c.id and p.author_id <> ${id}::bigint) as reply_count,
  exists (select 1 from comment_likes l where l.comment_id = c.id and l.user_id = ${id}::bigint) as is_liked,
  c.user_id = ${id}::bigint as is_own, p.author_id = ${id}::bigint as is_moderator,
  coalesce((select s.hides_like_counts from privacy_settings s where s.user_id = ${id}::bigint), false) as hides_likes, ${hasBlocks(id)} as has_blocks`;

export function toCommentView(row: CommentRow, refused: Refused): CommentView {
  const until = new Date(new Date(row.created_at).getTime() + EDIT_MINUTES * 60_000);
  return {
    id: row.id, post_id: row.post_id, parent_id: row.parent_id, content: row.content, mentions: extractText(row.content).mentions.filter((name) => !isRefused(refused, row.user_id, name)),
    state: row.is_moderator ? row.state : "shown", like_count: row.hides_likes && !row.is_own ? null : row.like_count,
    reply_count: row.reply_count, is_liked: row.is_liked, is_pinned: row.is_pinned, is_edited: row.is_edited,
    editable_until: row.is_own && until.getTime() > Date.now() ? until.toISOString() : null, can_delete: row.is_own || row.is_moderator, can_moderate: row.is_moderator,
    created_at: new Date(row.created_at).toISOString(),
    user: {
      id: row.user_id, username: row.username, full_name: row.full_name, is_verified: row.is_verified,
      avatar_url: avatarUrl({ avatarMediaId: row.avatar_media_id, avatarVersion: row.avatar_version }),
    },
  };
}
