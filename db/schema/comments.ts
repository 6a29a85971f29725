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
    pinnedAt: time("pinned_at"),
    /** `pending` waits for the post's author and is seen by its writer alone, besides; `hidden` was put away by the author. */
    state: text("state", { enum: ["shown", "pending", "hidden"] }).notNull().default("shown"),
    /** The post's author while it is not shown, null else: by this what waits on all of their posts is found. */
    heldForId: refId("held_for_id"),
    editedAt: time("edited_at"),
    deletedAt: time("deleted_at"),
    /** Who deleted it, and alone may bring it back; not a reference, since it says nothing once they are gone. */
    deletedById: refId("deleted_by_id"),
    createdAt: createdAt(),
  },
  (t) => [
    // Few: what a person is shown more than everybody else, and what waits for the post's author.
    index("comments_not_shown").on(t.postId, t.userId, t.id).where(sql`state <> 'shown' and deleted_at is null`),
    // What certain people said under a post: those who made it, and those who are not there for a viewer.
    index("comments_by").on(t.postId, t.userId, t.id).where(sql`state = 'shown' and deleted_at is null`),
    index("comments_held").on(t.heldForId, t.state, t.id.desc().nullsFirst()).where(sql`held_for_id is not null and deleted_at is null`),
    index("comments_pinned").on(t.postId).where(sql`is_pinned and deleted_at is null`),
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
