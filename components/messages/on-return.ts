/** A tab that was hidden for longer may have slept, ms. */
export const LONG_MS = 30_000;

/** Calls `back` when the tab is looked at again, or the network is back, until the returned function is called. `mayHaveMissed`: events may have passed by meanwhile. */
export function onReturn(back: (mayHaveMissed: boolean) => void): () => void {
  let hiddenAt = Number.POSITIVE_INFINITY;
  const isSeen = () => document.visibilityState === "visible";
  const turned = () => {
    if (isSeen()) back(Date.now() - hiddenAt > LONG_MS);
    hiddenAt = isSeen() ? Number.POSITIVE_INFINITY : Date.now();
  };
  // Where nobody looks it waits until somebody does.
  const online = () => (isSeen() ? back(true) : void (hiddenAt = Number.NEGATIVE_INFINITY));
  document.addEventListener("visibilitychange", turned);
  window.addEventListener("online", online);
  return () => {
    document.removeEventListener("visibilitychange", turned);
    window.removeEventListener("online", online);
  };
}
