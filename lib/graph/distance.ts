import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalid, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { changeBetween, count } from "./change";
import { partCircles } from "./circles";
import type { MuteState } from "./types";

type Edge = { follower_id: string; followee_id: string; state: "active" | "requested" };

type NewBlock = { blockerId: string; blockedId: string; coversNew: boolean; /** Whose block this comes of (same-person.ts). */ becauseOfId: string | null };

/**
 * Blocks somebody, and unless `coversNew` is false also accounts that they make from now on: neither sees the other anywhere, follows and
 * requests both ways end, both leave each other's circles. Again changes nothing but that. Throws not_found, invalid for oneself.
 */
export async function block(viewer: Viewer, userId: string, coversNew = true): Promise<void> {
  await demandKnown(viewer, userId, "blocks");
  await changeBetween([viewer.id, userId], (tx) => putBlock(tx, { blockerId: viewer.id, blockedId: userId, coversNew, becauseOfId: null }));
}

/** The part inside a transaction that has both people's rows locked (`changeBetween`). */
export async function putBlock(tx: Transaction, { blockerId, blockedId, coversNew, becauseOfId }: NewBlock): Promise<void> {
  // What somebody says themselves stands above what was concluded.
  const again = becauseOfId === null ? sql`do update set covers_new = excluded.covers_new, because_of_id = null` : sql`do nothing`;
  const [row] = await tx.execute<{ is_new: boolean }>(sql`
    insert into blocks (blocker_id, blocked_id, covers_new, because_of_id) values (${blockerId}::bigint, ${blockedId}::bigint, ${coversNew}, ${becauseOfId}::bigint)
    on conflict (blocker_id, blocked_id) ${again} returning xmax = 0 as is_new`);
  const gone = await tx.execute<Edge>(sql`
    delete from follows where (follower_id = ${blockerId}::bigint and followee_id = ${blockedId}::bigint)
      or (follower_id = ${blockedId}::bigint and followee_id = ${blockerId}::bigint) returning follower_id, followee_id, state`);
  for (const edge of gone) if (edge.state === "active") await count(tx, edge.follower_id, edge.followee_id, -1);
  if (!row?.is_new) return;
  await tx.execute(sql`
    delete from favourites where (user_id = ${blockerId}::bigint and favourite_id = ${blockedId}::bigint) or (user_id = ${blockedId}::bigint and favourite_id = ${blockerId}::bigint)`);
  await partCircles(tx, blockerId, blockedId);
  await announce(tx, "user.blocked", { blockerId, blockedId });
}

/**
 * Takes a block back, and what came of it for other accounts of the person; who followed whom before does not come back. Unblocking one of
 * those other accounts alone also ends that new ones are blocked. Again changes nothing. Throws not_found.
 */
export async function unblock(viewer: Viewer, userId: string): Promise<void> {
  await demandKnown(viewer, userId, "blocks");
  await db().transaction(async (tx) => {
    const [gone] = await tx.execute<{ because_of_id: string | null }>(sql`
      delete from blocks where blocker_id = ${viewer.id}::bigint and blocked_id = ${userId}::bigint returning because_of_id`);
    // A statement of its own: it sees what came of the block until it was gone.
    await tx.execute(sql`delete from blocks where blocker_id = ${viewer.id}::bigint and because_of_id = ${userId}::bigint`);
    if (gone?.because_of_id) await tx.execute(sql`update blocks set covers_new = false where blocker_id = ${viewer.id}::bigint and blocked_id = ${gone.because_of_id}::bigint`);
  });
}

/**
 * Sets what of somebody stays out of the viewer's sight: posts, stories, or both; they are not told. Again changes nothing.
 * Throws not_found, invalid for oneself.
 */
export async function mute(viewer: Viewer, userId: string, { posts = true, stories = true }: { posts?: boolean; stories?: boolean } = {}): Promise<MuteState> {
  await demandKnown(viewer, userId, "mutes");
  await db().transaction(async (tx) => {
    const [before] = await tx.execute<{ posts: boolean }>(sql`select posts from mutes where muter_id = ${viewer.id}::bigint and muted_id = ${userId}::bigint for update`);
    if (!posts && !stories) await tx.execute(sql`delete from mutes where muter_id = ${viewer.id}::bigint and muted_id = ${userId}::bigint`);
    else {
      await tx.execute(sql`
        insert into mutes (muter_id, muted_id, posts, stories) values (${viewer.id}::bigint, ${userId}::bigint, ${posts}, ${stories})
        on conflict (muter_id, muted_id) do update set posts = excluded.posts, stories = excluded.stories`);
    }
    if (posts !== (before?.posts ?? false)) await announce(tx, posts ? "user.muted" : "user.unmuted", { muterId: viewer.id, mutedId: userId });
  });
  return { muting: posts, muting_stories: stories };
}

/** Takes a mute back. Again changes nothing. Throws not_found. */
export const unmute = (viewer: Viewer, userId: string): Promise<MuteState> => mute(viewer, userId, { posts: false, stories: false });

/** Has somebody's comments wait for the viewer's word and shows them no read marks; they are not told. Again changes nothing. Throws not_found, invalid. */
export async function restrict(viewer: Viewer, userId: string): Promise<void> {
  await demandKnown(viewer, userId, "restricts");
  await db().execute(sql`insert into restricts (restricter_id, restricted_id) values (${viewer.id}::bigint, ${userId}::bigint) on conflict do nothing`);
}

/** Takes that back. Again changes nothing. Throws not_found. */
export async function unrestrict(viewer: Viewer, userId: string): Promise<void> {
  await demandKnown(viewer, userId, "restricts");
  await db().execute(sql`delete from restricts where restricter_id = ${viewer.id}::bigint and restricted_id = ${userId}::bigint`);
}

const ALREADY = {
  blocks: sql.raw("select 1 from blocks where blocked_id = u.id and blocker_id ="),
  mutes: sql.raw("select 1 from mutes where muted_id = u.id and muter_id ="),
  restricts: sql.raw("select 1 from restricts where restricted_id = u.id and restricter_id ="),
} as const;

/** The viewer can see the person, or has already put this distance between them. */
async function demandKnown(viewer: Viewer, userId: string, distance: keyof typeof ALREADY): Promise<void> {
  if (userId === viewer.id) throw invalid("This is you.", { id: "This is you." });
  const [known] = await db().execute(sql`
    select 1 from users u where u.id = ${userId}::bigint and (${accountVisible(viewer.id)} or exists (${ALREADY[distance]} ${viewer.id}::bigint))`);
  if (!known) throw notFound();
}
