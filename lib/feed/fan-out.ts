import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { NotNowError } from "@/lib/platform/jobs/define";
import { type Redis, redis } from "@/lib/platform/redis/redis";
import { type Author, decidePulled } from "./pulled";
import { pushToFeeds, removeFromFeeds } from "./store";

/**
 * Whoever has not been here for so long has no stored feed (its life is a month, store.ts), and gets a new one on return. A day more,
 * because a visit is noted now and then only.
 */
const ACTIVE_DAYS = 31;

/** Followers per batch; a batch is a job, so that a big account's post does not hold up others. */
export const BATCH = 1_000;

/** Followers from `from` on, up to but without `to` (null: to the end). The first, from "0", has the author, too. */
export type Batch = { from: string; to: string | null };

const FIRST = "0";

/** The author of a post that stands in feeds, or null when it is gone, hidden, or not for all followers. */
async function authorOfStanding(postId: string): Promise<Author | null> {
  const [row] = await db().execute<{ id: string; follower_count: number; is_pulled: boolean }>(sql`
    select u.id, u.follower_count, coalesce(a.is_pulled, false) as is_pulled from posts p join users u on u.id = p.author_id left join feed_authors a on a.author_id = u.id
    where p.id = ${postId}::bigint and p.status = 'published' and p.deleted_at is null and p.archived_at is null and p.audience in ('everyone', 'followers')`);
  return row ? { id: row.id, followerCount: row.follower_count, isPulled: row.is_pulled } : null;
}

/** Cuts a post's readers, its author among them, into batches; a single batch is done at once. Returns those still to do. */
export async function fanOut(postId: string): Promise<Batch[]> {
  const author = await authorOfStanding(postId);
  if (!author || redis() === null) return [];
  if (!(await decidePulled(author))) return inBatches(author.id, (batch) => fanOutTo(postId, batch));
  await withStore((store) => pushToFeeds(store, [author.id], postId));
  return [];
}

/** Puts a post into the feeds of a batch, if it still stands. */
export async function fanOutTo(postId: string, batch: Batch): Promise<void> {
  const author = await authorOfStanding(postId);
  if (author && !author.isPulled) await withStore(async (store) => pushToFeeds(store, await listReaders(author.id, batch), postId));
}

/** Takes a deleted post out of the feeds it was put into. Returns the batches still to do. */
export async function takeBack(postId: string, authorId: string): Promise<Batch[]> {
  return redis() === null ? [] : inBatches(authorId, (batch) => takeBackFrom(postId, authorId, batch));
}

/** Takes a deleted post out of the feeds of a batch. */
export async function takeBackFrom(postId: string, authorId: string, batch: Batch): Promise<void> {
  await withStore(async (store) => removeFromFeeds(store, await listReaders(authorId, batch), postId));
}

/** Followers who have been here lately, as `f`. */
const active = (authorId: string) => sql`
  follows f join users u on u.id = f.follower_id where f.followee_id = ${authorId}::bigint and f.state = 'active' and u.last_active_at > now() - interval '1 day' * ${ACTIVE_DAYS}::int`;

async function inBatches(authorId: string, doNow: (batch: Batch) => Promise<void>): Promise<Batch[]> {
  const starts = await db().execute<{ id: string }>(sql`
    select id from (select f.follower_id as id, row_number() over (order by f.follower_id) as n from ${active(authorId)}) a where n % ${BATCH}::int = 1 order by 1`);
  const batches = [FIRST, ...starts.slice(1).map(({ id }) => id)].map((from, i) => ({ from, to: starts[i + 1]?.id ?? null }));
  if (batches.length > 1) return batches;
  for (const batch of batches) await doNow(batch);
  return [];
}

async function listReaders(authorId: string, { from, to }: Batch): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select f.follower_id as id from ${active(authorId)} and f.follower_id >= ${from}::bigint and (${to}::bigint is null or f.follower_id < ${to}::bigint) order by 1`);
  return [...(from === FIRST ? [authorId] : []), ...rows.map((row) => row.id)];
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
