"use client";
import { useState } from "react";
import { compactCount } from "@/components/ui/count";
import { Dialog } from "@/components/ui/dialog";
import { SegmentedControl } from "@/components/ui/segmented";
import type { ReactionView } from "@/lib/posts/types";
import { listReactorsPart } from "./actions";
import { PeoplePart } from "./people-part";

/** Who reacted to a post, by emoji. */
export function ReactorsDialog({ postId, reactions, onClose }: { postId: string; reactions: ReactionView[]; onClose: () => void }) {
  const [emoji, setEmoji] = useState(reactions[0]!.emoji);
  return (
    <Dialog open onOpenChange={onClose} title="Reactions" className="md:min-h-96">
      <SegmentedControl label="Emoji" name="emoji" className="mb-4" value={emoji} onChange={setEmoji} options={reactions.map(({ emoji: value, count }) => ({ value, text: count === null ? value : `${value} ${compactCount(count)}` }))} />
      <PeoplePart key={emoji} name={`reactors:${postId}:${emoji}`} load={listReactorsPart} args={{ post_id: postId, emoji }} />
    </Dialog>
  );
}
