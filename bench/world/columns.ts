/** What is written of each table, in this order; the rest are defaults. */
export const COLUMNS = {
  users: ["id", "username", "username_key", "username_skeleton", "email", "email_key", "password_hash", "full_name", "bio", "is_private", "is_verified", "follower_count", "following_count", "post_count", "notifications_read_id", "last_active_at", "created_at", "updated_at"],
  follows: ["id", "follower_id", "followee_id", "state", "created_at"],
  posts: ["id", "author_id", "status", "audience", "content_type", "caption", "place_id", "media_count", "like_count", "comment_count", "save_count", "view_count", "published_at", "created_at", "updated_at"],
  media: ["id", "owner_id", "purpose", "state", "kind", "content_type", "bytes", "original_key", "version", "width", "height", "duration", "thumbhash", "variants", "post_id", "position", "alt", "has_audio", "video", "ready_at", "created_at"],
  likes: ["id", "post_id", "user_id", "created_at"],
  saves: ["id", "user_id", "post_id", "created_at"],
  comments: ["id", "post_id", "user_id", "parent_id", "content", "like_count", "reply_count", "created_at"],
  comment_likes: ["comment_id", "user_id", "created_at"],
  post_tags: ["tag_id", "post_id", "counted"],
  tags: ["id", "name", "post_count", "created_at"],
  places: ["id", "name", "name_key", "latitude", "longitude", "created_at"],
  notifications: ["id", "latest_id", "user_id", "kind", "group_key", "post_id", "actor_count", "created_at", "updated_at"],
  notification_actors: ["notification_id", "actor_id", "user_id", "dedupe_key", "id", "created_at"],
  blocks: ["id", "blocker_id", "blocked_id", "created_at"],
  mutes: ["id", "muter_id", "muted_id", "created_at"],
  feed_authors: ["author_id", "is_pulled", "changed_id"],
} as const;

export const TABLES = Object.keys(COLUMNS);
