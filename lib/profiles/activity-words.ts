const MINUTE = 60_000;

/** Minutes within which somebody counts as being there; twice the time after which their being there is written anew. */
const NOW_MINUTES = 10;

export const ACTIVE_NOW = "Active now";

/** When somebody was there last, roughly, in words. `at`: ISO 8601. */
export function activityInWords(at: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / MINUTE));
  if (minutes < NOW_MINUTES) return ACTIVE_NOW;
  if (minutes < 60) return `Active ${Math.floor(minutes / 5) * 5} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `Active ${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "Active a day ago" : `Active ${days} days ago`;
}
