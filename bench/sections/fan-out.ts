import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { fill } from "@/lib/feed/fill";
import { readFeed } from "@/lib/feed/store";
import { announce } from "@/lib/platform/jobs/queue";
import { redis } from "@/lib/platform/redis/redis";
import { plainFanout } from "../floors";
import { type Measured, percentiles } from "../load";
import type { Line } from "../report";

const ROUNDS = 5;
/** Posts at once, where it is asked how much goes through in a time instead of how soon one post is everywhere. */
const AT_ONCE = 10;

/** The best-known author whose posts are still pushed; all followers of the last month have looked at their feeds; a post; until the last feed has it. */
export async function fanOut(): Promise<Line[]> {
  const client = redis();
  if (!client) return [];
  const [author] = await db().execute<{ id: string; count: number }>(sql`
    select u.id, u.follower_count as count from users u where not u.is_private and not exists (select 1 from feed_authors a where a.author_id = u.id)
      and u.follower_count < ${Number(process.env.FEED_PULL_THRESHOLD)}::int * 0.9 order by u.follower_count desc limit 1`);
  const rows = await db().execute<{ id: string }>(sql`
    select f.follower_id as id from follows f join users u on u.id = f.follower_id where f.followee_id = ${author!.id}::bigint and f.state = 'active' and u.last_active_at > now() - interval '31 days' order by 1`);
  const followers = rows.map(({ id }) => id);
  await client.flushall();
  for (let start = 0; start < followers.length; start += 8) await Promise.all(followers.slice(start, start + 8).map((id) => fill(id, null)));
  const measure = async (posts: number) => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.push((await spread(author!.id, followers, posts)) / posts);
      await pause(300);
    }
    return times;
  };
  const [alone, together] = [await measure(1), await measure(AT_ONCE)];
  const floors: number[] = [];
  for (let round = 0; round < ROUNDS; round++) floors.push(await plainFanout(followers.length));
  // By the thousand, since the worlds' best-known pushed authors are not known to the same number.
  const rate = (ms: number[]): Measured => ({ ...percentiles(ms.map((each) => (each * 1000) / followers.length)), perSecond: (followers.length / percentiles(ms).p50) * 1000, failures: 0 });
  const whole = (value: number) => value.toLocaleString("en");
  const floor = { name: "plain pipelined ZADD + trim", measured: rate(floors) };
  const reach = `${whole(author!.count)} followers to the ${whole(followers.length)} who were here within a month, each thousand`;
  return [
    { work: `fan-out of a post of an author with ${reach}`, lanes: 1, measured: rate(alone), floor },
    { work: `fan-out of ${AT_ONCE} posts at once of an author with ${reach}`, lanes: AT_ONCE, measured: rate(together), floor },
  ];
}

/** Milliseconds from the commit of the posts until the last follower's feed has them all; then it is looked at whether all have. */
async function spread(authorId: string, followers: readonly string[], posts: number): Promise<number> {
  const ids = await Promise.all(Array.from({ length: posts }, () => publish(authorId)));
  const began = performance.now();
  // Batches go by the followers' ids: the highest is served last, but batches overlap, so all are looked at in the end.
  let last = 0;
  for (const follower of [followers.at(-1)!, ...followers]) {
    for (;;) {
      const stored = await readFeed(redis()!, follower, null, posts * 2);
      if (typeof stored === "object" && ids.every((id) => stored.ids.includes(id))) break;
      if (performance.now() - began > 120_000) throw new Error(`The feed of ${follower} did not get the posts within two minutes: it has ${JSON.stringify(stored)}, not ${ids}.`);
      await pause(2);
      last = 0;
    }
    last ||= performance.now() - began;
  }
  return last;
}

function publish(authorId: string): Promise<string> {
  return db().transaction(async (tx) => {
    const [post] = await tx.execute<{ id: string }>(sql`
      insert into posts (author_id, status, content_type, caption, media_count, published_at) values (${authorId}::bigint, 'published', 'photo', 'For everybody', 1, now()) returning id`);
    await tx.execute(sql`insert into media (owner_id, purpose, state, content_type, bytes, original_key, version, width, height, post_id, position, ready_at, variants)
      select owner_id, 'post', 'ready', content_type, bytes, original_key, version, width, height, ${post!.id}::bigint, 0, now(), variants from (select * from media where kind = 'image' order by id limit 1) m`);
    await tx.execute(sql`update users set post_count = post_count + 1 where id = ${authorId}::bigint`);
    await announce(tx, "post.published", { postId: post!.id });
    return post!.id;
  });
}
