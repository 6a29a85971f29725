import type { Channel, Topic } from "@/lib/notifications/topics";

/** Topics in the words of the settings page. */
export const TOPIC_TEXT: Record<Topic, { name: string; hint: string }> = {
  likes: { name: "Likes", hint: "Of your posts and comments" },
  comments: { name: "Comments and replies", hint: "On your posts, and to you" },
  mentions: { name: "Mentions and tags", hint: "In captions, comments and photos" },
  follows: { name: "Follows", hint: "New followers, requests and answers to yours" },
  reposts: { name: "Reposts and collaborations", hint: "Also shared collections" },
  milestones: { name: "Milestones", hint: "Ten, a hundred, a thousand likes or followers" },
  messages: { name: "Messages", hint: "From people you write with" },
  security: { name: "Security", hint: "Always in the app and by mail" },
};

export const CHANNEL_TEXT: Record<Channel, string> = { in_app: "In the app", push: "Push", mail: "Mail" };
