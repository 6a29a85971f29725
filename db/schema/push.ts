import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { sessions, users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";
import { notifications } from "./notifications";

/** The server's one pair of keys for Web Push (RFC 8292), in base64url; the private one is encrypted with the server's secret. */
export const pushKeys = pgTable(
  "push_keys",
  { id: smallint("id").primaryKey().default(1), publicKey: text("public_key").notNull(), privateKey: text("private_key").notNull(), createdAt: createdAt() },
  (t) => [check("push_keys_one", sql`${t.id} = 1`)],
);

/** Where a browser that is signed in takes pushes. It counts as long as its session lives. */
export const pushSubscriptions = pgTable(
  "push_subscriptions",
  {
    id: primaryId().primaryKey(),
    userId: refId("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    sessionId: refId("session_id").notNull().references(() => sessions.id, { onDelete: "cascade" }),
    endpoint: text("endpoint").notNull(),
    p256dh: text("p256dh").notNull(),
    auth: text("auth").notNull(),
    /** Since the last push that was taken. */
    failures: integer("failures").notNull().default(0),
    problem: text("problem"),
    problemAt: time("problem_at"),
    lastOkAt: time("last_ok_at"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("push_subscriptions_endpoint").on(t.endpoint), uniqueIndex("push_subscriptions_session").on(t.sessionId), index("push_subscriptions_user").on(t.userId)],
);

/** How much of a group was pushed, and when: no state of it is pushed twice, and a group that grows does not ring each time. */
export const notificationPushes = pgTable("notification_pushes", {
  notificationId: refId("notification_id").primaryKey().references(() => notifications.id, { onDelete: "cascade" }),
  latestId: refId("latest_id").notNull(),
  pushedAt: time("pushed_at").notNull().defaultNow(),
});

/** Who wants what is new by mail, and for which day or week (its first day) they had it last; without a row nobody does. */
export const digestSettings = pgTable(
  "digest_settings",
  {
    userId: refId("user_id").primaryKey().references(() => users.id, { onDelete: "cascade" }),
    frequency: text("frequency", { enum: ["off", "daily", "weekly"] }).notNull().default("off"),
    timeZone: text("time_zone").notNull().default("UTC"),
    sentFor: date("sent_for", { mode: "string" }).notNull().default(sql`current_date`),
    /** What came before was in an earlier digest, or is older than the wish for one. */
    toldUntil: time("told_until").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (t) => [index("digest_settings_due").on(t.sentFor).where(sql`frequency <> 'off'`)],
);
