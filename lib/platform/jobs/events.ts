/**
 * What domains announce to later ones. Payloads are ids only; each subscriber gets its own durable
 * job in the announcing transaction.
 */
export type Events = {
  "media.ready": { mediaId: string };
  "media.failed": { mediaId: string };
  "post.published": { postId: string };
  "post.edited": { postId: string };
  /** It is for others than before; said beside `post.edited`. */
  "post.audience_changed": { postId: string };
  /** Put away by its author; said beside `post.edited`. */
  "post.archived": { postId: string };
  "post.deleted": { postId: string; authorId: string };
  /** Deleted and brought back, or put away and shown again. */
  "post.restored": { postId: string };
  /** Somebody was named on a photo of a post, or said something about that. */
  "post.tagged": { postId: string; userId: string };
  /** Somebody was invited to be an author of a post, too, or said something about that. */
  "post.collaboration": { postId: string; userId: string };
  "post.liked": { postId: string; userId: string };
  "post.unliked": { postId: string; userId: string };
  /** Instead of the two, for a post that many like at once: whose likes came or went lately; which, the rows say. */
  "post.likes_changed": { postId: string; userIds: string[] };
  "post.reposted": { postId: string; userId: string };
  "post.unreposted": { postId: string; userId: string };
  "collection.shared": { collectionId: string; userId: string };
  /** They were let go, left or declined, or it was deleted. */
  "collection.unshared": { collectionId: string; userId: string };
  "comment.created": { commentId: string };
  /** Its words, or whether everybody may see it. */
  "comment.changed": { commentId: string };
  "comment.deleted": { commentId: string; postId: string };
  "comment.liked": { commentId: string; userId: string };
  "message.sent": { threadId: string; senderId: string };
  "user.registered": { userId: string };
  /** The person signed in with a browser that was new to them; its row in `known_devices` is there. */
  "user.device_seen": { userId: string };
  /** Something was done to how one gets into the account; in words the device, of a sign-in. `eventId` tells two of them apart. */
  "user.warned": { userId: string; eventId: string; what: string; device: string | null };
  "user.followed": { followerId: string; followeeId: string };
  "user.unfollowed": { followerId: string; followeeId: string };
  "follow.requested": { followerId: string; followeeId: string };
  "follow.accepted": { followerId: string; followeeId: string };
  "user.blocked": { blockerId: string; blockedId: string };
  "circle.joined": { circleId: string; userId: string };
  "user.muted": { muterId: string; mutedId: string };
  "user.unmuted": { muterId: string; mutedId: string };
  "user.privacy_changed": { userId: string };
  /** An account that rested, or was to be deleted, is there again. */
  "user.returned": { userId: string };
  /** `mediaId` is the picture that was shown before. */
  "user.avatar_changed": { userId: string; mediaId: string };
};

export type EventName = keyof Events;
