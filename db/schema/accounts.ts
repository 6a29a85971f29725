import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { bigint, boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, logPlace, primaryId, refId, time } from "./columns";

/** A link shown in a profile. */
export type ProfileLink = { title: string; url: string };

/** SQL: the mailbox behind an address: without what follows a +, and with Gmail, which does not mind dots, without dots. */
export const mailboxOf = (emailKey: SQLWrapper): SQL => sql`(case when split_part(${emailKey}, '@', 2) in ('gmail.com', 'googlemail.com')
  then replace(split_part(split_part(${emailKey}, '@', 1), '+', 1), '.', '') || '@gmail.com'
  else split_part(split_part(${emailKey}, '@', 1), '+', 1) || '@' || split_part(${emailKey}, '@', 2) end)`;

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
    emailVerifiedAt: time("email_verified_at"),
    /** Signing in asks for a code: `totp` holds a confirmed secret. Denormalised, so that signing in need not look. */
    twoFactorAt: time("two_factor_at"),
    lastActiveAt: time("last_active_at").notNull().defaultNow(),
    suspendedAt: time("suspended_at"),
    deactivatedAt: time("deactivated_at"),
    /** Asked for; everything goes for good 30 days later. */
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
    // Accounts of one mailbox (lib/graph/same-person.ts).
    index("users_mailbox").on(mailboxOf(t.emailKey)),
    index("users_deleted").on(t.deletedAt).where(sql`deleted_at is not null`),
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
    /** Keyed hash of the browser's own long-lived mark; null for API tokens. */
    deviceHash: text("device_hash"),
    /** When its owner last proved on it who they are, for dangerous actions. */
    provenAt: time("proven_at").notNull().defaultNow(),
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
 * What a repeated request made the first time. Inserted in the transaction that creates the thing.
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

/** Browsers a person has signed in with: a new one is told by mail. Hashes keyed with the server's secret. */
export const knownDevices = pgTable(
  "known_devices",
  {
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    deviceHash: text("device_hash").notNull(),
    createdAt: createdAt(),
    lastSeenAt: time("last_seen_at").notNull().defaultNow(),
  },
  // By device: a new account on a device of somebody who is blocked is blocked, too (graph).
  (t) => [primaryKey({ columns: [t.userId, t.deviceHash] }), index("known_devices_device").on(t.deviceHash)],
);

/** Links sent by mail, each good for one use: of the token only its hash is kept. `email` is the address that it proves. */
export const mailTokens = pgTable(
  "mail_tokens",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["verify", "reset", "change_email", "not_me"] }).notNull(),
    tokenHash: text("token_hash").notNull(),
    email: text("email").notNull(),
    expiresAt: time("expires_at").notNull(),
    usedAt: time("used_at"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("mail_tokens_hash").on(t.tokenHash), index("mail_tokens_user").on(t.userId, t.kind)],
);

/** Mail to be sent, and what was sent lately; without a mail server it is what `npm run mail` shows. */
export const mails = pgTable(
  "mails",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    body: text("body").notNull(),
    html: text("html").notNull().default(""),
    /** Path at which a mail program may end further mails of this kind (RFC 8058); null where there are none. */
    unsubscribePath: text("unsubscribe_path"),
    sentAt: time("sent_at"),
    problem: text("problem"),
    createdAt: createdAt(),
  },
  (t) => [index("mails_user").on(t.userId), index("mails_created").on(t.createdAt)],
);

/** Secret of the code generator, encrypted with the server's secret; not in force before `confirmedAt`. */
export const totpSecrets = pgTable("totp_secrets", {
  userId: refId("user_id").primaryKey().references(() => users.id, { onDelete: "cascade" }),
  secret: text("secret").notNull(),
  confirmedAt: time("confirmed_at"),
  /** The half minute of the code used last: a code is good once. */
  usedStep: bigint("used_step", { mode: "number" }).notNull().default(0),
  createdAt: createdAt(),
});

export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    codeHash: text("code_hash").notNull(),
    usedAt: time("used_at"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.codeHash] })],
);

/** Passkeys, as WebAuthn names their parts; ids and keys in base64url. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    credentialId: text("credential_id").notNull(),
    publicKey: text("public_key").notNull(),
    counter: bigint("counter", { mode: "number" }).notNull().default(0),
    transports: text("transports").array().notNull().default(sql`'{}'`),
    name: text("name").notNull(),
    isBackedUp: boolean("is_backed_up").notNull().default(false),
    lastUsedAt: time("last_used_at"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("passkeys_credential").on(t.credentialId), index("passkeys_user").on(t.userId)],
);

/** What is under way between a browser and the server and good once: passkey ceremonies, the second step of signing in. */
export const authChallenges = pgTable(
  "auth_challenges",
  {
    id: primaryId().primaryKey(),
    kind: text("kind", { enum: ["passkey_register", "passkey_login", "passkey_prove", "second_step", "return"] }).notNull(),
    userId: refId("user_id").references(() => users.id, { onDelete: "cascade" }),
    challenge: text("challenge").notNull(),
    attempts: integer("attempts").notNull().default(0),
    expiresAt: time("expires_at").notNull(),
    usedAt: time("used_at"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("auth_challenges_challenge").on(t.challenge), index("auth_challenges_expires").on(t.expiresAt)],
);

/** Everything about oneself, packed for download. */
export const dataExports = pgTable(
  "data_exports",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    state: text("state", { enum: ["waiting", "packing", "ready", "failed"] }).notNull().default("waiting"),
    progress: smallint("progress").notNull().default(0),
    storageKey: text("storage_key"),
    bytes: bigint("bytes", { mode: "number" }),
    problem: text("problem"),
    readyAt: time("ready_at"),
    expiresAt: time("expires_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("data_exports_user").on(t.userId, t.id.desc().nullsFirst()),
    // One at a time.
    uniqueIndex("data_exports_open").on(t.userId).where(sql`state in ('waiting', 'packing')`),
  ],
);

/** Who may do something towards a person: all, those the person follows, those who follow them, followers for some time, nobody. */
export const WHO_MAY = ["everyone", "followed", "followers", "old_followers", "nobody"] as const;

/** A person's wishes about others; without a row as the columns' defaults say. */
export const privacySettings = pgTable("privacy_settings", {
  userId: refId("user_id").primaryKey().references(() => users.id, { onDelete: "cascade" }),
  commentsFrom: text("comments_from", { enum: WHO_MAY }).notNull().default("everyone"),
  mentionsFrom: text("mentions_from", { enum: WHO_MAY }).notNull().default("everyone"),
  tagsFrom: text("tags_from", { enum: WHO_MAY }).notNull().default("everyone"),
  messagesFrom: text("messages_from", { enum: WHO_MAY }).notNull().default("everyone"),
  /** Days of following that `old_followers` asks for. */
  oldFollowerDays: smallint("old_follower_days").notNull().default(7),
  /** A tag waits for the tagged person's word before it is shown. */
  approvesTags: boolean("approves_tags").notNull().default(false),
  /** What is done with posts marked as sensitive. */
  sensitive: text("sensitive", { enum: ["cover", "show", "hide"] }).notNull().default("cover"),
  /** Other people's like counts are not shown to this person. */
  hidesLikeCounts: boolean("hides_like_counts").notNull().default(false),
  /** Search engines and link previews may show the profile and its posts. */
  isIndexed: boolean("is_indexed").notNull().default(true),
  showsActivity: boolean("shows_activity").notNull().default(true),
  /** Others learn how far this person has read their messages. */
  showsSeen: boolean("shows_seen").notNull().default(true),
  allowsReposts: boolean("allows_reposts").notNull().default(true),
  updatedAt: time("updated_at").notNull().defaultNow(),
});

/** Words and phrases a person does not want to read, folded for matching in `phraseKey`. */
export const hiddenWords = pgTable(
  "hidden_words",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    phrase: text("phrase").notNull(),
    phraseKey: text("phrase_key").notNull(),
    inComments: boolean("in_comments").notNull().default(true),
    inMessages: boolean("in_messages").notNull().default(true),
    inPosts: boolean("in_posts").notNull().default(false),
    until: time("until"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("hidden_words_phrase").on(t.userId, t.phraseKey)],
);
