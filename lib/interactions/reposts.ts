import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { forbidden, invalid, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { moveCounter } from "@/lib/posts/counts";
import { isRepostable } from "@/lib/posts/openness-sql";
import { countNow } from "./shares";
import { lockBetween } from "./visible-post";

type Person = Pick<Viewer, "id">;
type Answer = { reposted: boolean; note: string; repost_count: number };

/**
 * Shows the post to the viewer's followers, with a note, or changes the note; the same call twice has the effect of one. Throws not_found, forbidden
 * (not for everybody, or its author does not want it), invalid (one's own), too_many.
 */
export async function setRepost(viewer: Person, postId: string, note: string): Promise<Answer> {
  await limit("reposts", viewer.id);
  return db().transaction(async (tx) => {
    await lockBetween(tx, "share", viewer.id, postId);
    await requireRepostable(tx, viewer, postId);
    const [row] = await tx.execute<{ came: boolean }>(sql`
      insert into reposts (user_id, post_id, note) values (${viewer.id}::bigint, ${postId}::bigint, ${note})
      on conflict (user_id, post_id) do update set note = excluded.note returning xmax = 0 as came`);
    if (row!.came) {
      await count(tx, viewer, postId, 1);
      await announce(tx, "post.reposted", { postId, userId: viewer.id });
    }
    return { reposted: true, note, repost_count: await countNow(tx, "repost", viewer.id, postId) };
  });
}

async function requireRepostable(tx: Transaction, viewer: Person, postId: string): Promise<void> {
  const [post] = await tx.execute<{ author_id: string; is_open: boolean; is_repostable: boolean }>(sql`
    select p.author_id, p.audience = 'everyone' and not u.is_private as is_open, ${isRepostable} as is_repostable from posts p join users u on u.id = p.author_id
    where p.id = ${postId}::bigint and p.status = 'published' and ${postVisible(viewer.id)}`);
  if (!post) throw notFound();
  if (post.author_id === viewer.id) throw invalid("This is your own post.");
  if (!post.is_open) throw forbidden("Only posts that everybody may see can be reposted.");
  if (!post.is_repostable) throw forbidden("The author does not want this post to be reposted.");
}

/** Takes the repost back, also of what can no longer be seen. Throws not_found when there is neither post nor repost for the viewer. */
export async function removeRepost(viewer: Person, postId: string): Promise<Answer> {
  return db().transaction(async (tx) => {
    await lockBetween(tx, "share", viewer.id, postId);
    const [gone] = await tx.execute<{ note: string }>(sql`delete from reposts where user_id = ${viewer.id}::bigint and post_id = ${postId}::bigint returning note`);
    const [seen] = await tx.execute(sql`select 1 from posts p join users u on u.id = p.author_id where p.id = ${postId}::bigint and ${postVisible(viewer.id)}`);
    if (!gone && !seen) throw notFound();
    if (gone) {
      await count(tx, viewer, postId, -1);
      await announce(tx, "post.unreposted", { postId, userId: viewer.id });
    }
    return { reposted: false, note: "", repost_count: seen ? await countNow(tx, "repost", viewer.id, postId) : 0 };
  });
}

/** Whoever also shared it by the sheet is counted among its shares already. */
async function count(tx: Transaction, viewer: Person, postId: string, by: 1 | -1): Promise<void> {
  await moveCounter(tx, postId, "reposts", by);
  const shared = await tx.execute(sql`select 1 from shares where post_id = ${postId}::bigint and user_id = ${viewer.id}::bigint`);
  if (shared.length === 0) await moveCounter(tx, postId, "shares", by);
}

/** Ends what two people who block each other have to do with each other's posts and collections: reposts, and sharing of collections. */
export async function partPeople(one: string, other: string): Promise<void> {
  for (const [who, whose] of [[one, other], [other, one]] as const) {
    const posts = await db().execute<{ post_id: string }>(sql`
      select r.post_id from reposts r join posts p on p.id = r.post_id where r.user_id = ${who}::bigint and p.author_id = ${whose}::bigint`);
    for (const { post_id } of posts) await removeRepost({ id: who }, post_id);
    await db().execute(sql`
      delete from collection_members m using collections c where c.id = m.collection_id and c.owner_id = ${whose}::bigint and m.user_id = ${who}::bigint`);
  }
}
