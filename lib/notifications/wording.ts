import type { NotificationView } from "./types";

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
      return comment ? "commented:" : "commented";
    case "reply":
      return comment ? "replied:" : "replied";
    case "mention":
      return comment ? "mentioned you:" : "mentioned you";
    case "tag":
      return "tagged you in a photo";
    case "collaboration":
      return "invites you to share a post with both your names";
    case "collaboration_accepted":
      return "made your post theirs, too";
    case "tag_request":
      return "wants to tag you in a photo";
    case "repost":
      return "reposted your post";
    case "collection_shared":
      return "wants to share a collection with you";
    case "comment_like":
      return comment ? "liked your comment:" : "liked your comment";
  }
}

/** Where a notification leads. */
export function addressOf({ kind, post, comment, actors }: NotificationView): string {
  if (post) return `/p/${post.shortcode}${comment ? `?comment=${comment.id}` : ""}`;
  if (kind === "follow" && actors.length > 1) return "/notifications";
  return `/${actors[0]?.username ?? ""}`;
}
