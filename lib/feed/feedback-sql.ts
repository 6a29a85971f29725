import { type SQL, sql } from "drizzle-orm";

/** SQL: the viewer has not snoozed `author`, an expression of our own such as "p.author_id". */
export const notSnoozed = (viewer: string | SQL, author: string): SQL => sql`not exists (
  select 1 from feed_feedback z where z.user_id = ${viewer}::bigint and z.kind = 'snooze' and z.subject_id = ${sql.raw(author)} and z.until > now())`;

/** SQL: the viewer has not said that the post `p` does not interest them. */
export const notDeclined = (viewer: string | SQL): SQL => sql`not exists (
  select 1 from feed_feedback z where z.user_id = ${viewer}::bigint and z.kind = 'not_interested' and z.subject_id = p.id)`;

/** SQL: the post `p` is by nobody muted or snoozed, and not declined. */
export const wanted = (viewer: string): SQL => sql`(
  not exists (select 1 from mutes m where m.muter_id = ${viewer}::bigint and m.muted_id = p.author_id and m.posts)
  and ${notSnoozed(viewer, "p.author_id")} and ${notDeclined(viewer)})`;
