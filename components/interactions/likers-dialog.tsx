"use client";
import { Dialog } from "@/components/ui/dialog";
import { listLikersPart } from "./actions";
import { PeoplePart } from "./people-part";

/** Who liked a post: people one follows first, then the newest. */
export function LikersDialog({ postId, onClose }: { postId: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Likes" className="md:min-h-80">
      <PeoplePart name={`likers:${postId}`} load={listLikersPart} args={{ post_id: postId }} />
    </Dialog>
  );
}
