"use client";
// Likes on a double tap or double click, with a heart where it happened. An extra for hands; the button does the same for everyone.
import { type PointerEvent, type ReactNode, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { HeartIcon } from "@/components/ui/icons";
import type { Subject } from "./subject";
import { useLike } from "./use-setting";

/** Longest time between two taps, ms, and how far apart they may lie, px. */
const PAUSE = 320;
const REACH = 40;

type Tap = { x: number; y: number; at: number };

const pop: Keyframe[] = [
  { opacity: 0, transform: "translate(-50%, -50%) scale(0.4)" },
  { opacity: 1, transform: "translate(-50%, -50%) scale(1.12)", offset: 0.18 },
  { opacity: 1, transform: "translate(-50%, -50%) scale(1)", offset: 0.3 },
  { opacity: 1, transform: "translate(-50%, -50%) scale(1)", offset: 0.7 },
  { opacity: 0, transform: "translate(-50%, -80%) scale(1)" },
];
const still: Keyframe[] = [{ opacity: 1, transform: "translate(-50%, -50%)" }, { opacity: 0, transform: "translate(-50%, -50%)" }];

export function DoubleTap({ subject, className, children }: { subject: Subject; className?: string; children: ReactNode }) {
  const [{ on }, setLiked] = useLike(subject);
  const heart = useRef<HTMLSpanElement>(null);
  const last = useRef<Tap | null>(null);

  function onPointerUp(event: PointerEvent<HTMLDivElement>) {
    if (!subject.signedIn || event.button !== 0 || (event.target as Element).closest("button, a, summary")) return;
    const before = last.current;
    const tap = { x: event.clientX, y: event.clientY, at: event.timeStamp };
    const twice = before && tap.at - before.at < PAUSE && Math.hypot(tap.x - before.x, tap.y - before.y) < REACH;
    last.current = twice ? null : tap;
    if (!twice) return;
    const box = event.currentTarget.getBoundingClientRect();
    show(tap.x - box.left, tap.y - box.top);
    if (!on) setLiked(true);
  }

  function show(x: number, y: number) {
    if (!heart.current) return;
    Object.assign(heart.current.style, { left: `${x}px`, top: `${y}px` });
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    heart.current.animate(calm ? still : pop, { duration: 900, easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" });
  }

  return (
    <div className={cn("relative touch-manipulation select-none", className)} onPointerUp={onPointerUp}>
      {children}
      <span ref={heart} aria-hidden="true" className="pointer-events-none absolute z-10 text-white opacity-0 drop-shadow-[0_2px_14px_rgb(0_0_0/0.45)]">
        <HeartIcon className="size-24 fill-current stroke-none" />
      </span>
    </div>
  );
}
