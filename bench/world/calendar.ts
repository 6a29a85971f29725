export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Ids count from here (first migration). */
export const EPOCH_MS = 1_735_689_600_000;

/** How busy people are by the hour of their day, 1 at the evening's peak, and by the day of the week from Sunday. */
const HOURS = [0.25, 0.14, 0.08, 0.06, 0.06, 0.1, 0.22, 0.4, 0.5, 0.5, 0.52, 0.58, 0.68, 0.64, 0.56, 0.55, 0.6, 0.7, 0.82, 0.94, 1, 0.96, 0.76, 0.46];
const DAYS = [1, 0.78, 0.76, 0.78, 0.82, 0.92, 0.98];
/** 1970-01-01 was a Thursday. */
const THURSDAY = 4;

/** How likely somebody whose clock is `zone` hours ahead is at it at this moment, up to 1. */
export function rhythm(ms: number, zone: number): number {
  const hours = Math.floor(ms / HOUR_MS) + zone;
  return HOURS[((hours % 24) + 24) % 24]! * DAYS[(Math.floor(hours / 24) + THURSDAY) % 7]!;
}

/** Where people live, as hours ahead of UTC, and how many of ten: most in Europe, some in the Americas and Asia. */
const ZONES = [1, 1, 1, 1, 0, 2, -5, -5, -8, 8];
export const zoneOf = (tenth: number): number => ZONES[tenth]!;

/** From when to when a world has people and posts. Ms since 1970. */
export type Span = { people: number; posts: number; until: number };

/** People came over 600 days, posts over the last year, both no earlier than ids can say. */
export function spanUntil(until: number): Span {
  const people = Math.max(EPOCH_MS + DAY_MS, until - 600 * DAY_MS);
  return { people, posts: Math.max(people + DAY_MS, until - 365 * DAY_MS), until };
}

/**
 * How many of `total` posts fall into each hour of the span: more by evening and weekend wherever most people live, and nearly twice as many a
 * day at its end as at its beginning. Sums to `total`.
 */
export function postsPerHour({ posts, until }: Span, total: number): Uint32Array {
  const hours = Math.ceil((until - posts) / HOUR_MS);
  const weights = Float64Array.from({ length: hours }, (_, i) => {
    const at = posts + i * HOUR_MS;
    return (0.7 + (0.6 * i) / hours) * ZONES.reduce((sum, zone) => sum + rhythm(at, zone), 0);
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = new Uint32Array(hours);
  let [passed, given] = [0, 0];
  weights.forEach((weight, i) => {
    passed += weight;
    counts[i] = Math.round((passed / all) * total) - given;
    given += counts[i]!;
  });
  return counts;
}
