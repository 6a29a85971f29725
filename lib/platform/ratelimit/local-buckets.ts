import { LRUCache } from "lru-cache";

/** How many subjects a process remembers; the least recently seen are forgotten. */
const REMEMBERED = 20_000;

type Bucket = { tokens: number; refilledAt: number };

/** Token buckets of this process: the same rule as in Redis, for when there is none. */
export class LocalBuckets {
  readonly #buckets = new LRUCache<string, Bucket>({ max: REMEMBERED });

  /** Takes a token. Returns 0, or the ms after which a repeat makes sense. */
  take(key: string, max: number, intervalMs: number, now = Date.now()): number {
    const bucket = this.#buckets.get(key) ?? { tokens: max, refilledAt: now };
    const refills = Math.floor((now - bucket.refilledAt) / intervalMs);
    if (refills > 0) {
      bucket.tokens = max;
      bucket.refilledAt += refills * intervalMs;
    }
    this.#buckets.set(key, bucket);
    if (bucket.tokens === 0) return bucket.refilledAt + intervalMs - now;
    bucket.tokens -= 1;
    return 0;
  }
}
