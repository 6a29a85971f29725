import { createHash } from "node:crypto";
import { OVER, type Redis } from "@/lib/platform/redis/redis";

/** A script for Redis with the name by which Redis remembers it. */
export type Script = { text: string; sha: string };

/** Keys and values of one call of a script. */
export type Call = { keys: string[]; args: string[] };

/**
 * Each script has the feeds as its keys and, in a cluster, the guard of their term (terms.ts) as one more at the end; ARGV[1] is the term,
 * empty where there is no guard. `feeds` is how many keys are feeds.
 */
const HEAD = `
local feeds = #KEYS
if ARGV[1] ~= '' then
  if redis.call('GET', KEYS[feeds]) ~= ARGV[1] then return redis.error_reply('${OVER} another term has begun') end
  feeds = feeds - 1
end`;

const script = (body: string): Script => ({ text: HEAD + body, sha: createHash("sha1").update(HEAD + body).digest("hex") });

/**
 * How a feed lies in Redis: one sorted set, all scores 0, so that Redis keeps it in the order of its members. Members are
 * the posts' ids counted down from the greatest of all, by 19 digits each: their order as text is that of the feed, newest first, exactly, which a score
 * (a double) cannot give for 64 bits. Where Redis keeps a feed as a list (README, "Several"), the search for the place of a new post ends at its head; and as whole numbers
 * without zeros before them they take half the room. One more member, which sorts before them, says what the set is:
 *   `!b:<token>`            somebody is filling it; new posts are added, nobody reads it yet
 *   `!d:<floor>:<version>#<build>`  it has every post of the feed down to `floor`, written as a member is; `version` is whom the reader followed then, `build` names this filling
 * Being a member, the mark comes and goes with the set. Without a mark there is no feed and nothing is added: a feed made
 * of only what came after a flush would lack everything before.
 */

/** KEYS feed; ARGV lower bound, count, ttl (s, 0 keeps it). Returns the mark and members, newest first. */
export const READ = script(`
local mark = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
if not mark or string.sub(mark, 1, 3) ~= '!d:' then return {mark or ''} end
if ARGV[4] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[4]) end
local members = redis.call('ZRANGEBYLEX', KEYS[1], ARGV[2], '+', 'LIMIT', 0, ARGV[3])
table.insert(members, 1, mark)
return members`);

/** KEYS feed; ARGV token, ms until it counts as given up, the mark that may be replaced. Returns 1 if it is ours to fill. */
export const BEGIN = script(`
local mark = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
if mark and mark ~= ARGV[4] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZADD', KEYS[1], 0, '!b:' .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`);

/** KEYS feed; ARGV token, keep, floor, version, ttl, members newest first … Returns 1, or 0 if the feed was dropped in the meantime. */
export const FINISH = script(`
if redis.call('ZREM', KEYS[1], '!b:' .. ARGV[2]) == 0 then return 0 end
local keep, floor = tonumber(ARGV[3]), ARGV[4]
for i = #ARGV, 7, -1 do redis.call('ZADD', KEYS[1], 0, ARGV[i]) end
if redis.call('ZCARD', KEYS[1]) > keep then
  redis.call('ZREMRANGEBYRANK', KEYS[1], keep, -1)
  floor = redis.call('ZRANGE', KEYS[1], -1, -1)[1]
end
redis.call('ZADD', KEYS[1], 0, '!d:' .. floor .. ':' .. ARGV[5])
redis.call('EXPIRE', KEYS[1], ARGV[6])
return 1`);

/** KEYS feeds; ARGV member, keep, spare. Adds it to the feeds that exist. One that has more than `spare` too many is cut to the newest, so that few pushes have to. Returns to how many. */
export const PUSH = script(`
local member, keep, most, pushed = ARGV[2], tonumber(ARGV[3]), ARGV[3] + ARGV[4] + 1, 0
for i = 1, feeds do
  local key = KEYS[i]
  local mark = redis.call('ZRANGE', key, 0, 0)[1]
  if mark and string.sub(mark, 1, 3) == '!b:' then
    pushed = pushed + redis.call('ZADD', key, 0, member)
  elseif mark and member <= string.sub(mark, 4, 22) and redis.call('ZADD', key, 0, member) == 1 then
    pushed = pushed + 1
    if redis.call('ZCARD', key) > most then
      redis.call('ZREMRANGEBYRANK', key, keep + 1, -1)
      local floor = redis.call('ZRANGE', key, -1, -1)[1]
      redis.call('ZREM', key, mark)
      redis.call('ZADD', key, 0, '!d:' .. floor .. string.sub(mark, 23))
    end
  end
end
return pushed`);

/** KEYS feeds; ARGV member. Takes it out of feeds. */
export const REMOVE = script(`
local removed = 0
for i = 1, feeds do removed = removed + redis.call('ZREM', KEYS[i], ARGV[2]) end
return removed`);

/** KEYS feeds. Forgets them. Returns how many there were. */
export const DROP = script(`
local dropped = 0
for i = 1, feeds do dropped = dropped + redis.call('DEL', KEYS[i]) end
return dropped`);

/** Runs a script by its name, sending its text only where Redis does not know it. */
export async function run<T>(redis: Redis, { text, sha }: Script, { keys, args }: Call): Promise<T> {
  try {
    return (await redis.evalsha(sha, keys, args)) as T;
  } catch (error) {
    if (!String(error).includes("NOSCRIPT")) throw error;
    return (await redis.eval(text, keys, args)) as T;
  }
}

/** Runs a script many times in one pipeline. Throws when any of it failed, after all that could be done was done. */
export async function runAll<T>(redis: Redis, { text, sha }: Script, calls: readonly Call[]): Promise<T[]> {
  const send = async () => {
    const pipeline = redis.pipeline();
    for (const { keys, args } of calls) pipeline.evalsha(sha, keys, args);
    return calls.length === 0 ? [] : pipeline.exec<{ result?: T; error?: string }[]>({ keepErrors: true });
  };
  let answers = (await send()) as { result?: T; error?: string }[];
  if (answers.some((answer) => answer.error?.includes("NOSCRIPT"))) {
    await redis.scriptLoad(text);
    answers = (await send()) as { result?: T; error?: string }[];
  }
  const failed = answers.find((answer) => answer.error !== undefined);
  if (failed) throw new Error(failed.error);
  return answers.map((answer) => answer.result as T);
}
