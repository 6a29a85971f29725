import "server-only";
import { LRUCache } from "lru-cache";

/**
 * Of one stored feed: which large authors its reader follows whose posts are merged at read (`merged`, ids with commas), and what that was found under: whom the reader
 * followed (`whom`) and when any author was last decided anew (`crossings`). As good as what is stored, which is thrown away whenever the reader comes to follow others.
 */
export type Merged = { build: string; whom: string; crossings: string; version: string; merged: string };

const LETTERS = 16_000_000;
/** What an entry takes besides its ids. */
const OTHER_LETTERS = 300;

// Of the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographMerged?: LRUCache<string, Merged> };
const kept = (holder.heliographMerged ??= new LRUCache({ maxSize: LETTERS, sizeCalculation: ({ merged }) => OTHER_LETTERS + merged.length }));

/** What this process knows of the reader's stored feed of this build; whether it still holds is for the caller to compare. */
export function knownMerged(readerId: string, build: string): Merged | undefined {
  const found = build === "" ? undefined : kept.get(readerId);
  return found?.build === build ? found : undefined;
}

/** Keeps it for the next page; of a feed without a build nothing. */
export function keepMerged(readerId: string, merged: Merged): void {
  if (merged.build !== "") kept.set(readerId, merged);
}
