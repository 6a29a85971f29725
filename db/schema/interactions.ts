import { index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";
import { posts } from "./posts";

/** Hearts. Hash-partitioned by post. */
export const likes = pgTable(
  "likes",
  {
    /** Order of the likers' list and its cursor. */
    id: primaryId(),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.postId, t.userId] }),
    index("likes_post_newest").on(t.postId, t.id.desc().nullsFirst()),
    index("likes_user").on(t.userId, t.id.desc().nullsFirst()),
  ],
);

/** Saved posts, seen by the saver only. Hash-partitioned by person. */
export const saves = pgTable(
  "saves",
  {
    id: primaryId(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.postId] }),
    index("saves_user_newest").on(t.userId, t.id.desc().nullsFirst()),
    index("saves_post").on(t.postId),
  ],
);

/** Emoji beside the heart, one row for each emoji of a person on a post. */
export const reactions = pgTable(
  "reactions",
  {
    id: primaryId(),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    emoji: text("emoji").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.emoji, t.userId] }), index("reactions_newest").on(t.postId, t.emoji, t.id.desc().nullsFirst()), index("reactions_user").on(t.userId)],
);

export const reactionCounts = pgTable(
  "reaction_counts",
  {
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    emoji: text("emoji").notNull(),
    count: integer("count").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.postId, t.emoji] })],
);

/** Saved posts under a name; private to the owner, or shared with the people in `collection_members`. */
export const collections = pgTable(
  "collections",
  {
    id: primaryId().primaryKey(),
    ownerId: refId("owner_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    coverPostId: refId("cover_post_id"),
    postCount: integer("post_count").notNull().default(0),
    updatedAt: time("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("collections_name").on(t.ownerId, t.nameKey)],
);

export const collectionMembers = pgTable(
  "collection_members",
  {
    collectionId: refId("collection_id").notNull().references(() => collections.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    state: text("state", { enum: ["invited", "joined"] }).notNull().default("invited"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.collectionId, t.userId] }), index("collection_members_user").on(t.userId)],
);

export const collectionPosts = pgTable(
  "collection_posts",
  {
    id: primaryId(),
    collectionId: refId("collection_id").notNull().references(() => collections.id, { onDelete: "cascade" }),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    addedBy: refId("added_by").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.collectionId, t.postId] }),
    index("collection_posts_newest").on(t.collectionId, t.id.desc().nullsFirst()),
    index("collection_posts_post").on(t.postId),
    index("collection_posts_by").on(t.addedBy),
  ],
);

/** Who passed a post on by its link, its code or another app; how often does not matter. With reposts it makes `posts.share_count`, each person once. */
export const shares = pgTable(
  "shares",
  {
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.userId] }), index("shares_user").on(t.userId)],
);
