"use client";
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from "react";
import { setChange, UNCONFIRMED, useChange } from "@/components/interactions/changes";
import { cn } from "@/components/ui/cn";
import { EyeOffIcon } from "@/components/ui/icons";

export type Why = "sensitive" | "word";
type Props = { postId: string; why: Why; backdrop: string | null; ratio: number; className?: string; children: ReactNode };

export const WHY: Record<Why, { title: string; text: string }> = {
  sensitive: { title: "Sensitive", text: "Its author marked this post as sensitive." },
  word: { title: "Hidden", text: "Hidden because of a word in your list." },
};

/** Once asked for, it is shown wherever else it stands on the pages of this visit. */
const keyOf = (postId: string) => `uncovered:${postId}`;
export const useUncovered = (postId: string): boolean => useChange(keyOf(postId), false, 0);
export const uncover = (postId: string): void => setChange(keyOf(postId), true, UNCONFIRMED);

export function Cover({ postId, why, backdrop, ratio, className, children }: Props) {
  const isShown = useUncovered(postId);
  const [asked, setAsked] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone.
  useEffect(() => {
    if (asked && isShown) place.current?.focus({ preventScroll: true });
  }, [asked, isShown]);
  if (isShown) return <div ref={place} tabIndex={-1} className="focus:outline-none">{children}</div>;
  const { title, text } = WHY[why];
  return (
    <div role="group" aria-label={title} className={cn("relative isolate flex items-center justify-center overflow-hidden bg-sunken", className)} style={{ aspectRatio: ratio }}>
      {backdrop ? <span aria-hidden="true" className="absolute -inset-8 -z-1 bg-cover bg-center blur-xl" style={{ backgroundImage: `url(${backdrop})` } as CSSProperties} /> : null}
      <span aria-hidden="true" className="absolute inset-0 -z-1 bg-scrim" />
      <div className="flex max-w-72 flex-col items-center gap-2 p-4 text-center text-white">
        <EyeOffIcon className="size-7" />
        <p className="text-ui">{text}</p>
        <button
          type="button"
          onClick={() => {
            setAsked(true);
            uncover(postId);
          }}
          className="mt-1 min-h-11 rounded-full bg-white px-6 text-ui font-semibold text-black ring-on-photo hover:opacity-90"
        >
          Show
        </button>
      </div>
    </div>
  );
}

export function WordsCover({ postId, children }: { postId: string; children: ReactNode }) {
  return useUncovered(postId) ? children : null;
}

export function TileCover({ postId, why, author, colour, children }: { postId: string; why: Why; author: string; colour: string | null; children: ReactNode }) {
  if (useUncovered(postId)) return children;
  return (
    <span className="flex size-full items-center justify-center bg-sunken" style={colour ? { backgroundColor: colour } : undefined}>
      <span aria-hidden="true" className="flex size-10 items-center justify-center rounded-full bg-scrim text-white"><EyeOffIcon className="size-5" /></span>
      <span className="sr-only">{`${WHY[why].title}: post by ${author}`}</span>
    </span>
  );
}
