import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { preparedWithin } from "@/db/prepared";
import type { Events } from "@/lib/platform/jobs/events";
import { announcement } from "@/lib/platform/jobs/queue";
import { wakeWorkers } from "@/lib/platform/jobs/wake";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { changeBetween, counting } from "./change";
import { type State, standing } from "./standing";
import type { FollowState } from "./types";

export { acceptRequest, acceptWaiting, declineRequest, restoreRequest } from "./requests";
export { block, mute, restrict, unblock, unmute, unrestrict } from "./distance";
export { addToCircle, createCircle, deleteCircle, removeFromCircle, renameCircle } from "./circles";
export { setFavourite } from "./favourites";

const EDGE: Record<keyof (Events["user.followed"] & Events["user.unfollowed"] & Events["follow.requested"]), string> = { followerId: "follower_id", followeeId: "followee_id" };
const edgeOf = sql.raw(`json_build_object(${Object.entries(EDGE).map(([name, column]) => `'${name}', ${column}::text`).join(", ")}) as data`);

/** A follow, or a request, with its counters and its event. Nothing when there is one, or the account is not to be seen. */
const begin = preparedWithin<{ state: "active" | "requested" }, "follower" | "followee">("follow", (arg) => sql`
  with came as (
    insert into follows (follower_id, followee_id, state)
    select ${arg("follower")}::bigint, u.id, case when u.is_private then 'requested' else 'active' end from users u where u.id = ${arg("followee")}::bigint and ${accountVisible(arg("follower"))}
    on conflict do nothing returning follower_id, followee_id, state),
  counted as (${counting(arg("follower"), arg("followee"), 1, sql`exists (select 1 from came where state = 'active')`)}),
  followed as (${announcement("user.followed", sql`select ${edgeOf} from came where state = 'active'`)}),
  requested as (${announcement("follow.requested", sql`select ${edgeOf} from came where state = 'requested'`)})
  select state::text from came`);

const end = preparedWithin<{ state: "active" | "requested" }, "follower" | "followee">("unfollow", (arg) => sql`
  with gone as (delete from follows where follower_id = ${arg("follower")}::bigint and followee_id = ${arg("followee")}::bigint returning follower_id, followee_id, state),
  no_favourite as (delete from favourites where user_id = ${arg("follower")}::bigint and favourite_id = ${arg("followee")}::bigint and exists (select 1 from gone)),
  counted as (${counting(arg("follower"), arg("followee"), -1, sql`exists (select 1 from gone where state = 'active')`)}),
  told as (${announcement("user.unfollowed", sql`select ${edgeOf} from gone`)})
  select state::text from gone`);

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
    const [came] = await begin(tx, { follower: viewer.id, followee: userId });
    // Somebody was quicker: the same person in another tab, or a block.
    if (!came) return stateOf(await standing(tx, viewer, userId));
    wakeWorkers();
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
  const ended = await changeBetween([followerId, followeeId], (tx) => end(tx, { follower: followerId, followee: followeeId }));
  if (ended.length > 0) wakeWorkers();
}
