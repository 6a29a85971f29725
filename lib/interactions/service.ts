import "server-only";
import { notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { changeLike } from "./like";

export { setReaction } from "./reactions";
export { removeRepost, setRepost } from "./reposts";
export { setSaved } from "./saves";
export { recordShare } from "./shares";

/**
 * Makes the viewer like the post or not; the same call twice has the effect of one. The row is there at once, and with it the counter and the
 * event or, for a post that many like, what they follow from a second later. `like_count` counts that in; it is null when the author keeps it
 * to themselves. Throws not_found.
 */
export async function setLike(viewer: Viewer, postId: string, liked: boolean): Promise<{ liked: boolean; like_count: number | null }> {
  const answer = await changeLike({ viewer: viewer.id, post: postId, liked });
  if (!answer) throw notFound();
  return { liked, like_count: answer.shown ? Math.max(answer.like_count, 0) : null };
}
