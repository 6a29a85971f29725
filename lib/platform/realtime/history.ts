import { nameOf, type Signal } from "./signals";

/** For so long a stream that was lost can be resumed. */
export const RESUME_MS = 300_000;
/** Clocks of servers differ, and what is told is held back for a second: what came so long before is told again. */
const OVERLAP_MS = 5_000;
const MOST = 20_000;

/** What a process heard lately: of each thing that changed, when it last did. */
export class History {
  readonly #heard = new Map<string, { at: number; signal: Signal }>();
  #since: number;

  /** @param since from when on nothing is missing, ms */
  constructor(since = Date.now(), private readonly most = MOST) {
    this.#since = since;
  }

  add(signal: Signal, at = Date.now()): void {
    const name = nameOf(signal);
    this.#heard.delete(name);
    this.#heard.set(name, { at, signal });
    for (const [oldest, heard] of this.#heard) {
      const isOld = heard.at < at - RESUME_MS - OVERLAP_MS;
      if (!isOld && this.#heard.size <= this.most) break;
      this.#heard.delete(oldest);
      this.#since = Math.max(this.#since, heard.at + 1);
    }
  }

  /** Nothing from before `since` is sure to be known. */
  beginAt(since: number): void {
    this.#since = since;
  }

  /** What was heard from `at` on (and a little before), in the order in which it came; null when some of it may be missing. */
  from(at: number): Signal[] | null {
    const now = Date.now();
    // A moment that is yet to come was not told by any of us.
    if (at - OVERLAP_MS < this.#since || at < now - RESUME_MS || at > now + OVERLAP_MS) return null;
    return [...this.#heard.values()].filter((heard) => heard.at >= at - OVERLAP_MS).map((heard) => heard.signal);
  }
}
