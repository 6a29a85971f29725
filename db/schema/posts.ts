import { sql } from "drizzle-orm";
import { boolean, check, doublePrecision, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";

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
    status: text("status", { enum: ["processing", "published", "failed", "held"] }).notNull().default("processing"),
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
    index("posts_place").on(t.placeId, t.id.desc().nullsFirst()).where(sql`place_id is not null`),
    index("posts_deleted").on(t.deletedAt).where(sql`deleted_at is not null`),
    check("posts_status", sql`${t.status} in ('processing', 'published', 'failed', 'held')`),
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
