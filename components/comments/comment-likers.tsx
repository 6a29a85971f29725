"use client";
import { PeoplePart } from "@/components/interactions/people-part";
import { Dialog } from "@/components/ui/dialog";
import { listCommentLikersPart } from "./actions";

/** Who liked a comment, those whom one follows first. */
export function CommentLikers({ commentId, onClose }: { commentId: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Likes" className="md:min-h-80">
      <PeoplePart name={`comment-likers:${commentId}`} load={listCommentLikersPart} args={{ comment_id: commentId }} />
    </Dialog>
  );
}
