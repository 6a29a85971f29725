import type { WHO_MAY } from "@/db/schema/accounts";

export type WhoMay = (typeof WHO_MAY)[number];

/** What is done with posts that their authors marked as sensitive. */
export type SensitiveLevel = "cover" | "show" | "hide";

/** A person's wishes about what others may do towards them, and about what they want to be shown. */
export type PrivacyView = {
  comments_from: WhoMay;
  mentions_from: WhoMay;
  tags_from: WhoMay;
  messages_from: WhoMay;
  /** Days of following that `old_followers` asks for. */
  old_follower_days: number;
  approves_tags: boolean;
  sensitive: SensitiveLevel;
  hides_like_counts: boolean;
  is_indexed: boolean;
  shows_activity: boolean;
  shows_seen: boolean;
  allows_reposts: boolean;
};

/** Where a hidden word counts. */
export type WordScope = "comments" | "messages" | "posts";

export type HiddenWordView = { id: string; phrase: string; scopes: WordScope[]; until: string | null; created_at: string };
