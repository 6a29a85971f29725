import { Redis, type Requester, type UpstashRequest, type UpstashResponse } from "@upstash/redis";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { Breaker, RedisAwayError } from "./breaker";
import { ClusterRequester } from "./cluster";
import { COMMAND_TIMEOUT_MS, RespRequester } from "./resp";
import { slotOf } from "./slots";
import { OVER, type Term, Terms } from "./terms";

export { RedisAwayError } from "./breaker";
export { OVER, type Term } from "./terms";
export type { Redis } from "@upstash/redis";

/** REST over the open network takes longer than a socket next door. */
const REST_TIMEOUT_MS = 1_000;

type Opened = { client: Redis; isAway: () => boolean; epoch: () => Promise<string>; terms: Terms | null; urlFor: ((key: string) => Promise<string>) | null; close: () => void };
const holder = globalThis as typeof globalThis & { heliographRedis?: Opened | null };

/**
 * Plain strings in and out: a client that parses JSON turns ids into numbers that lose their low bits. (Replies are as
 * Redis gives them, HGETALL a flat list.)
 */
class PlainRedis extends Redis {
  constructor(requester: Requester) {
    super(requester);
    (this as unknown as { opts: object }).opts = { automaticDeserialization: false };
  }
}

function open(): Opened | null {
  const { REDIS_URL, REDIS_CLUSTER, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = env();
  if (UPSTASH_REDIS_REST_URL && UPSTASH_REDIS_REST_TOKEN) return openRest(UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN);
  if (!REDIS_URL) return null;
  const urls = REDIS_URL.split(",").map((url) => url.trim());
  if (REDIS_CLUSTER || urls.length > 1) return openCluster(urls);
  const requester = new RespRequester(REDIS_URL);
  return { client: new PlainRedis(requester), isAway: () => requester.breaker.isOpen, epoch: () => requester.epoch(), terms: null, urlFor: async () => REDIS_URL, close: () => requester.disconnect() };
}

function openCluster(urls: string[]): Opened {
  const cluster = new ClusterRequester(urls);
  // Whether a node is away is for its own breaker to know.
  return { client: new PlainRedis(cluster), isAway: () => false, epoch: async () => "cluster", terms: new Terms(cluster), urlFor: async (key) => cluster.topology.urlOf(await cluster.topology.owner(slotOf(key))), close: () => cluster.disconnect() };
}

function openRest(url: string, token: string): Opened {
  const breaker = new Breaker();
  const client = new Redis({
    url,
    token,
    automaticDeserialization: false,
    enableTelemetry: false,
    enableAutoPipelining: false,
    retry: { retries: 1, backoff: () => 50 },
    signal: () => AbortSignal.timeout(REST_TIMEOUT_MS),
  });
  guard(client as unknown as { client: Requester }, breaker);
  return { client, isAway: () => breaker.isOpen, epoch: async () => "rest", terms: null, urlFor: null, close: () => {} };
}

/** Puts the breaker around the client's requests; what Redis itself refuses is no outage. */
function guard(redis: { client: Requester }, breaker: Breaker): void {
  const inner = redis.client;
  const request = inner.request.bind(inner);
  inner.request = <T>(req: UpstashRequest): Promise<UpstashResponse<T>> =>
    breaker.run(() =>
      request<T>(req).catch((error: Error) => {
        if (error.name === "UpstashError") return { error: error.message };
        throw error;
      }),
    );
}

function opened(): Opened | null {
  if (holder.heliographRedis === undefined) holder.heliographRedis = open();
  return holder.heliographRedis;
}

/**
 * Redis, or null where none is configured. Its calls fail fast when it is away; use `withRedis` unless the caller must
 * know (a job that is repeated later).
 */
export function redis(): Redis | null {
  return opened()?.client ?? null;
}

/** Whether what is asked for together must lie in one slot, each with a hash tag of its own. */
export const isCluster = (): boolean => (opened()?.terms ?? null) !== null;

/**
 * Does something with keys of these groups (`{tag}` is part of their names) under the terms that run now, which are also part of their names:
 * what may come back from an old snapshot, or from a server that had the keys before, is then out of reach. Once more when a term ends in
 * between; `work` must bear being done twice. Groups on a node that is away are left out, and then it throws after the work is done.
 */
export async function underTerms<T extends object | number>(tags: readonly string[], work: (terms: ReadonlyMap<string, Term>) => Promise<T>): Promise<T> {
  for (let turn = 0; turn < 2; turn++) {
    const terms = await termsOf(tags);
    const result = terms.size === 0 && tags.length > 0 ? null : await work(terms).catch(unlessOver);
    const holding = result !== null && (await hold(terms));
    if (holding && terms.size === tags.length) return result;
    if (!holding) opened()?.terms?.forget(tags);
    else break;
  }
  throw new RedisAwayError("Redis is away, or was restarted, or its keys were moved in between");
}

function unlessOver(error: Error): null {
  if (!error.message.includes(OVER)) throw error;
  return null;
}

async function termsOf(tags: readonly string[]): Promise<Map<string, Term>> {
  const redis = opened();
  if (redis?.terms) return redis.terms.of(tags);
  const term = { name: (await redis?.epoch()) ?? "0", guard: null };
  return new Map(tags.map((tag) => [tag, term]));
}

async function hold(terms: ReadonlyMap<string, Term>): Promise<boolean> {
  const redis = opened();
  if (redis?.terms) return [...terms].every(([tag, term]) => redis.terms!.holds(tag, term));
  const [first] = terms.values();
  return first === undefined || (await redis?.epoch()) === first.name;
}

/** Whether connections of one's own can be had: there is a Redis, and not only by REST. */
export const isConnectable = (): boolean => Boolean(opened()?.urlFor);

/** Where such a connection reaches the node that has the key, by what is known. Throws RedisAwayError. */
export async function urlFor(key: string): Promise<string> {
  const find = opened()?.urlFor;
  if (!find) throw new RedisAwayError("there is no Redis to connect to");
  return find(key);
}

let saidAt = 0;

/**
 * What `work` has from Redis, or what `fallback` (a value or a function) gives when there is none, it is away, or slow.
 * Never throws for Redis' sake.
 */
export async function withRedis<T>(work: (redis: Redis) => Promise<T>, fallback: T | (() => T | Promise<T>)): Promise<T> {
  const redis = opened();
  if (redis && !redis.isAway()) {
    try {
      return await work(redis.client);
    } catch (error) {
      if (!(error instanceof RedisAwayError) && Date.now() - saidAt > 10_000) {
        saidAt = Date.now();
        log().warn({ err: error, timeout_ms: COMMAND_TIMEOUT_MS }, "Redis failed; carrying on without it");
      }
    }
  }
  return typeof fallback === "function" ? (fallback as () => T | Promise<T>)() : fallback;
}

/** Ends the connection; for scripts and tests. The next use opens it again. */
export function closeRedis(): void {
  holder.heliographRedis?.close();
  holder.heliographRedis = undefined;
}
