import { sqlClient } from "@/db/client";
import { log } from "@/lib/platform/log";

/** Channel on which workers hear that there may be something to do. */
export const WAKE_CHANNEL = "heliograph_jobs";

/** After how many ms workers are woken: the enqueuing transaction has usually committed by the first, surely by the last. */
const DELAYS_MS = [3, 25];

const pending = new Set<number>();

/**
 * Tells the workers, soon, that jobs were enqueued. It is only a hint, on a connection of its own: a NOTIFY inside the
 * enqueuing transactions would make all of them commit one after another (Postgres holds a global lock while a
 * transaction with notifications commits). What a hint misses, the workers' polling finds half a second later.
 */
export function wakeWorkers(): void {
  for (const delay of DELAYS_MS) {
    if (pending.has(delay)) continue;
    pending.add(delay);
    setTimeout(() => {
      pending.delete(delay);
      sqlClient().notify(WAKE_CHANNEL, "").catch((error: unknown) => log().debug({ err: error }, "workers were not woken"));
    }, delay).unref();
  }
}
