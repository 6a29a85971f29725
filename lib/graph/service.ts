import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { executePrepared } from "@/db/prepared";
import { announce } from "@/lib/platform/jobs/queue";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { changeBetween, count } from "./change";
import { type State, standing } from "./standing";
import type { FollowState } from "./types";

export { acceptRequest, acceptWaiting, declineRequest, restoreRequest } from "./requests";
export { block, mute, restrict, unblock, unmute, unrestrict } from "./distance";
export { addToCircle, createCircle, deleteCircle, removeFromCircle, renameCircle } from "./circles";
export { setFavourite } from "./favourites";

const stateOf = (state: State): FollowState => ({ following: state === "active", requested: state === "requested" });

/**
 * Follows, or asks a private account; the same call twice has the effect of one.
 * Throws not_found, invalid for oneself, too_many.
 */
export async function follow(viewer: Viewer, userId: string): Promise<FollowState> {
  const now = await standing(db(), viewer, userId);
  if (now !== null) return stateOf(now);
  await limit("follows", viewer.id);
  return changeBetween([viewer.id, userId], async (tx) => {
    const [came] = await executePrepared<{ state: "active" | "requested" }>(tx, sql`
      insert into follows (follower_id, followee_id, state)
      select ${viewer.id}::bigint, u.id, case when u.is_private then 'requested' else 'active' end from users u
      where u.id = ${userId}::bigint and ${accountVisible(viewer.id)}
      on conflict do nothing returning state`);
    // Somebody was quicker: the same person in another tab, or a block.
    if (!came) return stateOf(await standing(tx, viewer, userId));
    const edge = { followerId: viewer.id, followeeId: userId };
    if (came.state === "active") await count(tx, viewer.id, userId, 1);
    await announce(tx, came.state === "active" ? "user.followed" : "follow.requested", edge);
    return stateOf(came.state);
  });
}

/** Ends a follow or takes back a request; the same call twice has the effect of one. Throws not_found, invalid for oneself. */
export async function unfollow(viewer: Viewer, userId: string): Promise<FollowState> {
  if ((await standing(db(), viewer, userId)) !== null) await sever(viewer.id, userId);
  return stateOf(null);
}

/** Makes somebody no longer follow the viewer, who is not told. Throws not_found, invalid for oneself. */
export async function removeFollower(viewer: Viewer, userId: string): Promise<void> {
  await standing(db(), viewer, userId);
  await sever(userId, viewer.id);
}

async function sever(followerId: string, followeeId: string): Promise<void> {
  await changeBetween([followerId, followeeId], async (tx) => {
    const [gone] = await executePrepared<{ state: State }>(tx, sql`
      delete from follows where follower_id = ${followerId}::bigint and followee_id = ${followeeId}::bigint returning state`);
    if (!gone) return;
    await executePrepared(tx, sql`delete from favourites where user_id = ${followerId}::bigint and favourite_id = ${followeeId}::bigint`);
    if (gone.state === "active") await count(tx, followerId, followeeId, -1);
    await announce(tx, "user.unfollowed", { followerId, followeeId });
  });
}
