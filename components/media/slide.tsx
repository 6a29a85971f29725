import type { ReactNode } from "react";

/** One photo of a <Carousel>. */
export function Slide({ index, count, children }: { index: number; count: number; children: ReactNode }) {
  return (
    <div role="group" aria-roledescription="slide" aria-label={`${index + 1} of ${count}`} className="size-full shrink-0 snap-center snap-always">
      {children}
    </div>
  );
}
