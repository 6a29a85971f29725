import type { NotificationView } from "@/lib/notifications/types";

/** What the people of a notification did, after their names. A comment's words follow by themselves. */
export function wording({ kind, actor_count, comment }: Pick<NotificationView, "kind" | "actor_count" | "comment">): string {
  switch (kind) {
    case "follow":
      return actor_count > 1 ? "follow you now" : "follows you now";
    case "follow_request":
      return "asks to follow you";
    case "follow_accepted":
      return "accepted your request";
    case "like":
      return "liked your post";
    case "comment":
      return "commented:";
    case "reply":
      return "replied:";
    case "mention":
      return comment ? "mentioned you:" : "mentioned you";
    case "comment_like":
      return "liked your comment:";
  }
}

/** Where a notification leads. */
export function addressOf({ kind, post, actors }: NotificationView): string {
  if (post) return `/p/${post.shortcode}`;
  if (kind === "follow" && actors.length > 1) return "/notifications";
  return `/${actors[0]?.username ?? ""}`;
}
