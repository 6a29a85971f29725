"use client";
import { type MouseEvent, type PointerEvent, useEffect, useRef } from "react";

/** How long one presses to hold, ms, and how far the finger may slip meanwhile, px. */
const HOLD = 450;
const SLIP = 10;

/** Handlers for a button that does something else when it is held or pressed with the right button. The click that ends a hold does nothing. */
export function useHold(held: (() => void) | undefined) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const fired = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!held) return {};
  const fire = () => {
    fired.current = true;
    held();
  };
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown: (event: PointerEvent) => {
      fired.current = false;
      if (event.button !== 0) return;
      from.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(fire, HOLD);
    },
    onPointerMove: (event: PointerEvent) => {
      if (Math.hypot(event.clientX - from.current.x, event.clientY - from.current.y) > SLIP) stop();
    },
    onPointerUp: stop,
    onPointerCancel: () => {
      stop();
      fired.current = false;
    },
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault();
      stop();
      // A finger that is held may have come here by time already.
      if (!fired.current) held();
    },
    onClickCapture: (event: MouseEvent) => {
      // A press of Enter or the space bar ends no hold.
      if (!fired.current || event.detail === 0) return;
      fired.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
