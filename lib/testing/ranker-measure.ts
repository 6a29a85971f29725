import { rank } from "../feed/rankers/arrange";
import { RANKERS } from "../feed/rankers/registry";
import type { Features, Reader } from "../feed/rankers/types";
import type { Visit } from "./taste-world";

/** Means over visits. `rank`: the place (from 1) at which what a person likes stands, on average. */
export type Measure = { recall: number; ndcg: number; rank: number; visits: number };

const PAGE = 20;
export type Order = (posts: Features[], reader: Reader) => string[];

const byName = (name: keyof typeof RANKERS): Order => (posts, reader) => rank(RANKERS[name], posts, reader).map((one) => one.features.postId);

/** The rankers, and without one: the followed newest first and, as in "Following", suggestions after them. */
export const ORDERS: Record<string, Order> = {
  "newest first": (posts) => posts.toSorted((a, b) => Number(b.source === "followed") - Number(a.source === "followed") || a.ageHours - b.ageHours).map((one) => one.postId),
  "engagement-v1": byName("engagement-v1"),
  "affinity-v1": byName("affinity-v1"),
  default: byName("default"),
};

/** How early each order puts what people like: recall and NDCG at 20 (gain 1 for a liked post), and its mean place. */
export function measure(visits: Iterable<Visit>, orders: Record<string, Order> = ORDERS): Record<string, Measure> {
  const sums = Object.fromEntries(Object.keys(orders).map((name) => [name, { recall: 0, ndcg: 0, rank: 0, visits: 0 }]));
  for (const { posts, reader, liked } of visits) {
    if (liked.size === 0) continue;
    for (const [name, order] of Object.entries(orders)) {
      const places = order(posts, reader).flatMap((id, i) => (liked.has(id) ? [i] : []));
      const top = places.filter((place) => place < PAGE);
      const sum = sums[name]!;
      sum.visits += 1;
      sum.recall += top.length / Math.min(PAGE, liked.size);
      sum.ndcg += gain(top) / gain(Array.from({ length: Math.min(PAGE, liked.size) }, (_, i) => i));
      sum.rank += places.reduce((total, place) => total + place + 1, 0) / places.length;
    }
  }
  return Object.fromEntries(Object.entries(sums).map(([name, { visits: n, recall, ndcg, rank: place }]) => [name, { recall: recall / n, ndcg: ndcg / n, rank: place / n, visits: n }]));
}

const gain = (places: readonly number[]) => places.reduce((sum, place) => sum + 1 / Math.log2(place + 2), 0);
