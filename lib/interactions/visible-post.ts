import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import { postVisible } from "@/lib/platform/visibility/visibility";

/** SQL: a part of a `with`, `seen`: the post `p` when the viewer may see it and it is published. */
export const seenPost = (viewerId: string, postId: string): SQL => sql`
  seen as (select p.id from posts p join users u on u.id = p.author_id
           where p.id = ${postId}::bigint and p.status = 'published' and ${postVisible(viewerId)})`;

/** Throws not_found unless the viewer may see the post and it is published. */
export async function requirePublished(executor: Executor, viewerId: string, postId: string): Promise<void> {
  const [row] = await executor.execute(sql`with ${seenPost(viewerId, postId)} select 1 from seen`);
  if (!row) throw notFound();
}

/** In a transaction: what the same person does to the same post in two places at once happens one after the other. */
export async function lockBetween(executor: Executor, what: "reaction" | "save" | "share", viewerId: string, postId: string): Promise<void> {
  await executor.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${what}:${viewerId}:${postId}`}, 0))`);
}
