import { bigint, boolean, doublePrecision, index, integer, pgTable, primaryKey, real, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";

/**
 * Authors who have, or once had, so many followers that their posts are not pushed into stored feeds but merged when somebody reads.
 * Few rows: whoever never came near the threshold has none, and is pushed.
 */
export const feedAuthors = pgTable(
  "feed_authors",
  {
    authorId: refId("author_id").primaryKey().references(() => users.id, { onDelete: "cascade" }),
    isPulled: boolean("is_pulled").notNull(),
    /** When it was last decided otherwise, as an id, greater than all before it (pulled.ts): feeds stored before an author came back to being pushed lack their posts. */
    changedId: refId("changed_id").notNull().default(sql`next_id()`),
  },
  (t) => [index("feed_authors_pulled").on(t.authorId).where(sql`is_pulled`), index("feed_authors_changed").on(t.changedId)],
);

/**
 * Which posts a person has had before their eyes, on whatever device. Range-partitioned by post like posts themselves, a partition a month;
 * months that no feed asks for any more are dropped (`ensure_seen_partitions`, by hand in the migration).
 */
export const postSeen = pgTable(
  "post_seen",
  {
    userId: refId("user_id").notNull(),
    postId: refId("post_id").notNull(),
    seenAt: time("seen_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.postId] })],
);

/** How a person wants their home feed; without a row as the columns' defaults say. Sliders 0..1, 0.5 in the middle. */
export const feedPreferences = pgTable("feed_preferences", {
  userId: refId("user_id").primaryKey().references(() => users.id, { onDelete: "cascade" }),
  order: text("feed_order", { enum: ["following", "for_you"] }).notNull().default("following"),
  /** 0 friends, 1 discovery. */
  discovery: real("discovery").notNull().default(0.5),
  /** 0 fresh, 1 best. */
  best: real("best").notNull().default(0.5),
  /** 0 photos, 1 videos. */
  video: real("video").notNull().default(0.5),
  updatedAt: time("updated_at").notNull().defaultNow(),
});

/**
 * What a person does not want in "For you": this post, fewer of its author (or like it), nothing of the author until a day. One row for each
 * subject; saying it again changes nothing.
 */
export const feedFeedback = pgTable(
  "feed_feedback",
  {
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["not_interested", "fewer", "snooze"] }).notNull(),
    /** A post's id, or for `snooze` a person's. */
    subjectId: refId("subject_id").notNull(),
    authorId: refId("author_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    until: time("until"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind, t.subjectId] }), index("feed_feedback_author").on(t.userId, t.authorId)],
);

/** "For you" as it was ranked for one visit, so that its pages fit together. Derived: emptying the table loses nothing but places in lists. */
export const feedRankings = pgTable(
  "feed_rankings",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    ranker: text("ranker").notNull(),
    postIds: text("post_ids").array().notNull(),
    scores: doublePrecision("scores").array().notNull(),
    /** Why each stands where it does (rankers/words.ts, PackedFacts), as JSON: read as a whole, and never searched. */
    facts: text("facts").notNull().default("[]"),
    createdAt: createdAt(),
  },
  (t) => [index("feed_rankings_user").on(t.userId, t.id.desc().nullsFirst())],
);

/**
 * Changes of a post's counters that found its row in other hands: a post that everybody likes at once must not make everybody wait. Folded into
 * the row every second; until then the number shown lags.
 */
export const countDeltas = pgTable(
  "count_deltas",
  {
    id: primaryId().primaryKey(),
    postId: refId("post_id").notNull(),
    likes: integer("likes").notNull().default(0),
    comments: integer("comments").notNull().default(0),
    saves: integer("saves").notNull().default(0),
    shares: integer("shares").notNull().default(0),
    reposts: integer("reposts").notNull().default(0),
    views: integer("views").notNull().default(0),
    /** Whose likes came or went in `likes`: who hears of likes is told when they are folded. */
    likerIds: bigint("liker_ids", { mode: "bigint" }).array().notNull().default(sql`'{}'`),
  },
  (t) => [index("count_deltas_post").on(t.postId)],
);
