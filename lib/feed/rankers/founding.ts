import type { Ranker } from "./types";

/** A like given in the first second must not divide by nothing. */
const SHORTEST_HOURS = 1 / 60;

/** 2·likes + 3·comments + 1000/(hours + 1), of the last 7 days. */
export const engagementV1: Ranker = {
  name: "engagement-v1",
  window: 7 * 24,
  isSpread: false,
  terms: ({ likes, comments, ageHours }) => [
    { name: "likes", value: 2 * likes },
    { name: "comments", value: 3 * comments },
    { name: "freshness", value: 1000 / (ageHours + 1) },
  ],
};

/** (0.3·likes/h + 0.5·comments/h + 0.2·affinity) × max(0, 1 − age/24 h), affinity = min(1, interactions/10). */
export const affinityV1: Ranker = {
  name: "affinity-v1",
  window: null,
  isSpread: false,
  terms({ likes, comments, ageHours, interactions }) {
    const hours = Math.max(ageHours, SHORTEST_HOURS);
    const left = Math.max(0, 1 - ageHours / 24);
    return [
      { name: "likes", value: 0.3 * (likes / hours) * left },
      { name: "comments", value: 0.5 * (comments / hours) * left },
      { name: "affinity", value: 0.2 * Math.min(1, interactions / 10) * left },
    ];
  },
};
