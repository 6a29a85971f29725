import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { counting, foldSoon } from "@/lib/posts/counts";
import { changeLike } from "./like";

/** The post as the statement's `seen`, when the viewer may see it and it is published. */
const seenPost = (viewerId: string, postId: string): SQL => sql`
  seen as (select p.id from posts p join users u on u.id = p.author_id
           where p.id = ${postId}::bigint and p.status = 'published' and ${postVisible(viewerId)})`;

/**
 * Makes the viewer like the post or not; the same call twice has the effect of one. The row is there at once, and with it the counter and the
 * event or, for a post that many like, what they follow from a second later. `like_count` counts that in; it is null when the author keeps it
 * to themselves. Throws not_found.
 */
export async function setLike(viewer: Viewer, postId: string, liked: boolean): Promise<{ liked: boolean; like_count: number | null }> {
  const answer = await changeLike({ viewer: viewer.id, post: postId, liked });
  if (!answer) throw notFound();
  return { liked, like_count: answer.shown ? Math.max(answer.like_count, 0) : null };
}

/** Keeps the post among the viewer's saved ones or takes it out; the same call twice has the effect of one. */
export async function setSaved(viewer: Viewer, postId: string, saved: boolean): Promise<{ saved: boolean }> {
  await db().transaction((tx) => (saved ? save(tx, viewer, postId) : unsave(tx, viewer, postId)));
  return { saved };
}

async function save(tx: Transaction, viewer: Viewer, postId: string) {
  const [row] = await tx.execute<{ deferred: boolean }>(sql`
    with ${seenPost(viewer.id, postId)},
    came as (insert into saves (post_id, user_id) select id, ${viewer.id}::bigint from seen on conflict do nothing returning post_id),
    ${counting("saves", postId, sql`1`, sql`exists (select 1 from came)`)}
    select exists (select 1 from deferred) as deferred from seen`);
  if (!row) throw notFound();
  if (row.deferred) foldSoon();
}

/** Also takes out what the viewer can no longer see, so that a saved list can always be tidied. */
async function unsave(tx: Transaction, viewer: Viewer, postId: string) {
  const [row] = await tx.execute<{ known: boolean; deferred: boolean }>(sql`
    with ${seenPost(viewer.id, postId)},
    gone as (delete from saves where user_id = ${viewer.id}::bigint and post_id = ${postId}::bigint returning post_id),
    ${counting("saves", postId, sql`-1`, sql`exists (select 1 from gone)`)}
    select (exists (select 1 from seen) or exists (select 1 from gone)) as known, exists (select 1 from deferred) as deferred`);
  if (!row?.known) throw notFound();
  if (row.deferred) foldSoon();
}
