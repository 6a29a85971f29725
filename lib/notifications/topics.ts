import type { NotificationKind } from "./types";

/** What one can choose about. */
export const TOPICS = ["likes", "comments", "mentions", "follows", "reposts", "milestones", "messages", "security"] as const;
export type Topic = (typeof TOPICS)[number];

export const CHANNELS = ["in_app", "push", "mail"] as const;
export type Channel = (typeof CHANNELS)[number];

/** Topics of which one may want to hear from people only whom one follows. */
export const NARROWED = ["likes", "comments", "mentions"] as const;
export const isNarrowed = (topic: Topic): topic is (typeof NARROWED)[number] => (NARROWED as readonly Topic[]).includes(topic);

const TOPIC_OF: Record<NotificationKind, Topic> = {
  follow: "follows", follow_request: "follows", follow_accepted: "follows", like: "likes", comment_like: "likes", comment: "comments", reply: "comments",
  mention: "mentions", tag: "mentions", tag_request: "mentions", repost: "reposts", collaboration: "reposts", collaboration_accepted: "reposts", collection_shared: "reposts",
  milestone: "milestones", security: "security",
};

export const topicOf = (kind: NotificationKind): Topic => TOPIC_OF[kind];

/** "always": nobody can close this way; "never": the topic does not go this way, since messages have a place of their own in the app. */
export function wayOf(topic: Topic, channel: Channel): "chosen" | "always" | "never" {
  if (topic === "security") return channel === "push" ? "chosen" : "always";
  return topic === "messages" && channel !== "push" ? "never" : "chosen";
}
