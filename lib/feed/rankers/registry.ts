import { defaultRanker } from "./default";
import { affinityV1, engagementV1 } from "./founding";
import type { Ranker } from "./types";

/** Rankers by name; a changed formula gets a new name. */
export const RANKERS = { default: defaultRanker, "engagement-v1": engagementV1, "affinity-v1": affinityV1 } as const satisfies Record<string, Ranker>;

export type RankerName = keyof typeof RANKERS;
export const RANKER_NAMES = Object.keys(RANKERS) as [RankerName, ...RankerName[]];
