import "server-only";
import { forbidden, notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getVisiblePost } from "./queries";

/** Somebody else's post: forbidden when the viewer sees it, else not there. */
export async function refuse(viewer: Pick<Viewer, "id">, postId: string): Promise<never> {
  const post = await getVisiblePost(viewer, postId);
  throw post.user_id === viewer.id ? notFound() : forbidden("Only its author may change a post.");
}
