"use client";
import { useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { SmilePlusIcon } from "@/components/ui/icons";
import { later } from "./later";
import type { Subject } from "./subject";
import { useReactions } from "./use-reactions";
import { askToLogIn } from "./use-setting";

const load = () => import("./reaction-picker").then((m) => m.ReactionPicker);
const ReactionPicker = later(load);

/** Opens the emoji with which one can react. */
export function ReactButton({ subject }: { subject: Subject }) {
  const [reactions, setReaction] = useReactions(subject);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLSpanElement>(null);
  const mine = reactions.filter((one) => one.mine).map((one) => one.emoji);
  // A press that began while the picker was open closes it, as any press outside of it does, and its click must not open it again.
  const closes = useRef(false);
  const close = () => setOpen(false);
  function press() {
    if (!subject.signedIn) return askToLogIn(subject);
    if (!closes.current) setOpen(true);
    closes.current = false;
  }
  return (
    <span ref={button} className="inline-flex">
      <IconButton
        label="React"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void load().catch(() => {})}
        onFocus={() => void load().catch(() => {})}
        onPointerDown={() => (closes.current = open)}
        onClick={press}
      >
        <SmilePlusIcon />
      </IconButton>
      {open ? <ReactionPicker gaveUp={close} anchor={button} mine={mine} onChoose={(emoji) => setReaction(emoji, !mine.includes(emoji))} onClose={close} /> : null}
    </span>
  );
}
