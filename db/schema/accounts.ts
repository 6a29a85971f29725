import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, logPlace, primaryId, refId, time } from "./columns";

/** A link shown in a profile. */
export type ProfileLink = { title: string; url: string };

/** People. Written by the accounts domain; counters by the domain whose rows they count. */
export const users = pgTable(
  "users",
  {
    id: primaryId().primaryKey(),
    username: text("username").notNull(),
    /** Lower case; what uniqueness and look-ups use. */
    usernameKey: text("username_key").notNull(),
    /** Look-alike form (confusable letters folded); refuses `аdmin` beside `admin`. */
    usernameSkeleton: text("username_skeleton").notNull(),
    email: text("email").notNull(),
    emailKey: text("email_key").notNull(),
    passwordHash: text("password_hash").notNull(),
    fullName: text("full_name").notNull().default(""),
    bio: text("bio").notNull().default(""),
    website: text("website").notNull().default(""),
    pronouns: text("pronouns").notNull().default(""),
    links: jsonb("links").$type<ProfileLink[]>().notNull().default([]),
    accountType: text("account_type", { enum: ["personal", "creator", "business"] }).notNull().default("personal"),
    role: text("role", { enum: ["member", "moderator", "administrator"] }).notNull().default("member"),
    isPrivate: boolean("is_private").notNull().default(false),
    isVerified: boolean("is_verified").notNull().default(false),
    avatarMediaId: refId("avatar_media_id"),
    /** Denormalised from the avatar's media row, so that a card needs no join: path version. */
    avatarVersion: text("avatar_version"),
    followerCount: integer("follower_count").notNull().default(0),
    followingCount: integer("following_count").notNull().default(0),
    postCount: integer("post_count").notNull().default(0),
    usernameChangedAt: time("username_changed_at"),
    /** Newest notification the person has looked at. */
    notificationsReadId: refId("notifications_read_id").notNull().default("0"),
    lastActiveAt: time("last_active_at").notNull().defaultNow(),
    suspendedAt: time("suspended_at"),
    deactivatedAt: time("deactivated_at"),
    deletedAt: time("deleted_at"),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("users_username_key").on(t.usernameKey),
    uniqueIndex("users_username_skeleton").on(t.usernameSkeleton),
    uniqueIndex("users_email_key").on(t.emailKey),
    index("users_username_trgm").using("gin", sql`${t.usernameKey} gin_trgm_ops`),
    index("users_full_name_trgm").using("gin", sql`lower(${t.fullName}) gin_trgm_ops`),
    index("users_follower_count").on(t.followerCount.desc().nullsFirst(), t.id),
  ],
);

/** Names given up; old links redirect and nobody else may take one over for a while. */
export const usernameHistory = pgTable(
  "username_history",
  {
    usernameKey: text("username_key").primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [index("username_history_user").on(t.userId)],
);

/** Signed-in devices and API tokens. A token names its session; ending the row ends the token. */
export const sessions = pgTable(
  "sessions",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["browser", "api"] }).notNull(),
    /** Browser and system in words, never a place or an address. */
    device: text("device").notNull().default(""),
    createdAt: createdAt(),
    lastSeenAt: time("last_seen_at").notNull().defaultNow(),
    expiresAt: time("expires_at").notNull(),
    revokedAt: time("revoked_at"),
  },
  (t) => [index("sessions_user").on(t.userId, t.id.desc().nullsFirst())],
);

/**
 * How far the log was when a person last wrote something; only kept where there is a read replica. Unlogged (see the migration): the replica does not get it,
 * and a crash, which also takes the replica's connection, may empty it.
 */
export const recentWrites = pgTable(
  "recent_writes",
  { userId: refId("user_id").primaryKey(), place: logPlace("place").notNull(), at: time("at").notNull().defaultNow() },
  (t) => [index("recent_writes_at").on(t.at)],
);

/**
 * What a repeated request made the first time (DESIGN 5.5). Inserted in the transaction that creates the thing.
 * `kind` is the thing's name ("post", "comment"), `resourceId` its id.
 */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    userId: refId("user_id").notNull(),
    key: text("key").notNull(),
    kind: text("kind").notNull(),
    resourceId: refId("resource_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.kind, t.key] }),
    foreignKey({ columns: [t.userId], foreignColumns: [users.id], name: "idempotency_keys_user" }).onDelete("cascade"),
    index("idempotency_keys_created").on(t.createdAt),
  ],
);
