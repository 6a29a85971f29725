"use client";
// Keeps what one reads where it is. The box is a reversed column with one child: so a browser itself begins at the end, stays there, and does not move when older
// messages come above. What is left to do: hold the place of somebody who reads further up when something comes or grows below.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** So near to the end counts as being there, px. */
const NEAR_END = 60;

/** `scrollTop` of a reversed column is 0 at its end and negative above. */
const isNearEnd = (box: HTMLElement) => -box.scrollTop < NEAR_END;

/** `isEnd`: what is loaded goes to the end of all. Where more follows, the lower edge is a place as any other. */
export function useAnchor(box: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>, isEnd: boolean) {
  const anchor = useRef<Anchor | null>(null);
  const sticks = useRef(isEnd);
  const [atEnd, setAtEnd] = useState(isEnd);
  const mayStick = useRef(isEnd);
  mayStick.current = isEnd;

  // While the document is still as it was before this drawing.
  if (typeof window !== "undefined" && box.current && content.current) anchor.current = firstInSight(box.current, content.current);

  useLayoutEffect(() => {
    if (box.current) restore(box.current, anchor.current, sticks.current);
  });

  useEffect(() => {
    const [outer, inner] = [box.current!, content.current!];
    const scrolled = () => {
      sticks.current = mayStick.current && isNearEnd(outer);
      setAtEnd(sticks.current);
      anchor.current = firstInSight(outer, inner);
    };
    // A picture that arrived, a field that grew, a keyboard that came up.
    const sizes = new ResizeObserver(() => restore(outer, anchor.current, sticks.current));
    sizes.observe(outer);
    sizes.observe(inner);
    outer.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      sizes.disconnect();
      outer.removeEventListener("scroll", scrolled);
    };
  }, [box, content]);

  /** Goes to the end and stays there. */
  const toEnd = () => {
    sticks.current = true;
    setAtEnd(true);
    box.current?.scrollTo({ top: 0 });
  };
  /** Puts an element a third below the upper edge. */
  const toRow = (row: Element) => {
    const outer = box.current!;
    sticks.current = false;
    shift(outer, topIn(outer, row) - outer.clientHeight / 3);
    sticks.current = mayStick.current && isNearEnd(outer);
    setAtEnd(sticks.current);
    anchor.current = { row, bottom: bottomIn(outer, row) };
  };
  return { atEnd, toEnd, toRow };
}

/** A row and where its lower edge stands: above itself it may say the time, which goes when those before it come. */
type Anchor = { row: Element; bottom: number };

const topIn = (box: HTMLElement, row: Element) => row.getBoundingClientRect().top - box.getBoundingClientRect().top;
const bottomIn = (box: HTMLElement, row: Element) => row.getBoundingClientRect().bottom - box.getBoundingClientRect().top;

function shift(box: HTMLElement, by: number): void {
  box.scrollTop += by;
}

function restore(box: HTMLElement, anchor: Anchor | null, sticks: boolean): void {
  if (sticks) return void (box.scrollTop = 0);
  if (!anchor?.row.isConnected) return;
  const moved = bottomIn(box, anchor.row) - anchor.bottom;
  if (Math.abs(moved) >= 1) shift(box, moved);
}

/** The first row that is at least partly in sight, and where it stands. */
function firstInSight(box: HTMLElement, content: HTMLElement): Anchor | null {
  const edge = box.getBoundingClientRect().top;
  const rows = content.children;
  let [from, to] = [0, rows.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rows[middle]!.getBoundingClientRect().bottom > edge) to = middle;
    else from = middle + 1;
  }
  const row = rows[from];
  return row ? { row, bottom: row.getBoundingClientRect().bottom - edge } : null;
}
