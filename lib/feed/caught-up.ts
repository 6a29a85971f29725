import "server-only";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { listFeedIds } from "./queries";
import { hasSeenBelow, listSeen } from "./seen";
import { TOP } from "./skeleton";

/** It is looked further down by so many posts, so many times, until a whole part was seen before. */
export const PART = 40;
const PARTS = 5;

/**
 * Before which post of "Following" the line "You're all caught up" belongs: after the last one that the viewer has not seen on any device.
 * Null: at the end, since everything is new, or there is nothing by others. `first`: the newest `PART` ids of the feed, where they are known already.
 */
export async function findCaughtUp(viewer: Pick<Viewer, "id">, first?: readonly string[]): Promise<string | null> {
  const looked: { id: string; seen: boolean | undefined }[] = [];
  for (let part = 0; part < PARTS; part++) {
    const ids = (part === 0 && first) || (await listFeedIds(viewer.id, looked.at(-1)?.id ?? TOP, PART));
    const seen = await listSeen(viewer, ids);
    looked.push(...ids.map((id) => ({ id, seen: seen.get(id) })));
    if (ids.length < PART || ids.every((id) => seen.get(id) !== false)) break;
    // Nothing further down can have been seen either, as for somebody who is new here.
    if (part === 0 && !ids.some((id) => seen.get(id)) && !(await hasSeenBelow(viewer, ids.at(-1)!))) return null;
  }
  const lastNew = looked.findLastIndex(({ seen }) => seen === false);
  // One's own posts are neither; those at the very top stay above the line.
  const after = lastNew >= 0 ? lastNew + 1 : looked.findIndex(({ seen }) => seen);
  return looked[after]?.id ?? null;
}

/** The newest post of the home feed, "0" when there is none. */
export async function findNewest(viewer: Pick<Viewer, "id">): Promise<string> {
  return (await listFeedIds(viewer.id, TOP, 1))[0] ?? "0";
}
