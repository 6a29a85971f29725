import type { UserSummary } from "@/lib/profiles/types";

/** A comment or reply as the API and the pages show it. */
export type CommentView = {
  id: string;
  post_id: string;
  parent_id: string | null;
  user: UserSummary;
  content: string;
  like_count: number;
  reply_count: number;
  is_liked: boolean;
  is_pinned: boolean;
  /** The viewer wrote it or owns the post. */
  can_delete: boolean;
  created_at: string;
};
