/**
 * What domains announce to later ones (DESIGN 6, Events). Payloads are ids only; each subscriber gets its own durable
 * job in the announcing transaction.
 */
export type Events = {
  "media.ready": { mediaId: string };
  "media.failed": { mediaId: string };
  "post.published": { postId: string };
  "post.edited": { postId: string };
  "post.deleted": { postId: string; authorId: string };
  "post.liked": { postId: string; userId: string };
  "post.unliked": { postId: string; userId: string };
  /** Instead of the two, for a post that many like at once: whose likes came or went lately; which, the rows say. */
  "post.likes_changed": { postId: string; userIds: string[] };
  "comment.created": { commentId: string };
  "comment.deleted": { commentId: string; postId: string };
  "comment.liked": { commentId: string; userId: string };
  "user.registered": { userId: string };
  "user.followed": { followerId: string; followeeId: string };
  "user.unfollowed": { followerId: string; followeeId: string };
  "follow.requested": { followerId: string; followeeId: string };
  "follow.accepted": { followerId: string; followeeId: string };
  "user.blocked": { blockerId: string; blockedId: string };
  "user.muted": { muterId: string; mutedId: string };
  "user.unmuted": { muterId: string; mutedId: string };
  "user.privacy_changed": { userId: string };
  /** `mediaId` is the picture that was shown before. */
  "user.avatar_changed": { userId: string; mediaId: string };
};

export type EventName = keyof Events;
