"use client";
import { CoveredAct, CoveredLine } from "@/components/ui/covered-line";
import type { Acts } from "./comment-acts";
import type { ShownComment } from "./use-comments";

/** To the post's author, instead of words that wait or were put away, until they want to read them. */
export function CommentCover({ comment: { state, user }, acts, onShow }: { comment: ShownComment; acts: Acts; onShow: () => void }) {
  const waits = state === "pending";
  const what = waits ? "Restricted comment" : "Hidden comment";
  return (
    <CoveredLine label={`${what} by ${user.username}`} text={what} className="flex-1">
      <CoveredAct onAct={onShow}>Show</CoveredAct>
      <CoveredAct onAct={() => void (waits ? acts.approve() : acts.setHidden(false))}>{waits ? "Approve" : "Unhide"}</CoveredAct>
      <CoveredAct onAct={() => void acts.remove()}>Delete</CoveredAct>
    </CoveredLine>
  );
}
