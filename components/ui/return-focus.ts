"use client";
// const focus = useReturnFocus();   <Radix.Content {...focus}>
// Radix gives the focus back to a dialog's own trigger only; ours are opened by links, menu items and plain buttons.
import { useRef } from "react";

/** Handlers for a dialog's content: what had the focus when it opened gets it back when it closes. */
export function useReturnFocus() {
  const opener = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = openerOf(document.activeElement);
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      opener.current?.focus({ preventScroll: true });
    },
  };
}

/** A menu goes away as the dialog comes: then its button is meant. */
function openerOf(element: Element | null): HTMLElement | null {
  const menu = element?.closest("[role=menu]");
  return (menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : element) as HTMLElement | null;
}
