import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { invalid, notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { hydratePosts } from "@/lib/posts/hydrate";
import { getVisiblePostRef } from "@/lib/posts/queries";
import type { PostView } from "@/lib/posts/types";
import { listUsers } from "@/lib/profiles/queries";
import type { SnoozedPerson } from "./types";

const SNOOZE_DAYS = 30;
/** More is not listed; the oldest of these say little by then. */
const LISTED = 100;

type AboutPost = "not_interested" | "fewer";

/**
 * Says, or takes back, that the post does not interest the viewer (it leaves their feeds), or that they want fewer like it (of its author, and
 * with its tags). The same call twice has the effect of one. Throws not_found, invalid for an own post.
 */
export async function setFeedback(viewer: Viewer, kind: AboutPost, postId: string, on: boolean): Promise<void> {
  // Also what the viewer no longer sees can be taken back.
  if (!on) return void (await db().execute(sql`delete from feed_feedback where user_id = ${viewer.id}::bigint and kind = ${kind} and subject_id = ${postId}::bigint`));
  const post = await getVisiblePostRef(db(), viewer, postId);
  if (post.authorId === viewer.id) throw invalid("This post is yours.", { id: "This post is yours." });
  await db().execute(sql`
    insert into feed_feedback (user_id, kind, subject_id, author_id) values (${viewer.id}::bigint, ${kind}, ${post.id}::bigint, ${post.authorId}::bigint) on conflict do nothing`);
}

/**
 * Keeps somebody's posts out of the viewer's feeds for 30 days from now, or lets them in again. They are not told. Returns until when, null
 * when they are in. Throws not_found, invalid for oneself.
 */
export async function setSnooze(viewer: Viewer, userId: string, on: boolean): Promise<string | null> {
  if (userId === viewer.id) throw invalid("This is you.", { id: "This is you." });
  if (!on) {
    await db().execute(sql`delete from feed_feedback where user_id = ${viewer.id}::bigint and kind = 'snooze' and subject_id = ${userId}::bigint`);
    return null;
  }
  const [row] = await db().execute<{ until: string }>(sql`
    insert into feed_feedback (user_id, kind, subject_id, author_id, until)
    select ${viewer.id}::bigint, 'snooze', u.id, u.id, now() + interval '1 day' * ${SNOOZE_DAYS}::int from users u where u.id = ${userId}::bigint and ${accountVisible(viewer.id)}
    on conflict (user_id, kind, subject_id) do update set until = greatest(feed_feedback.until, excluded.until) returning until`);
  if (!row) throw notFound();
  return new Date(row.until).toISOString();
}

/** Whom the viewer has snoozed, as far as they still see them. */
export async function listSnoozed(viewer: Viewer): Promise<SnoozedPerson[]> {
  const rows = await db().execute<{ id: string; until: string }>(sql`
    select subject_id as id, until from feed_feedback where user_id = ${viewer.id}::bigint and kind = 'snooze' and until > now() order by until desc limit ${LISTED}::int`);
  const users = new Map((await listUsers(viewer, rows.map((row) => row.id))).map((user) => [user.id, user]));
  return rows.flatMap(({ id, until }) => (users.has(id) ? [{ user: users.get(id)!, until: new Date(until).toISOString() }] : []));
}

/** The posts that the viewer said this of, newest word first, as far as they still see them. */
export async function listFeedback(viewer: Viewer, kind: AboutPost): Promise<PostView[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select subject_id as id from feed_feedback where user_id = ${viewer.id}::bigint and kind = ${kind} order by created_at desc, subject_id desc limit ${LISTED}::int`);
  return hydratePosts(viewer, rows.map((row) => row.id));
}
