"use client";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { BookmarkIcon } from "@/components/ui/icons";
import { later } from "./later";
import type { Subject } from "./subject";
import { useHold } from "./use-hold";
import { useSaved } from "./use-saved";
import { askToLogIn } from "./use-setting";

const CollectionChooser = later(() => import("@/components/collections/collection-chooser").then((m) => m.CollectionChooser));

/** A press saves; holding it, the right button or the menu of the post chooses collections. */
export function SaveButton({ subject, className }: { subject: Subject; className?: string }) {
  const [choosing, setChoosing] = useState(false);
  const [saved, setSaved] = useSaved(subject, () => setChoosing(true));
  const hold = useHold(subject.signedIn ? () => setChoosing(true) : undefined);
  return (
    <>
      <IconButton {...hold} label="Save" pressed={saved} className={className} onClick={() => (subject.signedIn ? setSaved(!saved) : askToLogIn(subject))}>
        <BookmarkIcon className={saved ? "fill-current" : undefined} />
      </IconButton>
      {choosing ? <CollectionChooser gaveUp={() => setChoosing(false)} postId={subject.id} onClose={() => setChoosing(false)} /> : null}
    </>
  );
}
