"use client";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { HeartIcon } from "@/components/ui/icons";
import type { Subject } from "./subject";
import { askToLogIn, useLike } from "./use-setting";

export function LikeButton({ subject }: { subject: Subject }) {
  const [{ on }, setLiked] = useLike(subject);
  return (
    <IconButton label={on ? "Unlike" : "Like"} tone={on ? "accent" : "plain"} onClick={() => (subject.signedIn ? setLiked(!on) : askToLogIn(subject))}>
      <HeartIcon className={cn("transition-transform duration-200 active:scale-85", on && "fill-current")} />
    </IconButton>
  );
}
