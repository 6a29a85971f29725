"use client";
import { compactCount } from "@/components/ui/count";
import { useChange } from "./changes";

/** The words of the link to a post's comments; follows what is written and deleted on this page. */
export function CommentTotal({ postId, count, at }: { postId: string; count: number; at: number }) {
  const current = useChange(`comments:${postId}`, count, at);
  return current === 0 ? "Add the first comment" : current === 1 ? "View 1 comment" : `View all ${compactCount(current)} comments`;
}
