import { type SQL, sql } from "drizzle-orm";
import { bigint, boolean, check, customType, index, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";
import { media } from "./media";

/** Conversations: of two people, who have one, or of a group. */
export const threads = pgTable(
  "threads",
  {
    id: primaryId().primaryKey(),
    kind: text("kind", { enum: ["pair", "group"] }).notNull(),
    /** Both people's ids, the smaller one first; null for groups. */
    pairKey: text("pair_key"),
    name: text("name"),
    pictureMediaId: refId("picture_media_id").references(() => media.id, { onDelete: "set null" }),
    vanishing: text("vanishing", { enum: ["off", "seen", "day"] }).notNull().default("off"),
    /** Whoever knows it may join the group; null: nobody. */
    inviteToken: text("invite_token"),
    /** Its row is locked while a message is written: what is written later gets a higher id than all that were committed. */
    lastId: refId("last_id").notNull().default("0"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("threads_pair").on(t.pairKey), uniqueIndex("threads_invite").on(t.inviteToken), index("threads_picture").on(t.pictureMediaId).where(sql`picture_media_id is not null`), check("threads_pair_key", sql`(${t.kind} = 'pair') = (${t.pairKey} is not null)`)],
);

/** Above every id: pinned conversations stand before all others. */
const PINNED = "4611686018427387904";

/** Who is, or was, in a conversation, and how it stands for them. */
export const threadMembers = pgTable(
  "thread_members",
  {
    threadId: refId("thread_id").notNull().references(() => threads.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["admin", "member"] }).notNull().default("member"),
    /** `declined`: it comes back when they write themselves. */
    folder: text("folder", { enum: ["inbox", "requests", "declined"] }).notNull().default("inbox"),
    /** They wrote here themselves, or said that the other may. */
    isAccepted: boolean("is_accepted").notNull().default(false),
    /** In the list; not before the first message, and not after they put it away. */
    isListed: boolean("is_listed").notNull().default(false),
    isMuted: boolean("is_muted").notNull().default(false),
    isPinned: boolean("is_pinned").notNull().default(false),
    /** Newest message that is there for them. */
    lastId: refId("last_id").notNull().default("0"),
    /** Order of the list and its cursor. */
    place: bigint("place", { mode: "bigint" }).generatedAlwaysAs((): SQL => sql.raw(`last_id + case when is_pinned then ${PINNED} else 0 end`)).notNull(),
    readId: refId("read_id").notNull().default("0"),
    readAt: time("read_at"),
    /** What came up to here is not there for them: from before they came, or put away by them. */
    fromId: refId("from_id").notNull().default("0"),
    /** They left, or were removed: what came later is not there for them. */
    untilId: refId("until_id"),
    /** What the group was called when they left: what it is called later is not theirs to know. */
    leftName: text("left_name"),
    /** An admin took them out: an invitation does not bring them back. */
    isRemoved: boolean("is_removed").notNull().default(false),
    joinedAt: time("joined_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.threadId, t.userId] }),
    index("thread_members_list").on(t.userId, t.folder, t.place.desc().nullsFirst()).where(sql`is_listed`),
    index("thread_members_user").on(t.userId, t.threadId),
    index("thread_members_unread").on(t.userId, t.folder).where(sql`is_listed and not is_muted and last_id > read_id and until_id is null`),
    check("thread_members_folder", sql`${t.folder} in ('inbox', 'requests', 'declined')`),
  ],
);

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** Everything said, and what happened in groups (`event`). */
export const messages = pgTable(
  "messages",
  {
    id: refId("id").primaryKey(),
    threadId: refId("thread_id").notNull().references(() => threads.id, { onDelete: "cascade" }),
    senderId: refId("sender_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    /** The name that its sender's device gave it: sent again it is the same message. */
    clientId: text("client_id"),
    text: text("text"),
    event: jsonb("event").$type<Record<string, unknown>>(),
    sharedKind: text("shared_kind", { enum: ["post", "profile"] }),
    sharedId: refId("shared_id"),
    replyToId: refId("reply_to_id"),
    /** How it goes by itself, and when. */
    vanishing: text("vanishing", { enum: ["off", "seen", "day"] }).notNull().default("off"),
    vanishesAt: time("vanishes_at"),
    editedAt: time("edited_at"),
    unsentAt: time("unsent_at"),
    createdAt: createdAt(),
    words: tsvector("words").generatedAlwaysAs((): SQL => sql.raw("to_tsvector('simple', coalesce(text, ''))")),
  },
  (t) => [
    index("messages_thread").on(t.threadId, t.id),
    uniqueIndex("messages_client").on(t.threadId, t.senderId, t.clientId).where(sql`client_id is not null`),
    index("messages_sender").on(t.senderId, t.id),
    index("messages_shared").on(t.sharedId).where(sql`shared_id is not null`),
    index("messages_words").using("gin", t.threadId, t.words).where(sql`text is not null`),
    index("messages_vanishes").on(t.vanishesAt).where(sql`vanishes_at is not null`),
    index("messages_seen_off").on(t.threadId, t.id).where(sql`vanishing = 'seen' and vanishes_at is null`),
  ],
);

/** Names that devices gave to messages which went by themselves: sent again they are not written anew. Kept for 30 days. */
export const goneMessages = pgTable(
  "gone_messages",
  {
    threadId: refId("thread_id").notNull().references(() => threads.id, { onDelete: "cascade" }),
    senderId: refId("sender_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    clientId: text("client_id").notNull(),
    messageId: refId("message_id").notNull(),
    goneAt: time("gone_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.senderId, t.clientId] }), index("gone_messages_sender").on(t.senderId), index("gone_messages_at").on(t.goneAt)],
);

/** Photos, videos and voice of messages. */
export const messageMedia = pgTable(
  "message_media",
  {
    messageId: refId("message_id").notNull().references(() => messages.id, { onDelete: "cascade" }),
    mediaId: refId("media_id").notNull().references(() => media.id, { onDelete: "cascade" }),
    position: smallint("position").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.mediaId] }), uniqueIndex("message_media_once").on(t.mediaId)],
);

/** One of each person on each message. */
export const messageReactions = pgTable(
  "message_reactions",
  {
    messageId: refId("message_id").notNull().references(() => messages.id, { onDelete: "cascade" }),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    emoji: text("emoji").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.emoji, t.userId] }), index("message_reactions_user").on(t.userId)],
);
