// The number of notifications and conversations in which something waits, where the page itself is not seen: in the tab's title, and on the icon of the installed app.

const counts = { notifications: 0, threads: 0 };
let shown = 0;
let observer: MutationObserver | null = null;

/** Keeps it there, also when the page's title changes. */
export function badgeTitle(of: keyof typeof counts, count: number): void {
  counts[of] = count;
  shown = counts.notifications + counts.threads;
  write();
  // The title is the page's; each page brings its own.
  observer ??= watchTitle();
  const badge = navigator as { setAppBadge?: (count: number) => Promise<void> };
  void badge.setAppBadge?.(shown).catch(() => {});
}

function watchTitle(): MutationObserver {
  const watching = new MutationObserver(write);
  watching.observe(document.head, { childList: true, subtree: true, characterData: true });
  return watching;
}

function write(): void {
  const bare = document.title.replace(/^\(\d+\+?\) /, "");
  const wanted = shown > 0 ? `(${shown > 99 ? "99+" : shown}) ${bare}` : bare;
  if (document.title !== wanted) document.title = wanted;
}
