"use client";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { ShareIcon } from "@/components/ui/icons";
import { later } from "./later";
import type { Subject } from "./subject";

const load = () => import("./share-sheet").then((m) => m.ShareSheet);
const ShareSheet = later(load);

/** Everything by which a post leaves for elsewhere, or for one's own followers. */
export function ShareButton({ subject, author }: { subject: Subject; author: string }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <IconButton label="Share" aria-haspopup="dialog" onPointerEnter={() => void load().catch(() => {})} onFocus={() => void load().catch(() => {})} onClick={() => setOpen(true)}>
        <ShareIcon />
      </IconButton>
      {open ? <ShareSheet gaveUp={close} subject={subject} author={author} onClose={close} /> : null}
    </>
  );
}
