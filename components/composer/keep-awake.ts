let wanted = false;
let lock: WakeLockSentinel | null = null;

/** Keeps the screen of a phone on while files are sent: asleep, it would cut the connection. Browsers that can't, don't. */
export function keepAwake(isWanted: boolean): void {
  wanted = isWanted;
  if (typeof document === "undefined" || !("wakeLock" in navigator)) return;
  void settle();
}

async function settle(): Promise<void> {
  if (!wanted) return void lock?.release().catch(() => {});
  if (lock && !lock.released) return;
  // Refused when the page is not seen or the battery is low.
  lock = await navigator.wakeLock.request("screen").catch(() => null);
  if (!wanted) void lock?.release().catch(() => {});
}

// The lock ends by itself when the page is left for another.
if (typeof document !== "undefined") document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wanted && keepAwake(true));
