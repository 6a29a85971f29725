import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, primaryId, refId, time } from "./columns";

/** What people report, kept for the moderators. What was reported may vanish meanwhile: `snapshot` holds it as the reporter saw it. */
export const reports = pgTable(
  "reports",
  {
    id: primaryId().primaryKey(),
    reporterId: refId("reporter_id").references(() => users.id, { onDelete: "set null" }),
    subjectKind: text("subject_kind", { enum: ["post", "comment", "user", "thread"] }).notNull(),
    subjectId: refId("subject_id").notNull(),
    /** Whose it is. */
    subjectUserId: refId("subject_user_id").references(() => users.id, { onDelete: "cascade" }),
    reason: text("reason").notNull(),
    note: text("note").notNull().default(""),
    snapshot: jsonb("snapshot").$type<Record<string, unknown>>().notNull(),
    state: text("state", { enum: ["open", "closed"] }).notNull().default("open"),
    closedAt: time("closed_at"),
    createdAt: createdAt(),
  },
  (t) => [
    // Pressing twice reports once.
    uniqueIndex("reports_open").on(t.reporterId, t.subjectKind, t.subjectId).where(sql`state = 'open'`),
    index("reports_queue").on(t.state, t.id),
    index("reports_subject").on(t.subjectKind, t.subjectId),
    index("reports_subject_user").on(t.subjectUserId),
  ],
);
