import { encodeCommentCursor } from "@/lib/comments/cursors";
import type { CommentSlice } from "@/lib/comments/queries";

/** A part of a list as it travels to the browser. */
export const served = ({ items, nextCursor }: CommentSlice) => ({ comments: items, next: nextCursor && encodeCommentCursor(nextCursor) });
