// The words of <RelativeTime>. Pure, in UTC and English, so that server and browser write the same.

export type RelativeStyle = "short" | "long";

const units = [
  { limit: 3600, seconds: 60, short: "min", long: "minute" },
  { limit: 86_400, seconds: 3600, short: "h", long: "hour" },
  { limit: 7 * 86_400, seconds: 86_400, short: "d", long: "day" },
] as const;

const thisYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const otherYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** "now", "5 min", "3 h", "6 d", then a date. `iso` in ISO 8601, `now` in ms. A time ahead of the clock is "now". */
export function formatRelative(iso: string, now: number, style: RelativeStyle = "short"): string {
  const then = new Date(iso);
  const age = (now - then.getTime()) / 1000;
  if (!Number.isFinite(age)) return "";
  if (age < 60) return style === "short" ? "now" : "just now";
  const unit = units.find(({ limit }) => age < limit);
  if (!unit) return (then.getUTCFullYear() === new Date(now).getUTCFullYear() ? thisYear : otherYear).format(then);
  const count = Math.floor(age / unit.seconds);
  return style === "short" ? `${count} ${unit.short}` : `${count} ${unit.long}${count === 1 ? "" : "s"} ago`;
}

/** "12 November 2026 at 14:03 UTC", for the tooltip. */
export function formatFull(iso: string): string {
  const then = new Date(iso);
  return Number.isNaN(then.getTime()) ? "" : `${full.format(then)} UTC`;
}
