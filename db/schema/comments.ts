import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";
import { posts } from "./posts";

/** Comments and, one level deep, replies (`parentId`). */
export const comments = pgTable(
  "comments",
  {
    id: primaryId().primaryKey(),
    postId: refId("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    parentId: refId("parent_id"),
    content: text("content").notNull(),
    likeCount: integer("like_count").notNull().default(0),
    replyCount: integer("reply_count").notNull().default(0),
    isPinned: boolean("is_pinned").notNull().default(false),
    editedAt: time("edited_at"),
    deletedAt: time("deleted_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("comments_post").on(t.postId, t.id.desc().nullsFirst()).where(sql`deleted_at is null and parent_id is null`),
    index("comments_parent").on(t.parentId, t.id).where(sql`deleted_at is null and parent_id is not null`),
    index("comments_user").on(t.userId, t.id.desc().nullsFirst()),
    foreignKey({ columns: [t.parentId], foreignColumns: [t.id], name: "comments_parent_fk" }).onDelete("cascade"),
  ],
);

export const commentLikes = pgTable(
  "comment_likes",
  {
    commentId: refId("comment_id").notNull().references(() => comments.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.commentId, t.userId] }), index("comment_likes_user").on(t.userId)],
);
