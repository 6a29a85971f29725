import { signal } from "@/lib/platform/realtime/signal";

/** Has open pages hear of a comment that came or changed, or of one that everybody saw and no longer does; and of the post's number of comments. After the commit. */
export function signalComment(postId: string, commentId: string, gone = false): void {
  signal({ event: "comment", id: postId, of: commentId, ...(gone ? { gone } : {}) });
  signal({ event: "post", id: postId });
}
