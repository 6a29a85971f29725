import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { setAlts } from "@/lib/media/attached";
import { setKeptFacts } from "@/lib/media/kept-facts";
import { AppError, conflict, invalid, invalidField, overtaken } from "@/lib/platform/errors";
import { announce, enqueue } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { type Audience, changeAudience } from "./audience";
import { setCollaborators } from "./collaborators";
import { holdItems, verifyReplacements } from "./items";
import { ensurePlace } from "./places";
import { keepPinnedFew, lockPins } from "./pins";
import { countPost } from "./post-counts";
import { advance } from "./publish";
import { getVisiblePost } from "./queries";
import { refuse } from "./refuse";
import { judgeTime, unschedule } from "./scheduled";
import { publishScheduled } from "./scheduled-jobs";
import type { PostEdit } from "./schemas";
import type { PostView } from "./types";
import { keepVersion } from "./versions";

type Author = Pick<Viewer, "id">;
type Locked = { id: string; author_id: string; status: PostView["status"]; audience: Audience; scheduled_for: string | null; caption: string; is_archived: boolean; updated_at: string; media_ids: string };

/** Somebody else, or the author elsewhere, was quicker; the transaction is undone. */
class Overtaken extends Error {}

/**
 * Changes what is given and leaves the rest. With `if_updated_at` only what has not been changed since; a repetition that
 * changes nothing is no conflict. Throws not_found, forbidden (somebody else's), invalid, conflict with what is there now.
 */
export async function editPost(viewer: Author, postId: string, edit: PostEdit): Promise<PostView> {
  await verifyReplacements(viewer, edit.media);
  try {
    await makeChanges(viewer, postId, edit);
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    throw overtaken("This post was changed in the meantime, perhaps on another device.", await getVisiblePost(viewer, postId));
  }
  return getVisiblePost(viewer, postId);
}

const isCurrent = (post: Locked, { if_updated_at: seen }: PostEdit) => seen === undefined || Date.parse(seen) === new Date(post.updated_at).getTime();

async function makeChanges(viewer: Author, postId: string, edit: PostEdit): Promise<void> {
  await db().transaction(async (tx) => {
    if (edit.is_archived === false) await lockPins(tx, viewer.id);
    const post = await lockOwn(tx, viewer, postId);
    const isStale = !isCurrent(post, edit);
    // What does not fit (a photo or a circle that is gone) was right when it was seen.
    const [{ audience, isChanged }, changes] = await judgeChanges(tx, viewer, post, edit).catch((error: unknown) => {
      throw isStale && error instanceof AppError && error.code === "invalid" ? new Overtaken() : error;
    });
    if (audience !== null) changes.push(sql`audience = ${audience}`);
    if (changes.length === 0 && !isChanged) return;
    if (isStale) throw new Overtaken();
    if (edit.scheduled_for !== undefined) await unschedule(tx, postId);
    await tx.execute(sql`update posts set ${sql.join([...changes, sql`updated_at = now()`], sql`, `)} where id = ${postId}::bigint`);
    if (edit.scheduled_for !== undefined) await enqueue(tx, publishScheduled, { postId }, { runAt: new Date(edit.scheduled_for) });
    if (edit.media && post.status === "failed") await goOn(tx, postId);
    if (edit.is_archived !== undefined) await countArchived(tx, post, edit.is_archived);
    if (edit.is_archived === false && post.is_archived) await showAgain(tx, post);
    if (edit.is_archived === true && !post.is_archived) await announce(tx, "post.archived", { postId });
    await announce(tx, "post.edited", { postId });
    if (isChanged && post.status === "published") await announce(tx, "post.audience_changed", { postId });
  });
}

async function lockOwn(tx: Transaction, viewer: Author, postId: string): Promise<Locked> {
  const [post] = await tx.execute<Locked>(sql`
    select p.id, p.author_id, p.status, p.audience, p.scheduled_for, p.caption, p.archived_at is not null as is_archived, p.updated_at,
      (select string_agg(m.id::text, ',' order by m.position) from media m where m.post_id = p.id and m.position is not null) as media_ids
    from posts p where p.id = ${postId}::bigint and p.author_id = ${viewer.id}::bigint and p.deleted_at is null for update of p`);
  return post ?? refuse(viewer, postId);
}

/** What becomes of whom it is for, and all else that changes. */
async function judgeChanges(tx: Transaction, viewer: Author, post: Locked, edit: PostEdit) {
  const audience = await changeAudience(tx, post, edit);
  return [audience, await changesOf(tx, viewer, post, edit)] as const;
}

async function changesOf(tx: Transaction, viewer: Author, post: Locked, edit: PostEdit): Promise<SQL[]> {
  const changes: SQL[] = [];
  const hasNewCaption = edit.caption !== undefined && edit.caption !== post.caption;
  const wasOut = post.status === "published";
  const isKept = hasNewCaption && wasOut;
  if (isKept) await keepVersion(tx, post.id);
  const hasNewItems = edit.media !== undefined && (await holdItems(tx, viewer, { id: post.id, wasOut, isKept }, edit.media));
  if (hasNewCaption) changes.push(sql`caption = ${edit.caption}`);
  const hasNewAlt = edit.alt !== undefined && (await setAlts(tx, post.id, altsOf(post, edit.alt))).length > 0;
  if (hasNewItems || hasNewCaption || hasNewAlt) changes.push(sql`edited_at = now()`);
  // What readers keep of the post is told apart by its time of change, which moves with any change.
  const hasOtherFacts = edit.media !== undefined && (await setKeptFacts(tx, post.id, edit.media));
  const hasOtherAuthors = edit.collaborators !== undefined && (await setCollaborators(tx, viewer, post.id, edit.collaborators));
  if (hasOtherFacts || hasOtherAuthors) changes.push(sql`author_id = author_id`);
  if (edit.location !== undefined) changes.push(sql`place_id = ${edit.location === null ? null : await ensurePlace(tx, edit.location)}::bigint`);
  if (edit.comments_enabled !== undefined) changes.push(sql`comments_enabled = ${edit.comments_enabled}`);
  if (edit.like_count_hidden !== undefined) changes.push(sql`like_count_hidden = ${edit.like_count_hidden}`);
  if (edit.is_sensitive !== undefined) changes.push(sql`is_sensitive = ${edit.is_sensitive}`);
  if (edit.reposts_enabled !== undefined) changes.push(sql`reposts_enabled = ${edit.reposts_enabled}`);
  if (edit.is_archived !== undefined && edit.is_archived !== post.is_archived) changes.push(sql`archived_at = ${edit.is_archived ? sql`now()` : sql`null`}`);
  if (edit.scheduled_for !== undefined && isOtherTime(post, edit.scheduled_for)) changes.push(sql`scheduled_for = ${judgeTime(edit.scheduled_for).toISOString()}::timestamptz`);
  return changes;
}

/** Whether a scheduled post is to appear at another time. Throws conflict for one that is not scheduled. */
function isOtherTime(post: Locked, wanted: string): boolean {
  if (post.status !== "scheduled") throw conflict("This post is not scheduled.");
  return post.scheduled_for === null || Date.parse(wanted) !== new Date(post.scheduled_for).getTime();
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

/** A post whose broken photo was replaced or taken out is on its way again. */
async function goOn(tx: Transaction, postId: string): Promise<void> {
  const gone = await tx.execute(sql`
    update posts p set status = 'processing' where p.id = ${postId}::bigint and not exists (select 1 from media m where m.post_id = p.id and m.position is not null and m.state = 'failed') returning 1`);
  // Nothing may be left to do.
  if (gone.length > 0) await advance(tx, postId);
}

async function showAgain(tx: Transaction, post: Locked): Promise<void> {
  await keepPinnedFew(tx, post.author_id, post.id);
  if (post.status === "published") await announce(tx, "post.restored", { postId: post.id });
}

/** The profile counts published posts that are not put away. */
async function countArchived(tx: Transaction, post: Locked, isArchived: boolean): Promise<void> {
  if (post.status !== "published" || isArchived === post.is_archived) return;
  await countPost(tx, post.id, isArchived ? -1 : 1);
}
