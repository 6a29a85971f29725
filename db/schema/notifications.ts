import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";

/**
 * What a person is told, one row per group ("Ada and 12 others liked your photo"). `latestId` gets a new,
 * higher value when somebody joins the group: it is the order of the list and its cursor. The actors are in
 * `notification_actors`. What lies above `users.notifications_read_id` is unread; a group that was read closes and the
 * next event begins a new one.
 */
export const notifications = pgTable(
  "notifications",
  {
    id: primaryId().primaryKey(),
    latestId: refId("latest_id").notNull().default(sql`next_id()`),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["follow", "follow_request", "follow_accepted", "like", "comment", "reply", "mention", "comment_like", "tag", "tag_request", "collaboration", "collaboration_accepted", "repost", "collection_shared"] }).notNull(),
    /** What is grouped: "like:POST", "comment:POST", "follow" … */
    groupKey: text("group_key").notNull(),
    postId: refId("post_id"),
    commentId: refId("comment_id"),
    actorCount: integer("actor_count").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [index("notifications_user").on(t.userId, t.latestId.desc().nullsFirst()), index("notifications_open_group").on(t.userId, t.groupKey), index("notifications_post").on(t.postId)],
);

/** Who acted. `dedupeKey` ("like:POST:ACTOR") makes a job that runs twice tell once. */
export const notificationActors = pgTable(
  "notification_actors",
  {
    notificationId: refId("notification_id").notNull().references(() => notifications.id, { onDelete: "cascade" }),
    actorId: refId("actor_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    dedupeKey: text("dedupe_key").notNull(),
    commentId: refId("comment_id"),
    id: primaryId(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.notificationId, t.dedupeKey] }),
    uniqueIndex("notification_actors_once").on(t.userId, t.dedupeKey),
    index("notification_actors_actor").on(t.actorId, t.notificationId),
    index("notification_actors_comment").on(t.commentId).where(sql`comment_id is not null`),
  ],
);
