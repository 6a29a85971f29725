import type { PostSketch } from "@/lib/posts/sketch";
import type { UserSummary } from "@/lib/profiles/types";
import type { Topic } from "./topics";

export type NotificationKind = "follow" | "follow_request" | "follow_accepted" | "like" | "comment" | "reply" | "mention" | "comment_like" | "tag" | "tag_request" | "collaboration" | "collaboration_accepted" | "repost" | "collection_shared" | "milestone" | "security";

/** Tabs of the notifications page; some kinds stand under "all" only. */
export const TABS = ["all", "follows", "comments", "mentions", "likes"] as const;
export type Tab = (typeof TABS)[number];

/** What the owner of an account is warned of. */
export type SecurityNotice = { what: string; /** Of a sign-in: browser and system in words. */ device: string | null };
export type Milestone = { of: "likes" | "followers"; count: number };

/** One line of the notifications page: "Ada and 12 others liked your photo". */
export type NotificationView = {
  id: string;
  kind: NotificationKind;
  /** Newest first, at most three; `actor_count` says how many there are. None in a milestone and a security notice. */
  actors: UserSummary[];
  actor_count: number;
  post: PostSketch | null;
  comment: { id: string; content: string } | null;
  milestone: Milestone | null;
  security: SecurityNotice | null;
  is_read: boolean;
  /** For follows: whether the viewer follows the (newest) actor back. */
  following_back: boolean;
  created_at: string;
};

export type TopicChoice = { in_app: boolean; push: boolean; mail: boolean; /** Whose doings are told. */ from: "everyone" | "followed" };

/** How one wants to be told. */
export type ChoicesView = {
  topics: Record<Topic, TopicChoice>;
  /** Times as "22:30"; over midnight when `to` is the earlier one. */
  quiet_hours: { from: string; to: string; time_zone: string } | null;
};
