import { setTimeout as pause } from "node:timers/promises";
import { Redis as Connection } from "iovalkey";
import { isConnectable, redis, urlFor, withRedis } from "@/lib/platform/redis/redis";

/** The one log of signals; in a cluster it lies on one node. */
const LOG = "signals";
/** Entries kept, about; at 60 bytes each some megabytes. */
const KEPT = 50_000;
/** And for so long, however few come: they name people and posts, which may go. */
const KEPT_MS = 600_000;
const TRIM_MS = 60_000;
const BLOCK_MS = 2_000;
/** A server that neither answers nor closes the connection is away after this. */
const SILENT_MS = 5_000;
const AGAIN_MS = 250;

type Entry = [id: string, fields: string[]];
type Read = [log: string, entries: Entry[]][] | null;

export type Follower = {
  heard: (text: string) => void;
  /** When the log is read for the first time: what was in it, and from when on it has everything, ms. */
  began: (past: { text: string; at: number }[], since: number) => void;
  /** Something may be missing: the log was cut, emptied, or is another server's. */
  gap: () => void;
};

/** Writes to the log; false when there is none to be had. */
export const writeToLog = (text: string): Promise<boolean> =>
  withRedis(async (client) => isConnectable() && (await client.xadd(LOG, "*", { s: text }, { trim: { type: "MAXLEN", comparison: "~", threshold: KEPT } }), true), false);

const timeOf = (id: string) => Number(id.split("-")[0]);
const textOf = ([, fields]: Entry) => fields[1] ?? "";
/** Below 0 when one entry came before the other. */
const order = (a: string, b: string) => timeOf(a) - timeOf(b) || Number(a.split("-")[1]) - Number(b.split("-")[1]);

/** Follows the log on a connection of its own, over outages. */
export class LogReader {
  #last: { id: string; run: string } | null = null;
  #connection: Connection | null = null;
  #isEnded = false;
  #trimmedAt = 0;
  /** When the server last said that there is no more, ms: until then nothing was missed. */
  upTo = Date.now();

  constructor(private readonly follower: Follower) {}

  async run(): Promise<void> {
    while (!this.#isEnded) {
      await this.#follow().catch(() => {});
      this.#connection?.disconnect();
      if (!this.#isEnded) await pause(AGAIN_MS, undefined, { ref: false });
    }
  }

  async #follow(): Promise<void> {
    // Through the client that follows keys to other nodes, so that their place is known.
    await redis()?.xlen(LOG);
    const connection = new Connection(await urlFor(LOG), { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, connectTimeout: 2_000, keepAlive: 10_000 });
    this.#connection = connection;
    connection.on("error", () => {});
    const ask = <T>(name: string, ...args: string[]): Promise<T> => {
      const late = setTimeout(() => connection.disconnect(), SILENT_MS);
      return (connection.call(name, ...args) as Promise<T>).finally(() => clearTimeout(late));
    };
    if (this.#isEnded) return;
    await connection.connect();
    await this.#begin(ask);
    while (!this.#isEnded) {
      const read = await ask<Read>("XREAD", "COUNT", "1000", "BLOCK", String(BLOCK_MS), "STREAMS", LOG, this.#last!.id);
      this.upTo = Date.now();
      if (this.upTo - this.#trimmedAt > TRIM_MS) {
        this.#trimmedAt = this.upTo;
        // All but the newest: by that one sees after a lost connection that nothing is missing.
        await ask("XTRIM", LOG, "MINID", String(Math.min(this.upTo - KEPT_MS, timeOf(this.#last!.id))));
      }
      this.#take(read?.[0]?.[1] ?? []);
    }
  }

  async #begin(ask: <T>(name: string, ...args: string[]) => Promise<T>): Promise<void> {
    const info = await ask<string>("INFO", "server");
    const run = /run_id:(\w+)/.exec(info)?.[1] ?? "";
    const upMs = Number(/uptime_in_seconds:(\d+)/.exec(info)?.[1] ?? 0) * 1_000;
    const [first] = await ask<Entry[]>("XRANGE", LOG, "-", "+", "COUNT", "1");
    const known = this.#last;
    if (known && known.run === run && (known.id === "0-0" || (first && order(first[0], known.id) <= 0))) return;
    const past = await ask<Entry[]>("XRANGE", LOG, String(Date.now() - 300_000), "+");
    this.#last = { id: past.at(-1)?.[0] ?? (await ask<Entry[]>("XREVRANGE", LOG, "+", "-", "COUNT", "1"))[0]?.[0] ?? "0-0", run };
    // What a server lost when it went down nobody knows.
    if (known) this.follower.gap();
    else this.follower.began(past.map((entry) => ({ text: textOf(entry), at: timeOf(entry[0]) })), Math.max(first ? timeOf(first[0]) : Date.now(), Date.now() - upMs));
  }

  #take(entries: Entry[]): void {
    for (const entry of entries) this.follower.heard(textOf(entry));
    const id = entries.at(-1)?.[0];
    if (id !== undefined) this.#last = { ...this.#last!, id };
  }

  end(): void {
    this.#isEnded = true;
    this.#connection?.disconnect();
  }
}
