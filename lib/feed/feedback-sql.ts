import { type SQL, sql } from "drizzle-orm";

/**
 * SQL: a condition that only somebody with rows in `table` can meet. Most have none: where the statement has one viewer that is asked once, and then not
 * of each post. A viewer given as SQL may be another in each row.
 */
const ofThose = (viewer: string | SQL, table: string, whose: string, condition: SQL): SQL =>
  typeof viewer === "string" ? sql`((select exists (select 1 from ${sql.raw(table)} where ${sql.raw(whose)} = ${viewer}::bigint)) and ${condition})` : condition;

const isMuted = (viewer: string | SQL, author: string): SQL =>
  ofThose(viewer, "mutes", "muter_id", sql`exists (select 1 from mutes m where m.muter_id = ${viewer}::bigint and m.muted_id = ${sql.raw(author)} and m.posts)`);

const isSnoozed = (viewer: string | SQL, author: string): SQL =>
  ofThose(viewer, "feed_feedback", "user_id", sql`exists (
    select 1 from feed_feedback z where z.user_id = ${viewer}::bigint and z.kind = 'snooze' and z.subject_id = ${sql.raw(author)} and z.until > now())`);

/** SQL: the viewer has neither muted nor snoozed the posts of `author`, an expression of our own such as "p.author_id". */
export const unmuted = (viewer: string | SQL, author: string): SQL => sql`not (${isMuted(viewer, author)} or ${isSnoozed(viewer, author)})`;

/** SQL: the viewer has not said that the post `p` does not interest them. */
export const notDeclined = (viewer: string | SQL): SQL => sql`not ${ofThose(viewer, "feed_feedback", "user_id", sql`exists (
  select 1 from feed_feedback z where z.user_id = ${viewer}::bigint and z.kind = 'not_interested' and z.subject_id = p.id)`)}`;

/** SQL: the post `p` is by nobody muted or snoozed, and not declined. */
export const wanted = (viewer: string | SQL): SQL => sql`(${unmuted(viewer, "p.author_id")} and ${notDeclined(viewer)})`;
