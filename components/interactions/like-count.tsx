"use client";
import { useState } from "react";
import { useLiveCounts } from "@/components/live/counts";
import { compactCount } from "@/components/ui/count";
import { later } from "./later";
import type { Subject } from "./subject";
import { useLike } from "./use-setting";

const load = () => import("./likers-dialog").then((m) => m.LikersDialog);
const LikersDialog = later(load);

/** "128 likes", which opens the list of who they are. Nothing when the author keeps the number to themselves. */
export function LikeCount({ subject }: { subject: Subject }) {
  const [{ count }] = useLike(subject);
  const [open, setOpen] = useState(false);
  useLiveCounts(subject.id, subject.signedIn);
  if (count === null) return null;
  if (count === 0) return <p className="flex min-h-6 items-center text-sm text-muted">No likes yet</p>;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onPointerEnter={() => void load().catch(() => {})}
        onFocus={() => void load().catch(() => {})}
        onClick={() => setOpen(true)}
        className="tabular relative flex min-h-6 items-center rounded-sm text-sm font-semibold before:absolute before:-inset-x-2 before:-inset-y-2.5"
      >
        {compactCount(count)} {count === 1 ? "like" : "likes"}
      </button>
      {open ? <LikersDialog gaveUp={() => setOpen(false)} postId={subject.id} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
