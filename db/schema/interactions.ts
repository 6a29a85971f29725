import { index, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId } from "./columns";
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
