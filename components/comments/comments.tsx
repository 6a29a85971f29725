import { commentFieldId } from "@/components/interactions/comment-field-id";
import { served } from "./served";
import { servedAt } from "@/components/interactions/served-at";
import { summaryOfViewer } from "@/components/posts/summary-of-viewer";
import { findThread, getCommenting, listComments } from "@/lib/comments/queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";
import { CommentThread } from "./comment-thread";

const FIRST_PART = 12;

/** The conversation under a post: the most relevant comments now, the rest as it is asked for; first of all the one that the address names, with its thread. */
export async function Comments({ post, viewer, commentId }: { post: PostView; viewer: Viewer | null; commentId?: string }) {
  const [slice, commenting, thread] = await Promise.all([
    listComments(viewer, post.id, { limit: FIRST_PART, cursor: null, sort: "relevance" }),
    viewer ? getCommenting(viewer, post.id) : null,
    commentId ? findThread(viewer, post.id, commentId) : null,
  ]);
  const first = served(slice);
  const linked = thread && { id: thread.comment.id, rootId: thread.root.id, hasEarlier: thread.hasEarlier, replies: thread.replies && served(thread.replies) };
  const comments = thread && !thread.isUnwanted ? [thread.root, ...first.comments.filter(({ id }) => id !== thread.root.id)] : first.comments;
  return (
    <CommentThread
      key={commentId ?? ""}
      post={{ id: post.id, shortcode: post.shortcode, total: post.comment_count, enabled: post.comments_enabled, isOwn: viewer?.id === post.user_id }}
      refused={commenting?.allowed === false && post.comments_enabled ? commenting.reason : null}
      fieldId={commentFieldId(post.shortcode)}
      viewer={viewer && summaryOfViewer(viewer)}
      comments={comments}
      next={first.next}
      linked={linked}
      covered={thread?.isUnwanted ? thread.root : null}
      isMissing={commentId !== undefined && thread === null}
      at={servedAt()}
    />
  );
}
