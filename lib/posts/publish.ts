import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { retryFailed } from "@/lib/media/attached";
import { notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { countPost } from "./post-counts";
import { getVisiblePost } from "./queries";
import type { PostView } from "./types";

type Progress = { id: string; author_id: string; is_archived: boolean; is_ready: boolean; has_failed: boolean };

/**
 * Publishes the post of a photo that became ready, when it was the last one: status, author's count and event commit
 * together, once, in whatever order its photos come.
 */
export async function publishIfReady(mediaId: string): Promise<void> {
  await db().transaction(async (tx) => {
    const post = await lockProcessing(tx, mediaId);
    if (post?.is_ready) await publish(tx, post);
  });
}

/** Brings a locked post that is being processed as far as its photos are. */
export async function advance(tx: Transaction, postId: string): Promise<void> {
  const post = await readProgress(tx, postId);
  if (post?.is_ready) await publish(tx, post);
  else if (post?.has_failed) await fail(tx, post);
}

async function publish(tx: Transaction, post: Progress): Promise<void> {
  await tx.execute(sql`update posts set status = 'published', published_at = coalesce(published_at, now()), updated_at = now() where id = ${post.id}::bigint`);
  if (!post.is_archived) await countPost(tx, post.id, 1);
  await announce(tx, "post.published", { postId: post.id });
}

const fail = (tx: Transaction, post: Progress) => tx.execute(sql`update posts set status = 'failed', updated_at = now() where id = ${post.id}::bigint`);

/** Marks the post of a photo that can't be shown as failed; its author sees why and may try again or delete it. */
export async function failIfBroken(mediaId: string): Promise<void> {
  await db().transaction(async (tx) => {
    const post = await lockProcessing(tx, mediaId);
    if (post?.has_failed) await fail(tx, post);
  });
}

/** The post of a photo while it is being processed, locked; where its photos stand is read after the lock is had. */
async function lockProcessing(tx: Transaction, mediaId: string): Promise<Progress | undefined> {
  const [locked] = await tx.execute<{ id: string }>(sql`
    select p.id from posts p where p.id = (select post_id from media where id = ${mediaId}::bigint) and p.status = 'processing' and p.deleted_at is null for update`);
  return locked && readProgress(tx, locked.id);
}

async function readProgress(tx: Transaction, postId: string): Promise<Progress | undefined> {
  const [post] = await tx.execute<Progress>(sql`
    select p.id, p.author_id, p.archived_at is not null as is_archived,
      (select count(*) from media m where m.post_id = p.id and m.position is not null and m.state = 'ready') = p.media_count as is_ready,
      exists (select 1 from media m where m.post_id = p.id and m.position is not null and m.state = 'failed') as has_failed
    from posts p where p.id = ${postId}::bigint`);
  return post;
}

/** Processes a failed post once more. Repeating it does nothing. Throws not_found. */
export async function retryPost(viewer: Pick<Viewer, "id">, postId: string): Promise<PostView> {
  await db().transaction(async (tx) => {
    const [post] = await tx.execute<{ status: string }>(sql`
      select status from posts where id = ${postId}::bigint and author_id = ${viewer.id}::bigint and deleted_at is null for update`);
    if (!post) throw notFound();
    if (post.status !== "failed" || (await retryFailed(tx, postId)) === 0) return;
    await tx.execute(sql`update posts set status = 'processing', updated_at = now() where id = ${postId}::bigint`);
  });
  return getVisiblePost(viewer, postId);
}
