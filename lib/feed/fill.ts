import "server-only";
import { fewAtOnce } from "@/lib/platform/process/few-at-once";
import { log } from "@/lib/platform/log";
import { redis } from "@/lib/platform/redis/redis";
import { readForStore } from "./skeleton";
import { FEED_LENGTH, fillFeed } from "./store";

/** One build of a feed at a time in this process; across processes the mark in Redis sees to it. */
const underWay = new Map<string, Promise<boolean>>();
/** When Redis comes back empty everybody's feed is to be built; meanwhile pages come from Postgres, which has to have time for them. */
const turn = fewAtOnce({ limit: 2, ms: 10_000, most: Infinity });
/** Beyond so many nobody waits: the next visit asks again. */
const WAITING = 5_000;

/**
 * Builds the stored feed of a reader from Postgres. `replaced`: the mark of the outdated one it may replace. Returns
 * whether it stands. Throws when Redis or Postgres fails.
 */
export function fill(viewerId: string, replaced: string | null): Promise<boolean> {
  const client = redis();
  if (!client) return Promise.resolve(false);
  const running = underWay.get(viewerId);
  if (running) return running;
  if (underWay.size >= WAITING) return Promise.resolve(false);
  const build = turn().then((leave) => fillFeed(client, viewerId, replaced, () => readForStore(viewerId, FEED_LENGTH)).finally(leave)).finally(() => underWay.delete(viewerId));
  underWay.set(viewerId, build);
  return build;
}

/** The same beside the request being served, whose answer does not wait for it. */
export function fillSoon(viewerId: string, replaced: string | null): void {
  fill(viewerId, replaced).catch((error: unknown) => log().debug({ user_id: viewerId, err: error }, "a feed was not built"));
}
