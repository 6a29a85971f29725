import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { fill } from "@/lib/feed/fill";
import { readFeed } from "@/lib/feed/store";
import { announce } from "@/lib/platform/jobs/queue";
import { redis } from "@/lib/platform/redis/redis";
import { makeJpeg } from "../e2e/fixtures/photos";
import { barePage, bareRoute, oneQuery, plainFanout, plainLike, plainSharp } from "./floors";
import { load, type Measured, percentiles } from "./load";
import { signIn } from "./people";
import { photoBurst } from "./photo-burst";
import { photoPipeline } from "./photos";
import { rankers } from "./rankers";
import type { Line } from "./report";
import { video } from "./video";

const url = () => process.env.TRIAL_URL!;
const LANES = [1, 8];
const once = (ms: number): Measured => ({ p50: ms, p95: ms, perSecond: 1000 / ms, failures: 0 });

/** Every page of 50 people is asked for once before it is measured: their feeds are warm. */
async function feed(): Promise<Line[]> {
  const people = await signIn(50);
  await load(url(), 4, 100, (i) => ({ path: "/api/feed", headers: people[i % 50]!.headers }));
  const lines: Line[] = [];
  for (const lanes of LANES) {
    const bare = await bareRoute(lanes);
    lines.push({ work: "feed page, JSON, 20 posts, warm", lanes, measured: await load(url(), lanes, 1200 * lanes ** 0.5, (i) => ({ path: "/api/feed", headers: people[i % 50]!.headers })), floor: { name: "bare route handler", measured: bare } });
    lines.push({ work: "feed page, HTML", lanes, measured: await load(url(), lanes, 250 * lanes ** 0.5, (i) => ({ path: "/", headers: people[i % 50]!.cookie })), floor: { name: "bare page of 20 cards", measured: await barePage(lanes) } });
  }
  const query = await oneQuery(people.map((person) => person.id));
  await redis()?.flushall();
  lines.push({ work: "feed page, JSON, cold (Redis just flushed)", lanes: 1, measured: await load(url(), 1, 50, (i) => ({ path: "/api/feed", headers: people[i % 50]!.headers })), floor: { name: "one indexed query", measured: query } });
  return lines;
}

async function profile(): Promise<Line[]> {
  const people = await signIn(50);
  const floor = await oneQuery(people.map((person) => person.id));
  const lines: Line[] = [];
  for (const lanes of LANES) {
    const bare = await bareRoute(lanes);
    const target = (i: number) => people[(i * 7) % 50]!;
    lines.push({ work: "profile, JSON", lanes, measured: await load(url(), lanes, 1200 * lanes ** 0.5, (i) => ({ path: `/api/users/${target(i).id}`, headers: people[i % 50]!.headers })), floor: { name: "bare route handler", measured: bare } });
    lines.push({ work: "posts of a person, JSON", lanes, measured: await load(url(), lanes, 1200 * lanes ** 0.5, (i) => ({ path: `/api/users/${target(i).id}/posts`, headers: people[i % 50]!.headers })), floor: lanes === 1 ? { name: "one indexed query", measured: floor } : { name: "bare route handler", measured: bare } });
    lines.push({ work: "profile, HTML", lanes, measured: await load(url(), lanes, 200 * lanes ** 0.5, (i) => ({ path: `/${target(i).username}`, headers: people[i % 50]!.cookie })), floor: { name: "bare page of 20 cards", measured: await barePage(lanes) } });
  }
  return lines;
}

async function like(): Promise<Line[]> {
  const people = await signIn(50);
  const posts = (await db().execute<{ id: string }>(sql`select id from posts where caption like 'Morning number %' order by id desc limit 500`)).map((row) => row.id);
  const floor = await plainLike(posts, people[0]!.id);
  const lines: Line[] = [];
  for (const lanes of LANES) {
    // First every pair once, then the same pairs away.
    const measured = await load(url(), lanes, 1000 * lanes ** 0.5, (i) => ({ path: `/api/posts/${posts[(i >> 1) % 500]}/like`, method: i % 2 ? "DELETE" : "POST", headers: people[(i >> 1) % 50]!.headers }));
    lines.push({ work: "like and unlike", lanes, measured, floor: { name: "insert + counter, committed", measured: floor } });
  }
  return lines;
}

async function photo(): Promise<Line[]> {
  const [person] = await signIn(1);
  const bytes = await makeJpeg(7, 4000, 3000);
  const floor = await plainSharp(bytes);
  const accepted: number[] = [];
  const published: number[] = [];
  for (let i = 0; i < 8; i++) {
    const form = new FormData();
    form.append("image", new File([new Uint8Array(bytes)], "photo.jpg", { type: "image/jpeg" }));
    const began = performance.now();
    const answer = await fetch(`${url()}/api/posts`, { method: "POST", body: form, headers: person!.headers });
    const post = await answer.json();
    if (answer.status !== 201) throw new Error(JSON.stringify(post));
    accepted.push(performance.now() - began);
    for (let status = post.status; status !== "published"; ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      status = (await (await fetch(`${url()}/api/posts/${post.id}`, { headers: person!.headers })).json()).status;
      if (status === "failed") throw new Error("The photo failed.");
    }
    published.push(performance.now() - began);
  }
  const measured = (times: number[]): Measured => ({ ...percentiles(times), perSecond: 1000 / percentiles(times).p50, failures: 0 });
  const named = { name: "plain sharp, 4 sizes in 2 formats", measured: floor };
  return [
    { work: `12-megapixel JPEG (${(bytes.length / 1e6).toFixed(1)} MB): visible to its author`, lanes: 1, measured: measured(accepted), floor: named },
    { work: "… visible to followers", lanes: 1, measured: measured(published), floor: named },
  ];
}

/** Ten thousand followers who have all looked at their feeds; a post; until the last feed has it. */
async function fanout(): Promise<Line[]> {
  const client = redis();
  if (!client) return [];
  const [author] = await db().execute<{ id: string }>(sql`select id from users where username = 'bench1'`);
  await db().execute(sql`insert into follows (follower_id, followee_id, state) select id, ${author!.id}::bigint, 'active' from users where email_key like '%@bench.invalid' and id <> ${author!.id}::bigint on conflict do nothing`);
  await db().execute(sql`update users u set follower_count = (select count(*) from follows where followee_id = u.id and state = 'active') where id = ${author!.id}::bigint`);
  await db().execute(sql`update users u set following_count = (select count(*) from follows where follower_id = u.id and state = 'active') where email_key like '%@bench.invalid'`);
  const followers = (await db().execute<{ id: string }>(sql`select follower_id as id from follows where followee_id = ${author!.id}::bigint and state = 'active' order by 1`)).map((row) => row.id);
  for (let start = 0; start < followers.length; start += 8) await Promise.all(followers.slice(start, start + 8).map((id) => fill(id, null)));
  const times: number[] = [];
  for (let round = 0; round < 3; round++) times.push(await spread(author!.id, followers));
  const floor = await plainFanout(followers.length);
  const { p50, p95 } = percentiles(times);
  return [{ work: `fan-out to ${followers.length.toLocaleString("en")} followers`, lanes: 1, measured: { p50, p95, perSecond: (followers.length / p50) * 1000, failures: 0 }, floor: { name: "plain pipelined ZADD + trim", measured: { ...once(floor), perSecond: (followers.length / floor) * 1000 } } }];
}

async function spread(authorId: string, followers: readonly string[]): Promise<number> {
  const began = performance.now();
  const id = await db().transaction(async (tx) => {
    const [post] = await tx.execute<{ id: string }>(sql`
      insert into posts (author_id, status, content_type, caption, media_count, published_at) values (${authorId}::bigint, 'published', 'photo', 'For everybody', 1, now()) returning id`);
    await tx.execute(sql`insert into media (owner_id, purpose, state, content_type, bytes, original_key, version, width, height, post_id, position, ready_at, variants)
      select owner_id, 'post', 'ready', content_type, bytes, original_key, version, width, height, ${post!.id}::bigint, 0, now(), variants from media where original_key like 'originals/bench/%' limit 1`);
    await tx.execute(sql`update users set post_count = post_count + 1 where id = ${authorId}::bigint`);
    await announce(tx, "post.published", { postId: post!.id });
    return post!.id;
  });
  // Batches go by the followers' ids: the highest is served last, but batches overlap, so all are looked at in the end.
  for (const follower of [followers.at(-1)!, ...followers]) {
    for (;;) {
      const stored = await readFeed(redis()!, follower, null, 1);
      if (typeof stored === "object" && stored.ids[0] === id) break;
      if (performance.now() - began > 120_000) throw new Error(`The feed of ${follower} did not get the post within two minutes: it has ${JSON.stringify(stored)}, not ${id}.`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    if (follower === followers.at(-1)) spread.last = performance.now() - began;
  }
  return spread.last;
}
spread.last = 0;

/** What `npm run bench` measures, by name. */
export const sections: Record<string, () => Promise<Line[]>> = { feed, profile, like, photo, "photo-pipeline": photoPipeline, "photo-burst": photoBurst, video, fanout, rankers };
