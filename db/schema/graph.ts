import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId } from "./columns";

/** Who follows whom. `requested` waits for the followee of a private account; it gives no rights. */
export const follows = pgTable(
  "follows",
  {
    /** Order of lists and cursor. */
    id: primaryId(),
    followerId: refId("follower_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    followeeId: refId("followee_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    state: text("state", { enum: ["active", "requested"] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.followerId, t.followeeId] }),
    index("follows_followee").on(t.followeeId, t.state, t.id.desc().nullsFirst()),
    index("follows_follower").on(t.followerId, t.state, t.id.desc().nullsFirst()),
    // Fan-out pages through followers by key (DESIGN 6).
    index("follows_fanout").on(t.followeeId, t.followerId).where(sql`state = 'active'`),
    check("follows_not_oneself", sql`${t.followerId} <> ${t.followeeId}`),
    check("follows_state", sql`${t.state} in ('active', 'requested')`),
  ],
);

/** Neither side sees the other anywhere. */
export const blocks = pgTable(
  "blocks",
  {
    id: primaryId(),
    blockerId: refId("blocker_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    blockedId: refId("blocked_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.blockerId, t.blockedId] }),
    index("blocks_blocked").on(t.blockedId, t.blockerId),
    check("blocks_not_oneself", sql`${t.blockerId} <> ${t.blockedId}`),
  ],
);

/** Posts (and later stories) of somebody that the muter does not want to be shown. Invisible to the muted. */
export const mutes = pgTable(
  "mutes",
  {
    id: primaryId(),
    muterId: refId("muter_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    mutedId: refId("muted_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    posts: boolean("posts").notNull().default(true),
    stories: boolean("stories").notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.muterId, t.mutedId] }), check("mutes_not_oneself", sql`${t.muterId} <> ${t.mutedId}`)],
);
