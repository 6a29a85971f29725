import { commentFieldId } from "@/components/interactions/comment-field-id";
import { servedAt } from "@/components/interactions/served-at";
import { listComments } from "@/lib/comments/queries";
import { encodeCursor } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";
import { summaryOfViewer } from "@/components/posts/summary-of-viewer";
import { CommentThread } from "./comment-thread";

const FIRST_PART = 12;

/** The conversation under a post: the newest comments now, the rest as it is asked for. */
export async function Comments({ post, viewer }: { post: PostView; viewer: Viewer | null }) {
  const { items, nextCursor } = await listComments(viewer, post.id, { limit: FIRST_PART, cursor: null });
  return (
    <CommentThread
      post={{ id: post.id, shortcode: post.shortcode, total: post.comment_count, enabled: post.comments_enabled }}
      fieldId={commentFieldId(post.shortcode)}
      viewer={viewer && summaryOfViewer(viewer)}
      comments={items}
      next={nextCursor && encodeCursor(nextCursor)}
      at={servedAt()}
    />
  );
}
