"use client";
import { type ReactNode, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import type { HeldState, WaitingCommentView } from "@/lib/comments/types";
import { useWaiting } from "./use-waiting";
import { WaitingLine } from "./waiting-line";

type Props = { state: HeldState; label: string; comments: WaitingCommentView[]; next: string | null; at: number; /** Shown where nothing is left. */ empty: ReactNode };

/** Comments on all of one's posts that wait or were put away, each with what one can do about it. */
export function WaitingComments({ state, label, comments, next: start, at, empty }: Props) {
  const { shown, next, loading, load, list, recount } = useWaiting(state, { comments, next: start, at });
  const isUsedUp = shown.length === 0 && next !== null && loading === "idle";
  useEffect(() => {
    if (isUsedUp) void load();
    // Once for each time that all lines were decided on.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isUsedUp]);
  return (
    <section aria-label={label} tabIndex={-1} className="focus:outline-none">
      {shown.length > 0 ? (
        <ul className="flex flex-col divide-y border-y">
          {shown.map((comment) => <WaitingLine key={comment.id} comment={comment} list={list} onGone={recount} />)}
        </ul>
      ) : next === null ? empty : null}
      {next !== null ? (
        <div className="mt-4 flex flex-col items-center gap-2">
          {loading === "failed" ? <p role="alert" className="text-sm text-muted">Comments could not be loaded.</p> : null}
          {shown.length === 0 && loading !== "failed" ? <Spinner className="py-8" /> : <Button size="sm" loading={loading === "busy"} onClick={() => void load()}>{loading === "failed" ? "Try again" : "More comments"}</Button>}
        </div>
      ) : null}
    </section>
  );
}
