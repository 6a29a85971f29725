import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { redis } from "@/lib/platform/redis/redis";
import { checkInvariants } from "@/lib/platform/doctor/invariants";
import type { Client } from "./client";

/** Waits until no job is due or running. Returns seconds; throws after three minutes. */
export async function settle(): Promise<number> {
  const began = Date.now();
  for (let quiet = 0; quiet < 5; ) {
    const [row] = await db().execute<{ open: number }>(sql`select count(*)::int as open from pgboss.job where state < 'completed' and name not like '\\_\\_%' and start_after < now() + interval '2 minutes'`);
    quiet = row!.open === 0 ? quiet + 1 : 0;
    if (Date.now() - began > 180_000) throw new Error(`${row!.open} jobs are still open after three minutes.`);
    await pause(300);
  }
  return (Date.now() - began) / 1000;
}

/** Everything that is not as it was promised, in words. */
export async function verdict(clients: readonly Client[]): Promise<string[]> {
  const checks = [await postsOnce(clients), await wishes(clients), await feeds(clients), await deadJobs()];
  await redis()?.flushall().catch(() => {});
  const again = (await feeds(clients)).map((line) => `after a flush: ${line}`);
  const invariants = (await checkInvariants()).flatMap((check) => (check.ok ? [] : [`${check.name}: ${check.detail}`]));
  return [...checks.flat(), ...again, ...invariants];
}

async function postsOnce(clients: readonly Client[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const client of clients) {
    const rows = await db().execute<{ id: string; status: string; caption: string }>(sql`select id, status, caption from posts where author_id = ${client.id}::bigint and deleted_at is null`);
    const keys = rows.map((row) => row.caption.split(" ").at(-1)!);
    if (new Set(keys).size !== keys.length) wrong.push(`${client.username} has a post twice`);
    for (const [key, id] of client.posts) {
      const row = rows.find((post) => post.id === id);
      if (!row) wrong.push(`the accepted post ${id} (${key}) is gone`);
      else if (row.status !== "published") wrong.push(`the accepted post ${id} is ${row.status}`);
    }
  }
  return wrong;
}

async function wishes(clients: readonly Client[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const client of clients) {
    const likes = new Set((await db().execute<{ post_id: string }>(sql`select post_id from likes where user_id = ${client.id}::bigint`)).map((row) => row.post_id));
    for (const [post, liked] of client.likes) if (likes.has(post) !== liked) wrong.push(`${client.username} ${liked ? "likes" : "does not like"} ${post}, the rows say otherwise`);
    const follows = new Set((await db().execute<{ followee_id: string }>(sql`select followee_id from follows where follower_id = ${client.id}::bigint and state = 'active'`)).map((row) => row.followee_id));
    for (const [other, following] of client.follows) if (follows.has(other) !== following) wrong.push(`${client.username} ${following ? "follows" : "does not follow"} ${other}, the rows say otherwise`);
  }
  return wrong;
}

async function feeds(clients: readonly Client[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const client of clients) {
    const wanted = (await db().execute<{ id: string }>(sql`
      select id from posts where status = 'published' and deleted_at is null
        and (author_id = ${client.id}::bigint or author_id in (select followee_id from follows where follower_id = ${client.id}::bigint and state = 'active'))
      order by id desc`)).map((row) => row.id);
    const got = await client.feed();
    if (got.join() !== wanted.join()) {
      const missing = wanted.filter((id) => !got.includes(id)).length;
      const strange = got.filter((id) => !wanted.includes(id)).length;
      wrong.push(`the feed of ${client.username} lacks ${missing} of ${wanted.length} posts, has ${strange} that do not belong there${missing + strange === 0 ? ", is out of order or repeats" : ""}`);
    }
  }
  return wrong;
}

async function deadJobs(): Promise<string[]> {
  const rows = await db().execute<{ name: string; count: number }>(sql`select name, count(*)::int as count from pgboss.job where state = 'failed' group by 1`);
  return rows.map((row) => `${row.count} jobs of ${row.name} failed for good`);
}
