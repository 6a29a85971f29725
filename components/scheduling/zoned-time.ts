/** A day of the calendar; `month` from 0, as `Date` counts. */
export type Day = { year: number; month: number; date: number };

/** By how much a zone is ahead of UTC at an instant, ms. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }).formatToParts(instant);
  const read = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  return Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second")) - Math.floor(instant / 1000) * 1000;
}

/** When a clock of the zone shows this day and time ("14:05"). An hour that is skipped in spring is taken as the one after it. */
export function toInstant({ year, month, date }: Day, time: string, zone: string): Date {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const wall = Date.UTC(year, month, date, hours, minutes);
  const first = wall - offsetAt(wall, zone);
  // Across a change of the clocks the first answer may be an hour off.
  const second = wall - offsetAt(first, zone);
  return new Date(offsetAt(second, zone) === wall - second ? second : Math.max(first, second));
}

/** What a clock of the zone shows. */
export function toWall(instant: Date, zone: string): { day: Day; time: string } {
  const wall = new Date(instant.getTime() + offsetAt(instant.getTime(), zone));
  return { day: { year: wall.getUTCFullYear(), month: wall.getUTCMonth(), date: wall.getUTCDate() }, time: wall.toISOString().slice(11, 16) };
}

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** "Tue 3 Mar 2026, 14:05", on the clock of the zone. */
export function timeText(instant: Date, zone = ownZone()): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(instant);
}
