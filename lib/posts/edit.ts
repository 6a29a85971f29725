import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { setAlts } from "@/lib/media/attached";
import { forbidden, invalid, invalidField, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { ensurePlace } from "./places";
import { getVisiblePost } from "./queries";
import type { PostEdit } from "./schemas";
import type { PostView } from "./types";

type Author = Pick<Viewer, "id">;
type Locked = { id: string; author_id: string; status: PostView["status"]; caption: string; is_archived: boolean; media_ids: string };

/** Changes what is given and leaves the rest. Throws not_found, forbidden (somebody else's), invalid. */
export async function editPost(viewer: Author, postId: string, edit: PostEdit): Promise<PostView> {
  await db().transaction(async (tx) => {
    const post = await lockOwn(tx, viewer, postId);
    const changes = await changesOf(tx, post, edit);
    if (changes.length === 0) return;
    await tx.execute(sql`update posts set ${sql.join([...changes, sql`updated_at = now()`], sql`, `)} where id = ${postId}::bigint`);
    if (edit.is_archived !== undefined) await countArchived(tx, post, edit.is_archived);
    await announce(tx, "post.edited", { postId });
  });
  return getVisiblePost(viewer, postId);
}

async function lockOwn(tx: Transaction, viewer: Author, postId: string): Promise<Locked> {
  const [post] = await tx.execute<Locked>(sql`
    select p.id, p.author_id, p.status, p.caption, p.archived_at is not null as is_archived,
      (select string_agg(m.id::text, ',' order by m.position) from media m where m.post_id = p.id) as media_ids
    from posts p where p.id = ${postId}::bigint and p.author_id = ${viewer.id}::bigint and p.deleted_at is null for update of p`);
  return post ?? refuse(viewer, postId);
}

/** Somebody else's post: forbidden when the viewer sees it, else not there. */
export async function refuse(viewer: Author, postId: string): Promise<never> {
  const post = await getVisiblePost(viewer, postId);
  throw post.user_id === viewer.id ? notFound() : forbidden("Only its author may change a post.");
}

async function changesOf(tx: Transaction, post: Locked, edit: PostEdit): Promise<SQL[]> {
  const changes: SQL[] = [];
  const hasNewCaption = edit.caption !== undefined && edit.caption !== post.caption;
  if (hasNewCaption) changes.push(sql`caption = ${edit.caption}`);
  const hasNewAlt = edit.alt !== undefined && (await setAlts(tx, post.id, altsOf(post, edit.alt))).length > 0;
  if (hasNewCaption || hasNewAlt) changes.push(sql`edited_at = now()`);
  if (edit.location !== undefined) changes.push(sql`place_id = ${edit.location === null ? null : await ensurePlace(tx, edit.location)}::bigint`);
  if (edit.audience !== undefined) changes.push(sql`audience = ${edit.audience}`);
  if (edit.comments_enabled !== undefined) changes.push(sql`comments_enabled = ${edit.comments_enabled}`);
  if (edit.like_count_hidden !== undefined) changes.push(sql`like_count_hidden = ${edit.like_count_hidden}`);
  if (edit.is_archived !== undefined && edit.is_archived !== post.is_archived) changes.push(sql`archived_at = ${edit.is_archived ? sql`now()` : sql`null`}`);
  return changes;
}

function altsOf(post: Locked, alt: NonNullable<PostEdit["alt"]>): Record<string, string> {
  const ids = post.media_ids?.split(",") ?? [];
  if (typeof alt === "string") {
    if (ids.length !== 1) throw invalidField("alt", "Give the alt texts by the id of each photo.");
    return { [ids[0]!]: alt };
  }
  const strange = Object.keys(alt).filter((id) => !ids.includes(id));
  if (strange.length > 0) throw invalid("This photo is not in the post.", Object.fromEntries(strange.map((id) => [`alt.${id}`, "This photo is not in the post."])));
  return alt;
}

/** The profile counts published posts that are not put away. */
async function countArchived(tx: Transaction, post: Locked, isArchived: boolean): Promise<void> {
  if (post.status !== "published" || isArchived === post.is_archived) return;
  await tx.execute(sql`update users set post_count = post_count + ${isArchived ? -1 : 1}::int where id = ${post.author_id}::bigint`);
}
