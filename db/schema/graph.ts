import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
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
    // Fan-out pages through followers by key.
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
    /** Accounts that the same person makes later are blocked, too. */
    coversNew: boolean("covers_new").notNull().default(true),
    /** Made because that account belongs to somebody who was blocked: lifted together with that block. */
    becauseOfId: refId("because_of_id"),
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

/** Their comments wait for the restricter's word and they see no read marks. Invisible to the restricted. */
export const restricts = pgTable(
  "restricts",
  {
    id: primaryId(),
    restricterId: refId("restricter_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    restrictedId: refId("restricted_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.restricterId, t.restrictedId] }), index("restricts_restricted").on(t.restrictedId), check("restricts_not_oneself", sql`${t.restricterId} <> ${t.restrictedId}`)],
);

/** People whose posts the owner wants to see first. Invisible to them. */
export const favourites = pgTable(
  "favourites",
  {
    id: primaryId(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    favouriteId: refId("favourite_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.favouriteId] }), index("favourites_favourite").on(t.favouriteId)],
);

/** Named groups of people for whom a person posts; close friends is the one that everybody has. Invisible to their members. */
export const circles = pgTable(
  "circles",
  {
    id: primaryId().primaryKey(),
    ownerId: refId("owner_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    isCloseFriends: boolean("is_close_friends").notNull().default(false),
    memberCount: integer("member_count").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("circles_name").on(t.ownerId, t.nameKey), uniqueIndex("circles_close_friends").on(t.ownerId).where(sql`is_close_friends`)],
);

export const circleMembers = pgTable(
  "circle_members",
  {
    id: primaryId(),
    circleId: refId("circle_id").notNull().references(() => circles.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.circleId, t.userId] }), index("circle_members_user").on(t.userId, t.circleId)],
);
