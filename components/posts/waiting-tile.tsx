"use client";
import { Spinner } from "@/components/ui/spinner";
import type { PostView } from "@/lib/posts/types";
import { usePostStatus } from "./use-post-status";

/** In the author's own grids: a post whose photos are not ready yet, or could not be prepared. */
export function WaitingTile({ id, status: served }: { id: string; status: PostView["status"] }) {
  const { status } = usePostStatus(id, { status: served });
  return (
    <span className="flex size-full flex-col items-center justify-center gap-2 p-2 text-center text-xs font-semibold text-muted">
      {status === "failed" ? "Could not be prepared" : status === "held" ? "Waiting to be looked at" : status === "scheduled" ? "Scheduled" : <><Spinner className="text-xl text-accent" />Preparing…</>}
    </span>
  );
}
