import "server-only";
import { randomUUID } from "node:crypto";
import { type Redis, redisEpoch } from "@/lib/platform/redis/redis";
import { BEGIN, FINISH, PUSH, READ, REMOVE, run } from "./scripts";

/** How many posts of a feed Redis keeps; what is older comes from Postgres. */
export const FEED_LENGTH = 800;
/** A feed nobody looks at is forgotten, and rebuilt on return. */
const TTL_SECONDS = 30 * 86_400;
/** A build that takes longer was given up. */
const BUILD_MS = 10_000;
/** Feeds per script call: Redis does nothing else meanwhile. */
const KEYS_PER_CALL = 250;

/** `floor`: the feed has every post from this id on ("0": every post). `version`: whom the reader followed (skeleton.ts). */
export type StoredFeed = { ids: string[]; floor: string; version: string; mark: string };
/** `missing` may be built; `building` is being built by somebody else. */
export type FeedReading = StoredFeed | "missing" | "building";

const DIGITS = 19;
const pad = (id: string) => id.padStart(DIGITS, "0");
const unpad = (member: string) => member.replace(/^0+(?=\d)/, "");

/** The run of the Redis server is part of the key: a feed from an old snapshot lacks what was pushed since. */
const keyOf = async (userId: string) => `feed:${await redisEpoch()}:${userId}`;

/** Up to `count` ids older than `cursor` (null: the newest), newest first. Reading from the top counts as a visit. */
export async function readFeed(redis: Redis, userId: string, cursor: string | null, count: number): Promise<FeedReading> {
  const bound = cursor === null ? "+" : `(${pad(cursor)}`;
  const [mark, ...members] = await run<string[]>(redis, READ, [await keyOf(userId)], [bound, String(count), cursor === null ? String(TTL_SECONDS) : "0"]);
  if (!mark) return "missing";
  if (!mark.startsWith("!c:")) return "building";
  return { ids: members.map(unpad), floor: unpad(mark.slice(3, 3 + DIGITS)), version: mark.slice(4 + DIGITS), mark };
}

/**
 * Fills a feed: marks it as being filled, so that posts published from now on are added to it, then loads what was there
 * before and puts both together. `replaced` is the mark of the outdated feed that may be thrown away for it. Returns
 * whether the feed stands now; false when somebody else is at it, or it was dropped or flushed in the meantime.
 */
export async function fillFeed(redis: Redis, userId: string, replaced: string | null, load: () => Promise<{ ids: string[]; version: string }>): Promise<boolean> {
  const key = await keyOf(userId);
  const token = randomUUID();
  if ((await run<number>(redis, BEGIN, [key], [token, String(BUILD_MS), replaced ?? ""])) !== 1) return false;
  const { ids, version } = await load();
  const floor = ids.length >= FEED_LENGTH ? ids[FEED_LENGTH - 1]! : "0";
  const args = [token, String(FEED_LENGTH), pad(floor), version, String(TTL_SECONDS), ...ids.slice(0, FEED_LENGTH).map(pad)];
  return (await run<number>(redis, FINISH, [key], args)) === 1;
}

/** Adds a post to those of these people's feeds that exist. Returns to how many. */
export function pushToFeeds(redis: Redis, userIds: readonly string[], postId: string): Promise<number> {
  return onFeeds(redis, userIds, (keys) => run<number>(redis, PUSH, keys, [pad(postId), String(FEED_LENGTH)]));
}

/** Takes a post out of these people's feeds. */
export function removeFromFeeds(redis: Redis, userIds: readonly string[], postId: string): Promise<number> {
  return onFeeds(redis, userIds, (keys) => run<number>(redis, REMOVE, keys, [pad(postId)]));
}

/** Forgets feeds; the next visit builds them anew. A build under way comes to nothing. */
export async function dropFeeds(redis: Redis, userIds: readonly string[]): Promise<void> {
  if (userIds.length > 0) await redis.del(...(await Promise.all(userIds.map(keyOf))));
}

async function onFeeds(redis: Redis, userIds: readonly string[], work: (keys: string[]) => Promise<number>): Promise<number> {
  const epoch = await redisEpoch();
  const calls: Promise<number>[] = [];
  for (let start = 0; start < userIds.length; start += KEYS_PER_CALL) calls.push(work(userIds.slice(start, start + KEYS_PER_CALL).map((id) => `feed:${epoch}:${id}`)));
  const changed = (await Promise.all(calls)).reduce((sum, n) => sum + n, 0);
  if ((await redisEpoch()) !== epoch) throw new Error("Redis was restarted in between");
  return changed;
}
