"use client";
// const focus = useReturnFocus(open);   <Radix.Content {...focus}>
// Radix gives the focus back to a dialog's own trigger only; ours are opened by links, menu items and plain buttons.
import { useRef } from "react";

/** Handlers for a dialog's content: what had the focus when it opened gets it back when it closes. */
export function useReturnFocus(open: boolean) {
  const opener = useRef<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  // While it is drawn, before a field in it takes the focus: then Radix finds nothing to do, and does not ask.
  if (open && !wasOpen.current && typeof document !== "undefined") opener.current = openerOf(document.activeElement);
  wasOpen.current = open;
  return {
    onOpenAutoFocus: () => {
      // A menu that closed meanwhile has given the focus to its button.
      if (document.activeElement !== document.body) opener.current = openerOf(document.activeElement);
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (!hasMovedFocus(opener.current)) opener.current?.focus({ preventScroll: true });
    },
  };
}

/**
 * Once a dialog or menu is gone: whether what was chosen in it has put the focus somewhere, as into a field to write in. Where nothing did, it fell to the body with
 * what had it, or to the dialog around, which holds it.
 */
export function hasMovedFocus(opener: Element | null): boolean {
  const { activeElement: now, body } = document;
  return now !== null && now !== body && !now.contains(opener);
}

/** A menu goes away as the dialog comes: then its button is meant. */
export function openerOf(element: Element | null): HTMLElement | null {
  const menu = element?.closest("[role=menu]");
  return (menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : element) as HTMLElement | null;
}
