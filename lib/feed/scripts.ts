import { createHash } from "node:crypto";
import type { Redis } from "@/lib/platform/redis/redis";

/** A script for Redis with the name by which Redis remembers it. */
export type Script = { text: string; sha: string };

const script = (text: string): Script => ({ text, sha: createHash("sha1").update(text).digest("hex") });

/**
 * How a feed lies in Redis: one sorted set, all scores 0, so that Redis keeps it in the order of its members. Members are
 * the posts' ids padded to 19 digits: their order as text is their order as numbers, exactly, which a score (a double)
 * cannot give for 64 bits. One more member, which sorts before them, says what the set is:
 *   `!b:<token>`            somebody is filling it; new posts are added, nobody reads it yet
 *   `!c:<floor>:<version>`  it has every post of the feed from id `floor` on; `version` is whom the reader followed then
 * Being a member, the mark comes and goes with the set. Without a mark there is no feed and nothing is added: a feed made
 * of only what came after a flush would lack everything before.
 */

/** KEYS feed; ARGV upper bound, count, ttl (s, 0 keeps it). Returns the mark and ids, newest first. */
export const READ = script(`
local mark = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
if not mark or string.sub(mark, 1, 3) ~= '!c:' then return {mark or ''} end
if ARGV[3] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
local ids = redis.call('ZREVRANGEBYLEX', KEYS[1], ARGV[1], '[0', 'LIMIT', 0, ARGV[2])
table.insert(ids, 1, mark)
return ids`);

/** KEYS feed; ARGV token, ms until it counts as given up, the mark that may be replaced. Returns 1 if it is ours to fill. */
export const BEGIN = script(`
local mark = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
if mark and mark ~= ARGV[3] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZADD', KEYS[1], 0, '!b:' .. ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`);

/** KEYS feed; ARGV token, keep, floor, version, ttl, ids … Returns 1, or 0 if the feed was dropped in the meantime. */
export const FINISH = script(`
if redis.call('ZREM', KEYS[1], '!b:' .. ARGV[1]) == 0 then return 0 end
local keep, floor = tonumber(ARGV[2]), ARGV[3]
for i = 6, #ARGV do redis.call('ZADD', KEYS[1], 0, ARGV[i]) end
local excess = redis.call('ZCARD', KEYS[1]) - keep
if excess > 0 then
  redis.call('ZREMRANGEBYRANK', KEYS[1], 0, excess - 1)
  floor = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
end
redis.call('ZADD', KEYS[1], 0, '!c:' .. floor .. ':' .. ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1`);

/** KEYS feeds; ARGV id, keep. Adds the id to the feeds that exist, and keeps the newest. Returns to how many. */
export const PUSH = script(`
local id, keep, pushed = ARGV[1], tonumber(ARGV[2]), 0
for _, key in ipairs(KEYS) do
  local mark = redis.call('ZRANGE', key, 0, 0)[1]
  if mark and string.sub(mark, 1, 3) == '!b:' then
    pushed = pushed + redis.call('ZADD', key, 0, id)
  elseif mark and id >= string.sub(mark, 4, 22) and redis.call('ZADD', key, 0, id) == 1 then
    pushed = pushed + 1
    local excess = redis.call('ZCARD', key) - 1 - keep
    if excess > 0 then
      redis.call('ZREMRANGEBYRANK', key, 1, excess)
      local floor = redis.call('ZRANGE', key, 1, 1)[1]
      redis.call('ZREM', key, mark)
      redis.call('ZADD', key, 0, '!c:' .. floor .. string.sub(mark, 23))
    end
  end
end
return pushed`);

/** KEYS feeds; ARGV id. Takes the id out of feeds. */
export const REMOVE = script(`
local removed = 0
for _, key in ipairs(KEYS) do removed = removed + redis.call('ZREM', key, ARGV[1]) end
return removed`);

/** Runs a script by its name, sending its text only where Redis does not know it. */
export async function run<T>(redis: Redis, { text, sha }: Script, keys: string[], args: string[]): Promise<T> {
  try {
    return (await redis.evalsha(sha, keys, args)) as T;
  } catch (error) {
    if (!String(error).includes("NOSCRIPT")) throw error;
    return (await redis.eval(text, keys, args)) as T;
  }
}
