import "server-only";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { listFeedIds } from "./queries";
import { listSeen } from "./seen";
import { TOP } from "./skeleton";

/** How far down it is looked whether anything is unseen. */
const LOOKED_AT = 200;

/**
 * Before which post of "Following" the line "You're all caught up" belongs: after the last one that the viewer has not seen on any device.
 * Null: at the end, since everything is new, or there is nothing by others.
 */
export async function findCaughtUp(viewer: Pick<Viewer, "id">): Promise<string | null> {
  const ids = await listFeedIds(viewer.id, TOP, LOOKED_AT);
  const seen = await listSeen(viewer, ids);
  const lastNew = ids.findLastIndex((id) => seen.get(id) === false);
  // One's own posts are neither; those at the very top stay above the line.
  const after = lastNew >= 0 ? lastNew + 1 : ids.findIndex((id) => seen.has(id));
  return ids[after] ?? null;
}

/** The newest post of the home feed, "0" when there is none. */
export async function findNewest(viewer: Pick<Viewer, "id">): Promise<string> {
  return (await listFeedIds(viewer.id, TOP, 1))[0] ?? "0";
}
