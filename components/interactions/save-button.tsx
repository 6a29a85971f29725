"use client";
import { IconButton } from "@/components/ui/icon-button";
import { BookmarkIcon } from "@/components/ui/icons";
import type { Subject } from "./subject";
import { askToLogIn, useSaved } from "./use-setting";

export function SaveButton({ subject, className }: { subject: Subject; className?: string }) {
  const [{ on }, setSaved] = useSaved(subject);
  return (
    <IconButton label="Save" pressed={on} className={className} onClick={() => (subject.signedIn ? setSaved(!on) : askToLogIn(subject))}>
      <BookmarkIcon className={on ? "fill-current" : undefined} />
    </IconButton>
  );
}
