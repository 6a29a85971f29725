"use client";
import { type ReactNode, useEffect, useState } from "react";
import { Endless } from "@/components/feed/endless";
import type { Part } from "@/components/feed/kept-lists";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Loading, PersonSkeleton } from "@/components/ui/skeleton";
import { listLikersPart } from "./actions";

/** Who liked a post, newest first. */
export function LikersDialog({ postId, onClose }: { postId: string; onClose: () => void }) {
  const [first, setFirst] = useState<Part | "failed" | null>(null);
  useEffect(() => {
    let wanted = true;
    if (first === null) {
      void listLikersPart({ post_id: postId }).then((result) => wanted && setFirst(result.ok ? result.data : "failed"), () => wanted && setFirst("failed"));
    }
    return () => {
      wanted = false;
    };
  }, [postId, first]);

  let body: ReactNode;
  if (first === null) body = <Loading label="Loading people"><PersonSkeleton /><PersonSkeleton /><PersonSkeleton /></Loading>;
  else if (first === "failed") {
    body = (
      <div className="flex flex-col items-center gap-3 py-6">
        <p role="alert" className="text-ui text-muted">The list could not be loaded.</p>
        <Button size="sm" onClick={() => setFirst(null)}>Try again</Button>
      </div>
    );
  } else body = <Endless name={`likers:${postId}`} next={first.next} more={listLikersPart} args={{ post_id: postId }}>{first.nodes}</Endless>;
  return <Dialog open onOpenChange={onClose} title="Likes" className="md:min-h-80">{body}</Dialog>;
}
