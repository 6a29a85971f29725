import "server-only";
import { randomUUID } from "node:crypto";
import { isCluster, OVER, type Redis, type Term, underTerms } from "@/lib/platform/redis/redis";
import { crc16 } from "@/lib/platform/redis/slots";
import { BEGIN, type Call, DROP, FINISH, PUSH, READ, REMOVE, run, runAll, type Script } from "./scripts";

/** How many posts of a feed Redis keeps at least; what is older comes from Postgres. */
export const FEED_LENGTH = 800;
/** A feed grows by so many before it is cut to that: cutting costs as much as adding to two feeds. */
const SPARE = 32;
/** A feed nobody looks at is forgotten, and rebuilt on return. */
const TTL_SECONDS = 30 * 86_400;
/** A build that takes longer was given up. */
const BUILD_MS = 10_000;
/** Feeds per script call: Redis does nothing else meanwhile. */
const KEYS_PER_CALL = 250;

/** `floor`: the feed has every post from this id on ("0": every post). `version`: whom the reader followed (skeleton.ts). `build`: another for each time that it is filled. */
export type StoredFeed = { ids: string[]; floor: string; version: string; build: string; mark: string };
/** `missing` may be built; `building` is being built by somebody else. */
export type FeedReading = StoredFeed | "missing" | "building";

const DIGITS = 19;
const GREATEST = 2n ** 63n - 1n;
/** A post's id as a feed has it, and back (scripts.ts). */
const memberOf = (id: string) => (GREATEST - BigInt(id)).toString().padStart(DIGITS, "0");
const idOf = (member: string) => (GREATEST - BigInt(member)).toString();

/** Feeds are kept in so many groups, each in one slot of a cluster: enough to lie evenly on many nodes, few enough to be written several at once. */
const GROUPS = 512;
const groupOf = (userId: string) => `f${crc16(userId) % GROUPS}`;
// Not "feed:", under which an earlier version kept other members.
const keyOf = (group: string, term: Term, userId: string) => `home:{${group}}:${term.name}:${userId}`;
const callOf = (group: string, term: Term, userIds: readonly string[], args: string[]): Call => ({
  keys: [...userIds.map((id) => keyOf(group, term, id)), ...(term.guard === null ? [] : [term.guard])],
  args: [term.guard === null ? "" : term.name, ...args],
});

/** Up to `count` ids older than `cursor` (null: the newest), newest first. Reading from the top counts as a visit. */
export async function readFeed(redis: Redis, userId: string, cursor: string | null, count: number): Promise<FeedReading> {
  const bound = cursor === null ? "[0" : `(${memberOf(cursor)}`;
  const [mark, ...members] = await onFeed(userId, (call) => run<string[]>(redis, READ, call([bound, String(count), cursor === null ? String(TTL_SECONDS) : "0"])));
  if (!mark) return "missing";
  if (!mark.startsWith("!d:")) return "building";
  const [version = "", build = ""] = mark.slice(4 + DIGITS).split("#");
  return { ids: members.map(idOf), floor: idOf(mark.slice(3, 3 + DIGITS)), version, build, mark };
}

/**
 * Fills a feed: marks it as being filled, so that posts published from now on are added to it, then loads what was there
 * before and puts both together. `replaced` is the mark of the outdated feed that may be thrown away for it. Returns
 * whether the feed stands now; false when somebody else is at it, or it was dropped or flushed in the meantime.
 */
export async function fillFeed(redis: Redis, userId: string, replaced: string | null, load: () => Promise<{ ids: string[]; version: string }>): Promise<boolean> {
  const token = randomUUID();
  // Both halves under one term: one that is over has no feed to finish.
  const begun = await onFeed(userId, async (call) => ({ call, isOurs: (await run<number>(redis, BEGIN, call([token, String(BUILD_MS), replaced ?? ""]))) === 1 }));
  if (!begun.isOurs) return false;
  const { ids, version } = await load();
  const floor = ids.length >= FEED_LENGTH ? ids[FEED_LENGTH - 1]! : "0";
  const args = [token, String(FEED_LENGTH), memberOf(floor), `${version}#${token.slice(0, 8)}`, String(TTL_SECONDS), ...ids.slice(0, FEED_LENGTH).map(memberOf)];
  const finished = await run<number>(redis, FINISH, begun.call(args)).catch((error: Error) => {
    if (!error.message.includes(OVER)) throw error;
    return 0;
  });
  return finished === 1;
}

/** Adds a post to those of these people's feeds that exist. Returns to how many. */
export function pushToFeeds(redis: Redis, userIds: readonly string[], postId: string): Promise<number> {
  return onFeeds(redis, userIds, PUSH, [memberOf(postId), String(FEED_LENGTH), String(SPARE)]);
}

/** Takes a post out of these people's feeds. */
export function removeFromFeeds(redis: Redis, userIds: readonly string[], postId: string): Promise<number> {
  return onFeeds(redis, userIds, REMOVE, [memberOf(postId)]);
}

/** Forgets feeds; the next visit builds them anew. A build under way comes to nothing. */
export async function dropFeeds(redis: Redis, userIds: readonly string[]): Promise<void> {
  await onFeeds(redis, userIds, DROP, []);
}

function onFeed<T extends object | number>(userId: string, work: (call: (args: string[]) => Call) => Promise<T>): Promise<T> {
  const group = groupOf(userId);
  return underTerms([group], (terms) => work((args) => callOf(group, terms.get(group)!, [userId], args)));
}

/**
 * Runs a script over many feeds: on one server with so many in a call, in a cluster with a call for each group, all in one pipeline for each
 * node. Where a node is away, the others have had theirs when it throws.
 */
async function onFeeds(redis: Redis, userIds: readonly string[], script: Script, args: string[]): Promise<number> {
  if (userIds.length === 0) return 0;
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  if (!isCluster()) {
    return underTerms(["f"], async (terms) => {
      const term = terms.get("f")!;
      const calls: Promise<number>[] = [];
      for (let start = 0; start < userIds.length; start += KEYS_PER_CALL) {
        const keys = userIds.slice(start, start + KEYS_PER_CALL).map((id) => keyOf(groupOf(id), term, id));
        calls.push(run<number>(redis, script, { keys, args: ["", ...args] }));
      }
      return sum(await Promise.all(calls));
    });
  }
  const groups = Map.groupBy(userIds, groupOf);
  const runOver = (names: string[]) => underTerms(names, async (terms) => sum(await runAll<number>(redis, script, [...terms].map(([group, term]) => callOf(group, term, groups.get(group)!, args)))));
  return runOver([...groups.keys()]).catch(async () => {
    // A node that is away may have kept the others from being asked at all: each by itself now. Twice has the effect of once.
    const ends = await Promise.allSettled([...groups.keys()].map((group) => runOver([group])));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
    return sum(ends.map((end) => (end as PromiseFulfilledResult<number>).value));
  });
}
