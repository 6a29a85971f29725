"use client";
import { useState } from "react";
import { later } from "@/components/interactions/later";
import type { PostView } from "@/lib/posts/types";

const VersionsSheet = later(() => import("./versions-sheet").then((m) => m.VersionsSheet));

/** Says that a post was edited, and shows what it was before. */
export function EditedMark({ postId, cover }: Pick<PostView, "cover"> & { postId: string }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)} className="relative rounded-sm text-sm text-muted before:absolute before:-inset-x-2 before:-inset-y-2.5 hover:text-ink hover:underline">Edited</button>
      {isOpen ? <VersionsSheet gaveUp={close} postId={postId} cover={cover} onClose={close} /> : null}
    </>
  );
}
