import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { plainLike } from "./floors";
import { load, type Measured } from "./load";
import { type BenchPerson, signIn } from "./people";
import type { Line } from "./report";
import { publicPosts } from "./sections/pages";

const url = () => process.env.TRIAL_URL!;
const LIKERS = 400;
const LIKE_LANES = 32;
const READ_LANES = 4;
/** Counters may lag by a second; this is twice that. */
const FOLDED_MS = 2_000;

/** Everybody likes and unlikes one post while a few others read their feeds: what the post bears, and what it costs the readers. */
export async function viral(): Promise<Line[]> {
  const people = await signIn(LIKERS + 50);
  const [likers, readers] = [people.slice(0, LIKERS), people.slice(LIKERS)];
  const hot = (await publicPosts(1))[0]!;
  const read = () => load(url(), READ_LANES, 600, (i) => ({ path: "/api/feed", headers: readers[i % readers.length]!.headers }));
  await read();
  const quiet = await read();
  const alone = await like(hot, likers, 6_000);
  const reading = new AbortController();
  const crowd = (async () => {
    const began = performance.now();
    let likes = 0;
    for (; !reading.signal.aborted; likes += 1_500) await like(hot, likers, 1_500);
    return (likes / (performance.now() - began)) * 1_000;
  })();
  const meanwhile = await read();
  reading.abort();
  const rate = await crowd;
  const lag = await untilEqual(hot);
  const floor = await plainLike([hot], likers[0]!.id, 1);
  return [
    { work: "likes and unlikes of one post", lanes: LIKE_LANES, measured: alone, floor },
    { work: `feed page of others meanwhile, JSON (${Math.round(rate)} likes a second beside it; counter right ${lag})`, lanes: READ_LANES, measured: meanwhile, floor: { name: "the same when all is quiet", measured: quiet } },
    { work: "its p95 alone", lanes: READ_LANES, measured: { ...meanwhile, p50: meanwhile.p95 }, floor: { name: "quiet p95", measured: { ...quiet, p50: quiet.p95 } } },
  ];
}

/** Each person likes and, a round later, unlikes: nearly every request changes a row. */
const like = (post: string, likers: BenchPerson[], count: number): Promise<Measured> =>
  load(url(), LIKE_LANES, count, (i) => ({ path: `/api/posts/${post}/like`, method: Math.floor(i / likers.length) % 2 ? "DELETE" : "POST", headers: likers[i % likers.length]!.headers }));

async function untilEqual(post: string): Promise<string> {
  for (const began = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const [row] = await db().execute<{ equal: boolean }>(sql`select like_count = (select count(*) from likes where post_id = p.id) as equal from posts p where id = ${post}::bigint`);
    const ms = performance.now() - began;
    if (row!.equal) return `after ${Math.round(ms)} ms`;
    if (ms > FOLDED_MS) return `not even after ${FOLDED_MS} ms`;
  }
}
