"use client";
// <Carousel label="Photos by ada" count={6} style={{ aspectRatio }}>{slides}</Carousel>   Each child is a <Slide>.
// A native scroller that snaps: swiping is the browser's own. Arrows for mice, arrow keys when it has the focus, dots and a counter.
import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { ChevronLeftIcon, ChevronRightIcon } from "@/components/ui/icons";
import { Dots } from "./dots";

type Props = { label: string; count: number; style?: CSSProperties; className?: string; children: ReactNode };

const arrowClass = cn(
  "absolute top-1/2 z-10 hidden size-11 -translate-y-1/2 items-center justify-center rounded-full text-white opacity-0 transition-opacity ring-on-photo",
  "before:absolute before:inset-1 before:-z-1 before:rounded-full before:bg-scrim hover:before:bg-black/80 isolate",
  "group-hover/carousel:opacity-100 group-focus-within/carousel:opacity-100 focus-visible:opacity-100 pointer-fine:flex [&>svg]:size-5",
);

export function Carousel({ label, count, style, className, children }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);

  function show(index: number) {
    const box = scroller.current;
    if (!box || index < 0 || index >= count) return;
    // The button that is about to vanish at either end must not take the focus with it.
    if ((index === 0 || index === count - 1) && document.activeElement !== box) box.focus({ preventScroll: true });
    box.scrollTo({ left: index * box.clientWidth });
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(current + step);
  }

  return (
    <>
      <div className={cn("group/carousel relative w-full overflow-hidden", className)} style={style} onKeyDown={onKeyDown}>
        <div
          ref={scroller}
          role="group"
          aria-roledescription="carousel"
          aria-label={label}
          tabIndex={0}
          onScroll={(event) => setCurrent(Math.round(Math.abs(event.currentTarget.scrollLeft) / event.currentTarget.clientWidth))}
          className="flex size-full snap-x snap-mandatory overflow-x-auto overflow-y-hidden overscroll-x-contain scroll-smooth ring-on-photo [scrollbar-width:none]"
        >
          {children}
        </div>
        {current > 0 ? (
          <button type="button" aria-label="Previous photo" className={cn(arrowClass, "left-2")} onClick={() => show(current - 1)}>
            <ChevronLeftIcon />
          </button>
        ) : null}
        {current < count - 1 ? (
          <button type="button" aria-label="Next photo" className={cn(arrowClass, "right-2")} onClick={() => show(current + 1)}>
            <ChevronRightIcon />
          </button>
        ) : null}
        <span aria-live="polite" className="tabular pointer-events-none absolute top-3 right-3 rounded-full bg-scrim px-2.5 py-1 text-xs font-semibold text-white">
          <span aria-hidden="true">{`${current + 1}/${count}`}</span>
          <span className="sr-only">{`Photo ${current + 1} of ${count}`}</span>
        </span>
      </div>
      <Dots count={count} current={current} />
    </>
  );
}
