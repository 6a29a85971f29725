import type { PostSketch } from "@/lib/posts/sketch";
import type { UserSummary } from "@/lib/profiles/types";

export type NotificationKind = "follow" | "follow_request" | "follow_accepted" | "like" | "comment" | "reply" | "mention" | "comment_like" | "tag" | "tag_request" | "collaboration" | "collaboration_accepted" | "repost" | "collection_shared";

/** One line of the notifications page: "Ada and 12 others liked your photo". */
export type NotificationView = {
  id: string;
  kind: NotificationKind;
  /** Newest first, at most three; `actor_count` says how many there are. */
  actors: UserSummary[];
  actor_count: number;
  post: PostSketch | null;
  comment: { id: string; content: string } | null;
  is_read: boolean;
  /** For follows: whether the viewer follows the (newest) actor back. */
  following_back: boolean;
  created_at: string;
};
