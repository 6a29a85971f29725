import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { blockedPart } from "@/lib/platform/visibility/blocks";
import { moveCounter, pendingOf } from "@/lib/posts/counts";
import { repostsByBlocked, sharesByBlocked } from "@/lib/posts/uncounted";
import { lockBetween, requirePublished } from "./visible-post";

/** Notes that the viewer passed the post on by its link, its code or another app; however often, it counts once, also beside a repost. Throws not_found. */
export async function recordShare(viewer: Pick<Viewer, "id">, postId: string): Promise<{ share_count: number }> {
  return db().transaction(async (tx) => {
    await requirePublished(tx, viewer.id, postId);
    await lockBetween(tx, "share", viewer.id, postId);
    const came = await tx.execute(sql`insert into shares (post_id, user_id) values (${postId}::bigint, ${viewer.id}::bigint) on conflict do nothing returning 1`);
    const reposted = await tx.execute(sql`select 1 from reposts where user_id = ${viewer.id}::bigint and post_id = ${postId}::bigint`);
    if (came.length > 0 && reposted.length === 0) await moveCounter(tx, postId, "shares", 1);
    return { share_count: await countNow(tx, "share", viewer.id, postId) };
  });
}

const BY_BLOCKED = { share: sharesByBlocked, repost: repostsByBlocked };

/** The counter as the viewer is shown it, with what is not folded yet. */
export async function countNow(tx: Transaction, what: "share" | "repost", viewerId: string, postId: string): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    with ${blockedPart(viewerId)} select p.${sql.raw(`${what}_count`)} + ${pendingOf(`${what}s`, postId)} - ${BY_BLOCKED[what]} as count from posts p where p.id = ${postId}::bigint`);
  return Math.max(0, row?.count ?? 0);
}
