import "server-only";
import { cache } from "react";
import { notFound } from "@/lib/platform/errors";
import { fromShortcode } from "@/lib/platform/ids";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { getVisiblePost } from "@/lib/posts/queries";
import { listUsers } from "@/lib/profiles/queries";

/** The post of an address as the viewer may see it; once for the page and its metadata. Throws not_found. */
export const loadPost = cache(async (shortcode: string) => {
  const id = fromShortcode(shortcode);
  if (id === null) throw notFound();
  const viewer = await getViewer();
  const post = await getVisiblePost(viewer, id);
  const [author] = viewer ? await listUsers(viewer, [post.user_id]) : [];
  return { post, viewer, author: author ?? null };
});
