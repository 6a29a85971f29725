import type { ReactNode } from "react";

/** A rendered part of a list and where the next one begins. */
export type Part = { nodes: ReactNode; next: string | null };

type Kept = { parts: Part[]; anchor: Anchor | null };
/** The topmost item in sight and how far its upper edge was from the window's, px. */
type Anchor = { item: string; top: number };

const kept = new Map<string, Kept>();
const MOST_KEPT = 12;
/** A list that appears this soon after "back" was pressed, ms, is the one that was left. */
const RETURN = 3_000;

let returnedAt = Number.NEGATIVE_INFINITY;
const returned = () => void (returnedAt = performance.now());

if (typeof window !== "undefined") {
  // The router hears "popstate" first and draws the page at once; where there is a navigation API it tells us earlier.
  window.addEventListener("popstate", returned);
  const { navigation } = window as { navigation?: EventTarget };
  navigation?.addEventListener("navigate", (event) => (event as Event & { navigationType?: string }).navigationType === "traverse" && returned());
}

/** What was kept of a list when its page was left, if this is a return to it. */
export function recallList(key: string): Kept | undefined {
  return typeof window !== "undefined" && performance.now() - returnedAt < RETURN ? kept.get(key) : undefined;
}

/** Called while the list is still on the page. */
export function keepList(key: string, parts: Part[], list: HTMLElement | null): void {
  kept.delete(key);
  kept.set(key, { parts, anchor: list ? anchorOf(list) : null });
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

/** Scrolls to where the list was left. Twice, since the browser's own attempt (from estimated heights) comes in between. */
export function restoreAnchor(key: string, list: HTMLElement | null): void {
  const anchor = recallList(key)?.anchor;
  if (!anchor || !list) return;
  const align = () => {
    const item = list.querySelector(`[data-item="${anchor.item}"]`);
    if (item) window.scrollBy({ top: item.getBoundingClientRect().top - anchor.top, behavior: "instant" });
  };
  align();
  requestAnimationFrame(() => {
    align();
    requestAnimationFrame(align);
  });
}

function anchorOf(list: HTMLElement): Anchor | null {
  for (const element of list.querySelectorAll<HTMLElement>("[data-item]")) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > 0) return { item: element.dataset.item!, top };
  }
  return null;
}
