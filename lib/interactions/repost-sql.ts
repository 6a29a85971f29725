import { type SQL, sql } from "drizzle-orm";
import { accountVisible, type A_FOLLOWER, postVisible, type ViewerId } from "@/lib/platform/visibility/visibility";
import { isRepostable } from "@/lib/posts/openness-sql";
import { joinedWords } from "@/lib/privacy/hidden-words";

/**
 * SQL: the repost `r` of the post `p` (of the author `u`) by `w` stands for the viewer: they see the post and who reposted it, it is still for
 * everybody, and its author and who reposted it do not block each other.
 */
export const repostStands = (viewer: ViewerId | typeof A_FOLLOWER): SQL => sql`(${postVisible(viewer)} and ${isRepostable} and ${accountVisible(viewer, "w")} and not exists (
  select 1 from blocks x where (x.blocker_id = r.user_id and x.blocked_id = p.author_id) or (x.blocker_id = p.author_id and x.blocked_id = r.user_id)))`;

const COLUMNS = sql.raw("r.id, r.post_id, r.note, r.created_at, w.id as user_id, w.username, w.full_name, w.is_verified, w.avatar_media_id, w.avatar_version");

/** Columns of a repost `r` by `w`, as `RepostRow`. A note is said about a post, and stands with it: words hidden in comments and those in captions count. */
export const repostColumns = (viewer: string | null): SQL =>
  sql`${COLUMNS}, ${viewer === null ? sql`null::text` : sql`case when r.user_id <> ${viewer}::bigint and r.note <> '' then ${joinedWords(viewer, "comments", "posts")} end`} as hidden_words`;
