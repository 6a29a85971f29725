import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { invalid, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { changeBetween, count } from "./change";

type Edge = { follower_id: string; followee_id: string; state: "active" | "requested" };

/**
 * Blocks somebody: neither sees the other anywhere, follows and requests both ways end. Again changes nothing.
 * Throws not_found, invalid for oneself.
 */
export async function block(viewer: Viewer, userId: string): Promise<void> {
  await demandKnown(viewer, userId, "blocks");
  await changeBetween([viewer.id, userId], async (tx) => {
    const [came] = await tx.execute(sql`
      insert into blocks (blocker_id, blocked_id) values (${viewer.id}::bigint, ${userId}::bigint) on conflict do nothing returning 1`);
    const gone = await tx.execute<Edge>(sql`
      delete from follows where (follower_id = ${viewer.id}::bigint and followee_id = ${userId}::bigint)
        or (follower_id = ${userId}::bigint and followee_id = ${viewer.id}::bigint) returning follower_id, followee_id, state`);
    for (const edge of gone) if (edge.state === "active") await count(tx, edge.follower_id, edge.followee_id, -1);
    if (came) await announce(tx, "user.blocked", { blockerId: viewer.id, blockedId: userId });
  });
}

/** Takes a block back; who followed whom before does not come back. Again changes nothing. Throws not_found. */
export async function unblock(viewer: Viewer, userId: string): Promise<void> {
  await demandKnown(viewer, userId, "blocks");
  await db().execute(sql`delete from blocks where blocker_id = ${viewer.id}::bigint and blocked_id = ${userId}::bigint`);
}

/** Keeps somebody's posts out of the viewer's feed; they are not told. Again changes nothing. Throws not_found, invalid. */
export async function mute(viewer: Viewer, userId: string): Promise<void> {
  await demandKnown(viewer, userId, "mutes");
  await db().transaction(async (tx) => {
    const [came] = await tx.execute(sql`
      insert into mutes (muter_id, muted_id) values (${viewer.id}::bigint, ${userId}::bigint) on conflict do nothing returning 1`);
    if (came) await announce(tx, "user.muted", { muterId: viewer.id, mutedId: userId });
  });
}

/** Takes a mute back. Again changes nothing. Throws not_found. */
export async function unmute(viewer: Viewer, userId: string): Promise<void> {
  await demandKnown(viewer, userId, "mutes");
  await db().transaction(async (tx) => {
    const [gone] = await tx.execute(sql`delete from mutes where muter_id = ${viewer.id}::bigint and muted_id = ${userId}::bigint returning 1`);
    if (gone) await announce(tx, "user.unmuted", { muterId: viewer.id, mutedId: userId });
  });
}

/** The viewer can see the person, or has already put this distance between them. */
async function demandKnown(viewer: Viewer, userId: string, distance: "blocks" | "mutes"): Promise<void> {
  if (userId === viewer.id) throw invalid("This is you.", { id: "This is you." });
  const already = distance === "blocks"
    ? sql`exists (select 1 from blocks where blocker_id = ${viewer.id}::bigint and blocked_id = u.id)`
    : sql`exists (select 1 from mutes where muter_id = ${viewer.id}::bigint and muted_id = u.id)`;
  const [known] = await db().execute(sql`select 1 from users u where u.id = ${userId}::bigint and (${accountVisible(viewer.id)} or ${already})`);
  if (!known) throw notFound();
}
