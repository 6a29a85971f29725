import type { Milestone, NotificationView, SecurityNotice } from "./types";

type Told = Pick<NotificationView, "kind" | "actor_count" | "comment"> & Partial<Pick<NotificationView, "milestone" | "security">>;

/** What the people of a notification did, after their names; of kinds without people the whole sentence. A comment's words follow by themselves. */
export function wording({ kind, actor_count, comment, milestone, security }: Told): string {
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
    case "milestone":
      return reached(milestone ?? null);
    case "security":
      return warning(security ?? null);
  }
}

function reached(milestone: Milestone | null): string {
  if (milestone === null) return "You reached a milestone";
  const number = milestone.count.toLocaleString("en");
  return milestone.of === "likes" ? `Your post has ${number} likes` : `You have ${number} followers`;
}

const CHANGES: Record<string, string> = {
  password: "Your password was changed", two_factor_on: "Two-step sign-in is on", two_factor_off: "Two-step sign-in is off", recovery_codes: "You have new recovery codes",
  recovery_code_used: "A recovery code was used", passkey_added: "A passkey was added", email_changing: "Your address is being changed",
};

function warning(security: SecurityNotice | null): string {
  if (security?.what === "signed_in") return `New sign-in${security.device ? ` with ${security.device}` : ""}`;
  return CHANGES[security?.what ?? ""] ?? "How you sign in was changed";
}

/** Where a notification leads. */
export function addressOf({ kind, post, comment, actors }: NotificationView): string {
  if (post) return `/p/${post.shortcode}${comment ? `?comment=${comment.id}` : ""}`;
  if (kind === "security") return "/settings/security";
  if (kind === "milestone" || (kind === "follow" && actors.length > 1)) return "/notifications";
  return `/${actors[0]?.username ?? ""}`;
}
