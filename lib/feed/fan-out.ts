import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { NotNowError } from "@/lib/platform/jobs/define";
import { type Redis, redis } from "@/lib/platform/redis/redis";
import { pushToFeeds, removeFromFeeds } from "./store";

/** Followers per batch; a batch is a job, so that a big account's post does not hold up others. */
export const BATCH = 1_000;

/** Followers from `from` on, up to but without `to` (null: to the end). */
export type Batch = { from: string; to: string | null };

/**
 * Whether readers merge this author's posts at read time instead of having them pushed (DESIGN 6, `FEED_PULL_THRESHOLD`;
 * the author's own count of followers decides). Everybody is pushed for now: the merge comes with its own issue, and this
 * is the place that will decide.
 */
export function isPulled(_author: { followerCount: number }): boolean {
  return false;
}

/** The author of a post that stands in feeds, or null when it is gone, hidden, or not for all followers. */
async function authorOfStanding(postId: string): Promise<{ id: string; followerCount: number } | null> {
  const [row] = await db().execute<{ id: string; follower_count: number }>(sql`
    select u.id, u.follower_count from posts p join users u on u.id = p.author_id
    where p.id = ${postId}::bigint and p.status = 'published' and p.deleted_at is null and p.archived_at is null and p.audience in ('everyone', 'followers')`);
  return row ? { id: row.id, followerCount: row.follower_count } : null;
}

/** Puts a post into its author's feed and cuts the followers into batches; a single batch is done at once. Returns those still to do. */
export async function fanOut(postId: string): Promise<Batch[]> {
  const author = await authorOfStanding(postId);
  if (!author || redis() === null) return [];
  await withStore((store) => pushToFeeds(store, [author.id], postId));
  if (isPulled(author)) return [];
  return inBatches(author.id, (batch) => fanOutTo(postId, batch));
}

/** Puts a post into the feeds of a batch of followers, if it still stands. */
export async function fanOutTo(postId: string, batch: Batch): Promise<void> {
  const author = await authorOfStanding(postId);
  if (author) await withStore(async (store) => pushToFeeds(store, await listFollowers(author.id, batch), postId));
}

/** Takes a deleted post out of the feeds it was put into. Returns the batches still to do. */
export async function takeBack(postId: string, authorId: string): Promise<Batch[]> {
  if (redis() === null) return [];
  await withStore((store) => removeFromFeeds(store, [authorId], postId));
  return inBatches(authorId, (batch) => takeBackFrom(postId, authorId, batch));
}

/** Takes a deleted post out of the feeds of a batch of followers. */
export async function takeBackFrom(postId: string, authorId: string, batch: Batch): Promise<void> {
  await withStore(async (store) => removeFromFeeds(store, await listFollowers(authorId, batch), postId));
}

async function inBatches(authorId: string, doNow: (batch: Batch) => Promise<void>): Promise<Batch[]> {
  const starts = await db().execute<{ id: string }>(sql`
    select follower_id as id from (
      select follower_id, row_number() over (order by follower_id) as n from follows where followee_id = ${authorId}::bigint and state = 'active') f
    where n % ${BATCH}::int = 1 order by 1`);
  const batches = starts.map(({ id }, i) => ({ from: id, to: starts[i + 1]?.id ?? null }));
  if (batches.length > 1) return batches;
  for (const batch of batches) await doNow(batch);
  return [];
}

async function listFollowers(authorId: string, { from, to }: Batch): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select follower_id as id from follows where followee_id = ${authorId}::bigint and state = 'active'
      and follower_id >= ${from}::bigint and (${to}::bigint is null or follower_id < ${to}::bigint) order by follower_id`);
  return rows.map((row) => row.id);
}

/** Redis for a job: when it is away the job waits for it. Where none is configured there is nothing to do. */
export async function withStore(work: (store: Redis) => Promise<unknown>): Promise<void> {
  const store = redis();
  if (!store) return;
  try {
    await work(store);
  } catch (error) {
    throw new NotNowError("Redis is away", { cause: error });
  }
}
