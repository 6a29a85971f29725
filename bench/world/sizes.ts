import sizes from "./sizes.json";

/**
 * A world to be made. `heavy` people follow `heavyFollows` others and more; `pullThreshold` is what the app is started with, so that also a small
 * world has authors whose posts are merged at read; `diskGb` is what it takes at most while it is made, `memory` what Postgres may take to sort an index.
 */
export type Size = { name: string; people: number; posts: number; follows: number; likes: number; heavy: number; heavyFollows: number; pullThreshold: number; diskGb: number; memory: string };

export const SIZES: Record<string, Size> = sizes;

/** A world of any number of people, much like the smallest; for tests. */
export function sizeOf(people: number): Size {
  const scaled = (value: number) => Math.round((value * people) / sizes["10k"].people);
  return { name: `${people}`, people, posts: scaled(60_000), follows: people * 40, likes: scaled(400_000), heavy: 2, heavyFollows: Math.round(people / 2), pullThreshold: 60, diskGb: 1, memory: "32MB" };
}
