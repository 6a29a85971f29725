import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";
import { posts } from "./posts";

/** What a notice without other people says: a number that was reached, or what was done to one's account (`device`: in words, of a sign-in). */
export type NoticeDetail = { of: "likes" | "followers"; count: number } | { what: string; device: string | null };

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
    kind: text("kind", { enum: ["follow", "follow_request", "follow_accepted", "like", "comment", "reply", "mention", "comment_like", "tag", "tag_request", "collaboration", "collaboration_accepted", "repost", "collection_shared", "milestone", "security"] }).notNull(),
    /** Under which tab of the page it stands besides "All". */
    tab: text("tab").generatedAlwaysAs(sql`case when kind in ('follow', 'follow_request', 'follow_accepted') then 'follows' when kind in ('comment', 'reply') then 'comments'
      when kind in ('mention', 'tag', 'tag_request', 'collaboration', 'collaboration_accepted') then 'mentions' when kind in ('like', 'comment_like') then 'likes' end`),
    /** What is grouped: "like:POST", "comment:POST", "follow" … */
    groupKey: text("group_key").notNull(),
    postId: refId("post_id"),
    commentId: refId("comment_id"),
    detail: jsonb("detail").$type<NoticeDetail>(),
    actorCount: integer("actor_count").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("notifications_user").on(t.userId, t.latestId.desc().nullsFirst()),
    index("notifications_tab").on(t.userId, t.tab, t.latestId.desc().nullsFirst()),
    index("notifications_open_group").on(t.userId, t.groupKey),
    index("notifications_post").on(t.postId),
  ],
);

/** Who acted; of kinds without other people, oneself. `dedupeKey` ("like:POST:ACTOR") makes a job that runs twice tell once. */
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

/** How a person wants to be told of a topic (lib/notifications/choices.ts); without a row in every way. */
export const notificationChoices = pgTable(
  "notification_choices",
  {
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    topic: text("topic", { enum: ["likes", "comments", "mentions", "follows", "reposts", "milestones", "messages", "security"] }).notNull(),
    inApp: boolean("in_app").notNull().default(true),
    push: boolean("push").notNull().default(true),
    mail: boolean("mail").notNull().default(true),
    /** Only of what people do whom the person follows. */
    followedOnly: boolean("followed_only").notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.userId, t.topic] })],
);

/** Minutes of the person's day, from and to, between which nothing makes a sound; over midnight when `to` is the earlier one. */
export const quietHours = pgTable(
  "quiet_hours",
  {
    userId: refId("user_id").primaryKey().references(() => users.id, { onDelete: "cascade" }),
    fromMinute: smallint("from_minute").notNull(),
    toMinute: smallint("to_minute").notNull(),
    timeZone: text("time_zone").notNull(),
  },
  (t) => [check("quiet_hours_minutes", sql`${t.fromMinute} between 0 and 1439 and ${t.toMinute} between 0 and 1439 and ${t.fromMinute} <> ${t.toMinute}`)],
);

/** Posts of which a person does not want to be told. */
export const notificationMutes = pgTable(
  "notification_mutes",
  {
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.postId] }), index("notification_mutes_post").on(t.postId)],
);

/** Numbers that were reached, each told once ever, also when it was lost and reached again. `subjectId`: the post, or the person. */
export const milestones = pgTable(
  "milestones",
  {
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    subjectId: refId("subject_id").notNull(),
    count: integer("count").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.subjectId, t.count] })],
);
