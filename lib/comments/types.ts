import type { PostSketch } from "@/lib/posts/sketch";
import type { UserSummary } from "@/lib/profiles/types";

/** A comment or reply as the API and the pages show it. */
export type CommentView = {
  id: string;
  post_id: string;
  parent_id: string | null;
  user: UserSummary;
  content: string;
  /** Whom its text names and may name: these are links, other names stay text. */
  mentions: string[];
  /** `pending` waits for the post's author, `hidden` was put away. For everybody else, its writer too, it is `shown`. */
  state: "shown" | "pending" | "hidden";
  /** null when the viewer wants to see no numbers of other people's likes. */
  like_count: number | null;
  reply_count: number;
  is_liked: boolean;
  is_pinned: boolean;
  is_edited: boolean;
  /** Until when its writer may change it; null for everybody else, and when it is too late. */
  editable_until: string | null;
  /** The viewer wrote it or owns the post. */
  can_delete: boolean;
  /** The viewer owns the post, and may pin and hide. */
  can_moderate: boolean;
  created_at: string;
};

/** Not there for everybody: waiting for the author's word, or put away. */
export type HeldState = "pending" | "hidden";

/** One of those among all of one's posts, with the post it stands on. */
export type WaitingCommentView = CommentView & { post: PostSketch };

/** Whether a person may comment on a post, and if not, why, in words. */
export type Commenting = { allowed: true } | { allowed: false; reason: string };

export type CommentSort = "relevance" | "newest";
