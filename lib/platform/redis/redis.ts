import { Redis, type Requester, type UpstashRequest, type UpstashResponse } from "@upstash/redis";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { Breaker, RedisAwayError } from "./breaker";
import { COMMAND_TIMEOUT_MS, RespRequester } from "./resp";

export { RedisAwayError } from "./breaker";
export type { Redis } from "@upstash/redis";

/** REST over the open network takes longer than a socket next door. */
const REST_TIMEOUT_MS = 1_000;

type Opened = { client: Redis; breaker: Breaker; epoch: () => Promise<string>; close: () => void };
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
  const { REDIS_URL, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = env();
  if (UPSTASH_REDIS_REST_URL && UPSTASH_REDIS_REST_TOKEN) return openRest(UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN);
  if (!REDIS_URL) return null;
  const requester = new RespRequester(REDIS_URL);
  return { client: new PlainRedis(requester), breaker: requester.breaker, epoch: () => requester.epoch(), close: () => requester.disconnect() };
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
  return { client, breaker, epoch: async () => "rest", close: () => {} };
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

/**
 * Which run of which server we are connected to. Keys of data that must not come back from an old snapshot bear it: after
 * a restart they are out of reach, and rebuilt. Fails when Redis is away.
 */
export async function redisEpoch(): Promise<string> {
  return (await opened()?.epoch()) ?? "0";
}

let saidAt = 0;

/**
 * What `work` has from Redis, or what `fallback` (a value or a function) gives when there is none, it is away, or slow.
 * Never throws for Redis' sake.
 */
export async function withRedis<T>(work: (redis: Redis) => Promise<T>, fallback: T | (() => T | Promise<T>)): Promise<T> {
  const redis = opened();
  if (redis && !redis.breaker.isOpen) {
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
