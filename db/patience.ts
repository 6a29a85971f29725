import { isOutage } from "@/lib/platform/http/error-response";

/** Postgres is away or hangs; the request can be repeated in a moment. `code` as its own errors have one (error-response.ts). */
export class DatabaseAwayError extends Error {
  override readonly name = "DatabaseAwayError";
  readonly code = "DATABASE_AWAY";
}

/** A statement that waited this long for a connection gives up: all are taken, and a queue that only grows helps nobody. */
const QUEUE_MS = 5_000;
/** Silence after which Postgres is asked, on a connection of its own, whether it lives; and how long it may take to answer. */
const SILENT_MS = 1_500;
const PROBE_MS = 2_000;
const LOOK_MS = 250;
const TURN_MS = 50;
/** An error page made so shortly after a failure of the database is put down to that. */
const TROUBLE_MS = 5_000;

type Pending = { since: number; isQueued: () => boolean; giveUp: (error: Error) => void };
type Query = Promise<unknown> & { state: unknown; executed: boolean; reject: (error: Error) => void; cancel: () => void };
type Unsafe = (...args: unknown[]) => Query;
type Health = { pending: Set<Pending>; away: boolean; answeredAt: number; failedAt: number; probing: boolean; timer: NodeJS.Timeout | null; probe: ((signal: AbortSignal) => Promise<void>) | null };

// Of the process, also when a bundler loads this module twice: the front and the pages see the same.
const holder = globalThis as typeof globalThis & { heliographDatabaseHealth?: Health };
const health = (holder.heliographDatabaseHealth ??= { pending: new Set(), away: false, answeredAt: 0, failedAt: 0, probing: false, timer: null, probe: null });

/** Whether nothing is asked of Postgres because it does not answer. Known within four seconds of its hanging, at once when it refuses connections. */
export const isDatabaseAway = (): boolean => health.away;

/** Whether the database is away, or failed somebody a moment ago. */
export const isDatabaseTroubled = (): boolean => health.away || Date.now() - health.failedAt < TROUBLE_MS;

/** When Postgres last answered anything, in ms since 1970; what was read later than a little before is as it was left. */
export const databaseAnsweredAt = (): number => health.answeredAt;

/**
 * Makes a pool fail fast: what waits too long for a connection, and everything while Postgres hangs, is rejected with a `DatabaseAwayError`,
 * instead of waiting as long as it takes (postgres.js, whose pool `client` is, has no such limits). A statement that is merely slow goes on. A transaction whose caller
 * was sent away rolls back as soon as its connection answers again. `probe` asks Postgres for a sign of life, on a connection of its own, until it is told that it took too long.
 */
export function withPatience<Client extends object>(client: Client, probe: (signal: AbortSignal) => Promise<void>): Client {
  health.probe = probe;
  const pool = client as unknown as { unsafe: Unsafe; begin: (...args: unknown[]) => Promise<unknown> };
  const [unsafe, begin] = [pool.unsafe, pool.begin];
  // Begins of transactions go through the pool's own `unsafe`, and are watched as a whole.
  pool.unsafe = (...args) => {
    const query = unsafe(...args);
    if (isBegin(args[2])) return query;
    if (health.away) return refuse(query);
    watch(query, { since: Date.now(), isQueued: () => query.state === null, giveUp: (error) => (query.reject(error), query.state === null && query.cancel()) });
    return query;
  };
  pool.begin = (...args) => {
    if (health.away) return Promise.reject(new DatabaseAwayError("Postgres is away"));
    const work = args.pop() as (tx: { unsafe: Unsafe }) => unknown;
    const { promise, reject } = Promise.withResolvers<never>();
    let given: Error | null = null;
    let begun = false;
    const running = begin(...args, async (tx: { unsafe: Unsafe }) => {
      begun = true;
      if (given) throw given;
      const ask = tx.unsafe;
      tx.unsafe = (...statement) => {
        if (given) throw given;
        return ask(...statement);
      };
      const result = await work(tx);
      // All its statements may have been on their way by then.
      if (given) throw given;
      return result;
    });
    const pending = { since: Date.now(), isQueued: () => !begun, giveUp: (error: Error) => reject((given = error)) };
    watch(running, pending);
    return Promise.race([running, promise]);
  };
  return client;
}

const isBegin = (options: unknown) => typeof options === "object" && options !== null && "onexecute" in options;

/** A statement that is never sent. */
function refuse(query: Query): Query {
  query.executed = true;
  query.reject(new DatabaseAwayError("Postgres is away"));
  return query;
}

function watch(query: Promise<unknown>, pending: Pending): void {
  health.pending.add(pending);
  health.timer ??= setInterval(look, LOOK_MS).unref();
  // As postgres.js does it: waiting for a statement sends it.
  query.then(() => answered(pending), (error: unknown) => (isOutage(error) ? failed(pending) : answered(pending)));
}

function answered(pending: Pending): void {
  health.pending.delete(pending);
  health.answeredAt = Date.now();
}

function failed(pending: Pending): void {
  health.pending.delete(pending);
  health.failedAt = Date.now();
  void ask();
}

function look(): void {
  const now = Date.now();
  let oldest = now;
  for (const pending of health.pending) {
    if (pending.isQueued() && now - pending.since > QUEUE_MS) pending.giveUp(new DatabaseAwayError("all connections to Postgres are taken"));
    else oldest = Math.min(oldest, pending.since);
  }
  if (health.away || now - Math.max(oldest, health.answeredAt) > SILENT_MS) return void ask();
  if (health.pending.size > 0 || health.timer === null) return;
  clearInterval(health.timer);
  health.timer = null;
}

/** Whether Postgres lives. While it does not, everybody who waits is sent away, and it is asked again and again. */
async function ask(): Promise<void> {
  if (health.probing || !health.probe) return;
  health.probing = true;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const tooLong = new AbortController();
  // Only turns that this process had count: kept from a processor, it hears late of what has long been answered.
  let [left, last] = [PROBE_MS, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    left -= Math.min(now - last, 2 * TURN_MS);
    last = now;
    if (left <= 0) reject(new Error("no answer"));
  }, TURN_MS);
  try {
    await Promise.race([health.probe(tooLong.signal), late]);
    health.away = false;
    health.answeredAt = Date.now();
  } catch {
    health.away = true;
    health.failedAt = Date.now();
    health.timer ??= setInterval(look, LOOK_MS).unref();
    for (const pending of health.pending) pending.giveUp(new DatabaseAwayError("Postgres does not answer"));
    health.pending.clear();
  } finally {
    clearInterval(timer);
    tooLong.abort();
    health.probing = false;
  }
}
