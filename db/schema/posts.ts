import { sql } from "drizzle-orm";
import { boolean, check, doublePrecision, index, integer, jsonb, pgTable, primaryKey, real, text, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";
import { circles } from "./graph";

/** Where pictures were taken, as the author named it. */
export const places = pgTable(
  "places",
  {
    id: primaryId().primaryKey(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    latitude: doublePrecision("latitude"),
    longitude: doublePrecision("longitude"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("places_name_key").on(t.nameKey), index("places_name_trgm").using("gin", sql`${t.nameKey} gin_trgm_ops`)],
);

/**
 * Posts. Range-partitioned by id (its high bits are the time), one partition a month: see the first migration.
 * `publishedAt` is set once, when the last photo is ready.
 */
export const posts = pgTable(
  "posts",
  {
    id: primaryId().primaryKey(),
    authorId: refId("author_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    status: text("status", { enum: ["processing", "published", "failed", "held", "scheduled"] }).notNull().default("processing"),
    audience: text("audience", { enum: ["everyone", "followers", "circles"] }).notNull().default("everyone"),
    contentType: text("content_type", { enum: ["photo", "video", "carousel"] }).notNull(),
    caption: text("caption").notNull().default(""),
    placeId: refId("place_id").references(() => places.id, { onDelete: "set null" }),
    mediaCount: integer("media_count").notNull(),
    likeCount: integer("like_count").notNull().default(0),
    commentCount: integer("comment_count").notNull().default(0),
    saveCount: integer("save_count").notNull().default(0),
    shareCount: integer("share_count").notNull().default(0),
    viewCount: integer("view_count").notNull().default(0),
    commentsEnabled: boolean("comments_enabled").notNull().default(true),
    likeCountHidden: boolean("like_count_hidden").notNull().default(false),
    /** Marked by its author: covered until somebody wants to see it. */
    isSensitive: boolean("is_sensitive").notNull().default(false),
    repostsEnabled: boolean("reposts_enabled").notNull().default(true),
    repostCount: integer("repost_count").notNull().default(0),
    /** Stands at the top of the profile; at most three do. */
    pinnedAt: time("pinned_at"),
    /** When it is to appear; `scheduled` until then. */
    scheduledFor: time("scheduled_for"),
    editedAt: time("edited_at"),
    publishedAt: time("published_at"),
    archivedAt: time("archived_at"),
    deletedAt: time("deleted_at"),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [
    // The skeleton of profile and feed: newest live posts of an author.
    index("posts_author").on(t.authorId, t.id.desc().nullsFirst()).where(sql`deleted_at is null and archived_at is null and status = 'published'`),
    // The author's own view of what is not (yet) published.
    index("posts_author_unpublished").on(t.authorId, t.id.desc().nullsFirst()).where(sql`deleted_at is null and status <> 'published'`),
    // Explore: newest public posts.
    index("posts_public").on(t.id.desc().nullsFirst()).where(sql`deleted_at is null and archived_at is null and status = 'published' and audience = 'everyone'`),
    // What a profile's number of posts must not count for those who don't see it: few, often none.
    index("posts_narrow").on(t.authorId, t.id).where(sql`deleted_at is null and archived_at is null and status = 'published' and audience <> 'everyone'`),
    index("posts_pinned").on(t.authorId, t.pinnedAt).where(sql`pinned_at is not null and deleted_at is null`),
    index("posts_scheduled").on(t.scheduledFor).where(sql`status = 'scheduled' and deleted_at is null`),
    index("posts_archived").on(t.authorId, t.id.desc().nullsFirst()).where(sql`archived_at is not null and deleted_at is null`),
    index("posts_author_deleted").on(t.authorId, t.deletedAt).where(sql`deleted_at is not null`),
    index("posts_place").on(t.placeId, t.id.desc().nullsFirst()).where(sql`place_id is not null`),
    index("posts_deleted").on(t.deletedAt).where(sql`deleted_at is not null`),
    check("posts_status", sql`${t.status} in ('processing', 'published', 'failed', 'held', 'scheduled')`),
    check("posts_audience", sql`${t.audience} in ('everyone', 'followers', 'circles')`),
  ],
);

/** Hashtags, without the sign, folded to lower case and NFKC. */
export const tags = pgTable(
  "tags",
  {
    id: primaryId().primaryKey(),
    name: text("name").notNull(),
    /** Published, undeleted posts of public accounts that bear it. */
    postCount: integer("post_count").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("tags_name").on(t.name),
    index("tags_name_prefix").on(sql`${t.name} text_pattern_ops`),
    index("tags_name_trgm").using("gin", sql`${t.name} gin_trgm_ops`),
  ],
);

/** Which posts bear a tag, newest first. Hash-partitioned by tag. */
export const postTags = pgTable(
  "post_tags",
  {
    tagId: refId("tag_id").notNull().references(() => tags.id, { onDelete: "cascade" }),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    /** Is in the tag's `postCount`: whatever hides or shows the post moves both in one transaction. */
    counted: boolean("counted").notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.tagId, t.postId] }), index("post_tags_post").on(t.postId)],
);

/** People named with @ in a caption (`commentId` 0) or in a comment. */
export const mentions = pgTable(
  "mentions",
  {
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    commentId: refId("comment_id").notNull().default("0"),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.commentId, t.userId] }), index("mentions_user").on(t.userId)],
);

/** The circles a post of audience `circles` is for. */
export const postCircles = pgTable(
  "post_circles",
  {
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    circleId: refId("circle_id").notNull().references(() => circles.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.postId, t.circleId] }), index("post_circles_circle").on(t.circleId, t.postId)],
);

/** People shown at a point of a photo (0..1 from the left and from the top). `removed` by themselves stays, so that nobody tags them there again. */
export const photoTags = pgTable(
  "photo_tags",
  {
    mediaId: refId("media_id").notNull(),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    x: real("x").notNull(),
    y: real("y").notNull(),
    state: text("state", { enum: ["proposed", "shown", "removed"] }).notNull(),
    /** The tagged person does not want it among "tagged" on their profile. */
    isOnProfile: boolean("is_on_profile").notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.mediaId, t.userId] }), index("photo_tags_post").on(t.postId), index("photo_tags_user").on(t.userId, t.state, t.postId.desc().nullsFirst())],
);

/** People who made a post together: accepting puts the one post on both profiles and in both people's followers' feeds. */
export const collaborators = pgTable(
  "collaborators",
  {
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    state: text("state", { enum: ["invited", "accepted", "declined", "left"] }).notNull().default("invited"),
    decidedAt: time("decided_at"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.userId] }), index("collaborators_user").on(t.userId, t.state, t.postId.desc().nullsFirst())],
);

/** What a post was before its author changed it, so that whoever sees it can look: caption, order of photos, and a photo that was replaced. */
export const postVersions = pgTable(
  "post_versions",
  {
    id: primaryId().primaryKey(),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    caption: text("caption").notNull(),
    /** Ids of its media, in order; those no longer in the post are kept as long as this row. */
    mediaIds: text("media_ids").array().notNull(),
    replaced: boolean("replaced").notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [index("post_versions_post").on(t.postId, t.id.desc().nullsFirst())],
);

/** Posts begun and kept on the server; `content` is what the composer holds, `revision` tells of two devices at one draft. */
export const drafts = pgTable(
  "drafts",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    content: jsonb("content").$type<Record<string, unknown>>().notNull(),
    revision: integer("revision").notNull().default(1),
    updatedAt: time("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [index("drafts_user").on(t.userId, t.updatedAt.desc().nullsFirst())],
);

/** Somebody else's post shown to one's own followers, with a note. */
export const reposts = pgTable(
  "reposts",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    note: text("note").notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("reposts_once").on(t.userId, t.postId), index("reposts_post").on(t.postId, t.id.desc().nullsFirst()), index("reposts_user").on(t.userId, t.id.desc().nullsFirst())],
);
