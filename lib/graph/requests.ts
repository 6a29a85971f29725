import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { conflict, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import { seal, unseal } from "@/lib/platform/sealed";
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

/** For how long declining can be taken back, ms: a little longer than it is offered. */
const UNDO_MS = 30_000;

const PURPOSE = "declined-request";
type Declined = { id: string; asked_at: string };
const boundTo = (viewer: Viewer, userId: string) => `${viewer.id}:${userId}`;

/**
 * Refuses a request, of which the other is not told; refusing again changes nothing. Answers what takes it back for half a minute (`restoreRequest`): the request as
 * it was, sealed, since nothing of it is kept; null when there was none. Throws not_found.
 */
export async function declineRequest(viewer: Viewer, userId: string, now = Date.now()): Promise<string | null> {
  const declined = await db().transaction(async (tx) => {
    const [row] = await tx.execute<Declined>(sql`
      delete from follows where follower_id = ${userId}::bigint and followee_id = ${viewer.id}::bigint and state = 'requested' returning id, created_at::text as asked_at`);
    if (row) await announce(tx, "user.unfollowed", { followerId: userId, followeeId: viewer.id });
    return row;
  });
  if (declined) return seal(PURPOSE, boundTo(viewer, userId), JSON.stringify({ ...declined, until: now + UNDO_MS }));
  const [known] = await db().execute(sql`select 1 from users u where u.id = ${userId}::bigint and ${accountVisible(viewer.id)}`);
  if (!known) throw notFound();
  return null;
}

/**
 * Takes declining back with what it answered: the request waits as before, of the day on which it was made. Repeating it does nothing. Throws conflict when it is too
 * late, or the account is open by now; not_found when the other is not there any more.
 */
export async function restoreRequest(viewer: Viewer, userId: string, undo: string, now = Date.now()): Promise<void> {
  const text = unseal(PURPOSE, boundTo(viewer, userId), undo);
  const declined = text === null ? null : (JSON.parse(text) as Declined & { until: number });
  if (!declined || declined.until < now) throw conflict("It is too late to take that back.");
  await changeBetween([viewer.id, userId], async (tx) => {
    const [other] = await tx.execute(sql`select 1 from users u where u.id = ${userId}::bigint and ${accountVisible(viewer.id)}`);
    if (!other) throw notFound();
    const [me] = await tx.execute<{ is_private: boolean }>(sql`select is_private from users where id = ${viewer.id}::bigint`);
    if (!me!.is_private) throw conflict("Your account is public now: nobody has to ask.");
    const [came] = await tx.execute(sql`
      insert into follows (id, follower_id, followee_id, state, created_at) values (${declined.id}::bigint, ${userId}::bigint, ${viewer.id}::bigint, 'requested', ${declined.asked_at}::timestamptz)
      on conflict do nothing returning 1`);
    if (came) await announce(tx, "follow.requested", { followerId: userId, followeeId: viewer.id });
  });
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
