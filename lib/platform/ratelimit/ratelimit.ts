import { Ratelimit } from "@upstash/ratelimit";
import { LRUCache } from "lru-cache";
import { env } from "@/lib/platform/env";
import { tooMany } from "@/lib/platform/errors";
import { type Redis, withRedis } from "@/lib/platform/redis/redis";
import { LocalBuckets } from "./local-buckets";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Every limit: how many in what time, and what the person is told. They can be raised, never removed. */
const LIMITS = {
  api: { max: () => env().LIMIT_API_PER_MINUTE, window: MINUTE, message: "Too many requests from your network." },
  person: { max: () => env().LIMIT_API_PERSON_PER_MINUTE, window: MINUTE, message: "Too many requests." },
  login: { max: () => env().LIMIT_LOGIN_PER_MINUTE, window: MINUTE, message: "Too many attempts to log in." },
  signup: { max: () => env().LIMIT_SIGNUP_PER_HOUR, window: HOUR, message: "Too many new accounts from your network." },
  mails: { max: () => env().LIMIT_MAILS_PER_HOUR, window: HOUR, message: "That is enough mail for this hour." },
  codes: { max: () => env().LIMIT_CODES_PER_HOUR, window: HOUR, message: "Too many codes were tried." },
  posts: { max: () => env().LIMIT_POSTS_PER_HOUR, window: HOUR, message: "That is enough posts for this hour." },
  follows: { max: () => env().LIMIT_FOLLOWS_PER_DAY, window: DAY, message: "That is enough new people for today." },
  comments: { max: () => env().LIMIT_COMMENTS_PER_MINUTE, window: MINUTE, message: "You comment very fast." },
  reposts: { max: () => env().LIMIT_REPOSTS_PER_HOUR, window: HOUR, message: "That is enough reposts for this hour." },
  reports: { max: () => env().LIMIT_REPORTS_PER_HOUR, window: HOUR, message: "That is enough reports for this hour." },
  messages: { max: () => env().LIMIT_MESSAGES_PER_MINUTE, window: MINUTE, message: "You write very fast." },
  message_changes: { max: () => env().LIMIT_MESSAGE_CHANGES_PER_MINUTE, window: MINUTE, message: "That is a lot of changes at once." },
  message_reads: { max: () => env().LIMIT_MESSAGE_READS_PER_MINUTE, window: MINUTE, message: "Too many reports of what was read." },
  typing: { max: () => env().LIMIT_TYPING_PER_MINUTE, window: MINUTE, message: "Too many signs of typing." },
  strangers: { max: () => env().LIMIT_STRANGERS_PER_DAY, window: DAY, message: "That is enough people whom you do not know for today." },
  stranger_links: { max: () => env().LIMIT_STRANGER_LINKS_PER_DAY, window: DAY, message: "That is enough links to people whom you do not know for today." },
  same_text: { max: () => env().LIMIT_SAME_TEXT_PER_HOUR, window: HOUR, message: "You have sent these words to many people." },
  seen: { max: () => env().LIMIT_SEEN_PER_MINUTE, window: MINUTE, message: "Too many reports of what was seen." },
  push_tests: { max: () => env().LIMIT_PUSH_TESTS_PER_HOUR, window: HOUR, message: "That is enough trying for this hour." },
  widths: { max: () => env().LIMIT_WIDTHS_PER_MINUTE, window: MINUTE, message: "Too many pictures in sizes of their own." },
} as const satisfies Record<string, { max: () => number; window: number; message: string }>;

export type LimitName = keyof typeof LIMITS;

/** How many in how many seconds, for each limit by its name in the API. */
export const publishedRates = () =>
  Object.fromEntries(Object.entries(LIMITS).map(([name, { max, window }]) => [name === "person" ? "api_signed_in" : name, { max: max(), per_seconds: window / SECOND }])) as Record<PublishedRate, { max: number; per_seconds: number }>;

type PublishedRate = Exclude<LimitName, "person"> | "api_signed_in";

// Of the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographBuckets?: LocalBuckets };
const local = (holder.heliographBuckets ??= new LocalBuckets());
/** Subjects known to be over a limit, until when: they cost no round trip. */
const blocked = new LRUCache<string, number>({ max: 20_000 });
/** Subjects for whom a handful of tokens is being fetched. */
const taking = new Map<string, Promise<unknown>>();
/** Tokens taken from Redis in advance and not yet spent. */
const purse = new LRUCache<string, { tokens: number; until: number }>({ max: 20_000 });

/**
 * Counts a request: a signed-in person by id, anybody else by address (API.md, General). Throws 429 when there are too
 * many.
 */
export async function limitApi(viewerId: string | null, address: string): Promise<void> {
  await (viewerId === null ? limit("api", address) : limit("person", viewerId));
}

/**
 * Takes a token of `name` for `subject` (a person's id, an address, an account's name); throws 429 with the time after
 * which a repeat makes sense. Counted in Redis across all servers, in this process when Redis is away.
 */
export async function limit(name: LimitName, subject: string): Promise<void> {
  const rule = LIMITS[name];
  const key = `${name}:${subject.replace(/[{}]/g, "_")}`;
  const waitMs = await waitFor(key, name, rule.max(), rule.window);
  if (waitMs > 0) throw tooMany(`${rule.message} Try again ${inWords(waitMs)}.`, Math.ceil(waitMs / SECOND));
}

async function waitFor(key: string, name: LimitName, max: number, window: number): Promise<number> {
  for (;;) {
    const now = Date.now();
    const until = blocked.get(key) ?? 0;
    if (until > now) return until - now;
    const saved = unspent(key);
    if (saved) {
      saved.tokens -= 1;
      return 0;
    }
    // Requests at the same time share one handful.
    const fetching = taking.get(key);
    if (!fetching) break;
    await fetching;
  }
  return withRedis((redis) => takeShared(redis, key, name, max, window), () => local.take(key, max, window));
}

/** One round trip. Of generous limits a few tokens are taken at once and spent here without asking again. */
function takeShared(client: Redis, key: string, name: LimitName, max: number, window: number): Promise<number> {
  const atOnce = handfulOf(max);
  const answer = ask(client, key, name, max, window, atOnce);
  if (atOnce > 1) taking.set(key, answer.catch(() => 0).finally(() => taking.delete(key)));
  return answer;
}

async function ask(client: Redis, key: string, name: LimitName, max: number, window: number, atOnce: number): Promise<number> {
  const { success, reset } = await bucketOf(client, name, max, window).limit(key, { rate: atOnce });
  if (!success) {
    blocked.set(key, reset);
    return Math.max(1, reset - Date.now());
  }
  if (atOnce > 1) purse.set(key, { tokens: atOnce - 1, until: reset });
  return 0;
}

/** At most a hundredth of the limit, and a divisor of it: the script would let a bucket run below zero. */
function handfulOf(max: number): number {
  let handful = Math.max(1, Math.min(20, Math.floor(max / 100)));
  while (max % handful !== 0) handful -= 1;
  return handful;
}

function unspent(key: string) {
  const saved = purse.get(key);
  return saved && saved.tokens > 0 && saved.until > Date.now() ? saved : undefined;
}

const buckets = new Map<string, { client: Redis; bucket: Ratelimit }>();

function bucketOf(client: Redis, name: LimitName, max: number, window: number): Ratelimit {
  const known = buckets.get(`${name}:${max}`);
  if (known?.client === client) return known.bucket;
  const bucket = new Ratelimit({ redis: together(client), limiter: Ratelimit.tokenBucket(max, `${window} ms`, max), prefix: "limit", ephemeralCache: false, analytics: false, timeout: 0 });
  buckets.set(`${name}:${max}`, { client, bucket });
  return bucket;
}

/**
 * The scripts take a second key, of a limit that can be changed while they run, which we have none of: an empty name. In a cluster it must
 * lie in the slot of the first, also when it is not there.
 */
function together(client: Redis): Redis {
  const beside = (keys: string[]) => [keys[0]!, `{${keys[0]}}:max`];
  return {
    evalsha: (sha: string, keys: string[], args: unknown[]) => client.evalsha(sha, beside(keys), args),
    eval: (script: string, keys: string[], args: unknown[]) => client.eval(script, beside(keys), args),
  } as unknown as Redis;
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / SECOND);
  if (seconds < 90) return seconds === 1 ? "in a second" : `in ${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `in ${minutes} minutes` : `in ${Math.ceil(minutes / 60)} hours`;
}

/** Forgets what was counted for a person who goes for good. What other processes remember ends with its window, a day at most. */
export async function forgetLimitsOf(userId: string): Promise<void> {
  const keys = (Object.keys(LIMITS) as LimitName[]).flatMap((name) => [`${name}:${userId}`, `${name}:account:${userId}`]);
  for (const key of keys) {
    blocked.delete(key);
    purse.delete(key);
  }
  await withRedis(async (client) => void (await Promise.all(keys.map((key) => client.del(`limit:${key}`)))), () => undefined);
}

/** Forgets what this process counted; for tests. */
export function forgetLimits(): void {
  blocked.clear();
  purse.clear();
  buckets.clear();
}
