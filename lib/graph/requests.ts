import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { changeBetween, count } from "./change";

/** Lets somebody follow who asked to; somebody who already follows stays one. Throws not_found when nobody asked. */
export async function acceptRequest(viewer: Viewer, userId: string): Promise<void> {
  const [known] = await db().execute(sql`
    select 1 from follows f join users u on u.id = f.follower_id
    where f.follower_id = ${userId}::bigint and f.followee_id = ${viewer.id}::bigint and ${accountVisible(viewer.id)}`);
  if (!known) throw notFound();
  await changeBetween([viewer.id, userId], (tx) => accept(tx, userId, viewer.id));
}

/** Refuses a request, of which the other is not told; refusing again changes nothing. Throws not_found. */
export async function declineRequest(viewer: Viewer, userId: string): Promise<void> {
  const gone = await db().transaction(async (tx) => {
    const rows = await tx.execute(sql`
      delete from follows where follower_id = ${userId}::bigint and followee_id = ${viewer.id}::bigint and state = 'requested' returning 1`);
    if (rows.length > 0) await announce(tx, "user.unfollowed", { followerId: userId, followeeId: viewer.id });
    return rows.length > 0;
  });
  if (gone) return;
  const [known] = await db().execute(sql`select 1 from users u where u.id = ${userId}::bigint and ${accountVisible(viewer.id)}`);
  if (!known) throw notFound();
}

/** Turns the request into a follow, new at the head of both lists. False when there is none (any more). */
async function accept(tx: Transaction, followerId: string, followeeId: string): Promise<boolean> {
  const [came] = await tx.execute(sql`
    update follows set state = 'active', id = next_id(), created_at = now()
    where follower_id = ${followerId}::bigint and followee_id = ${followeeId}::bigint and state = 'requested' returning 1`);
  if (!came) return false;
  await count(tx, followerId, followeeId, 1);
  await announce(tx, "follow.accepted", { followerId, followeeId });
  return true;
}

const BATCH = 100;

/**
 * Lets all in who wait before an account that is open now. Each is a change of its own, so that neither a crash nor many
 * of them leave anything half done; whoever is still waiting is let in by the next run. Stops after `most`.
 */
export async function acceptWaiting(userId: string, most = Number.POSITIVE_INFINITY): Promise<void> {
  for (let done = 0; done < most; ) {
    const waiting = await db().execute<{ follower_id: string }>(sql`
      select f.follower_id from follows f join users u on u.id = f.followee_id
      where f.followee_id = ${userId}::bigint and f.state = 'requested' and not u.is_private order by f.id limit ${BATCH}`);
    if (waiting.length === 0) return;
    for (const { follower_id } of waiting) {
      await changeBetween([follower_id, userId], async (tx) => {
        const [open] = await tx.execute(sql`select 1 from users where id = ${userId}::bigint and not is_private`);
        if (open) await accept(tx, follower_id, userId);
      });
    }
    done += waiting.length;
  }
}
