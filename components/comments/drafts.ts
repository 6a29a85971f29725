import type { UserSummary } from "@/lib/profiles/types";
import type { ShownComment } from "./use-comments";

/** As in `lib/comments/schemas.ts`, which judges. */
export const MAX_COMMENT_LENGTH = 2200;

/** A random key for one submission. `crypto.randomUUID` is missing on plain http from another machine. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is shown while a comment is on its way. */
export function draftOf(content: string, key: string, user: UserSummary, postId: string, parentId: string | null): ShownComment {
  return {
    id: `draft-${key}`, post_id: postId, parent_id: parentId, user, content, mentions: [], state: "shown", like_count: 0, reply_count: 0, is_liked: false, is_pinned: false,
    is_edited: false, editable_until: null, can_delete: false, can_moderate: false, created_at: new Date().toISOString(), pending: true, at: 0,
  };
}
