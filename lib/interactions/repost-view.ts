import type { PostView, RepostView } from "@/lib/posts/types";
import { splitWords } from "@/lib/privacy/hidden-words";
import { hasHiddenWord } from "@/lib/privacy/words";
import { avatarUrl } from "@/lib/profiles/avatar-url";

/** A repost as the statements read it (repost-sql.ts). */
export type RepostRow = {
  id: string; post_id: string; note: string; created_at: string; /** Those of the viewer that count for the note. */ hidden_words: string | null;
  user_id: string; username: string; full_name: string; is_verified: boolean; avatar_media_id: string | null; avatar_version: string | null;
};

export function toRepostView(row: RepostRow): RepostView {
  const { user_id: id, username, full_name, is_verified } = row;
  const avatar_url = avatarUrl({ avatarMediaId: row.avatar_media_id, avatarVersion: row.avatar_version });
  return { id: row.id, user: { id, username, full_name, avatar_url, is_verified }, note: hasHiddenWord(row.note, splitWords(row.hidden_words)) ? "" : row.note, created_at: new Date(row.created_at).toISOString() };
}

/** The post as it stands in a list because of the repost. */
export const withRepost = (post: PostView, row: RepostRow): PostView => ({ ...post, repost: toRepostView(row) });
