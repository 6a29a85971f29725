import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { NotNowError } from "@/lib/platform/jobs/define";
import { type Redis, redis } from "@/lib/platform/redis/redis";
import { type Author, decidePulled } from "./pulled";
import { dropFeeds, pushToFeeds, removeFromFeeds } from "./store";

/**
 * Whoever has not been here for so long has no stored feed (its life is a month, store.ts), and gets a new one on return. A day more,
 * because a visit is noted now and then only.
 */
const ACTIVE_DAYS = 31;

/** Followers per batch; a batch is a job, so that a big account's post does not hold up others. */
export const BATCH = 1_000;

/** Followers of `of` from `from` on, up to but without `to` (null: to the end). The first, from "0", has the person, too. */
export type Batch = { of: string; from: string; to: string | null };

const FIRST = "0";

/** Who made a post that stands in feeds, and (SQL) which followers `f` it is for; nobody when it is gone or hidden. */
async function authorsOfStanding(postId: string): Promise<(Author & { wanted: SQL })[]> {
  const rows = await db().execute<{ id: string; follower_count: number; is_pulled: boolean; audience: "everyone" | "followers" | "circles" }>(sql`
    select u.id, u.follower_count, p.audience, coalesce(a.is_pulled, false) as is_pulled from posts p
    cross join lateral (select p.author_id as id union select c.user_id from collaborators c where c.post_id = p.id and c.state = 'accepted') made join users u on u.id = made.id left join feed_authors a on a.author_id = u.id
    where p.id = ${postId}::bigint and p.status = 'published' and p.deleted_at is null and p.archived_at is null order by u.id`);
  return [...rows].map((row) => ({ id: row.id, followerCount: row.follower_count, isPulled: row.is_pulled, wanted: row.audience === "circles" ? inCircles(postId) : sql`true` }));
}

/** Whether this person has become one of the post's further authors. */
export async function isAuthorOf(postId: string, userId: string): Promise<boolean> {
  return (await db().execute(sql`select 1 from collaborators where post_id = ${postId}::bigint and user_id = ${userId}::bigint and state = 'accepted'`)).length > 0;
}

/** Cuts a post's readers, its authors among them, into batches; a single batch of a person's is done at once. Returns those still to do. */
export async function fanOut(postId: string): Promise<Batch[]> {
  const authors = redis() === null ? [] : await authorsOfStanding(postId);
  const left: Batch[] = [];
  for (const author of authors) {
    if (await decidePulled(author)) await withStore((store) => pushToFeeds(store, [author.id], postId));
    else left.push(...(await inBatches(author.id, (batch) => fanOutTo(postId, batch), author.wanted)));
  }
  return left;
}

/** Puts a post into the feeds of a batch, if it still stands. */
export async function fanOutTo(postId: string, batch: Batch): Promise<void> {
  const author = (await authorsOfStanding(postId)).find(({ id }) => id === batch.of);
  if (author && !author.isPulled) await withStore(async (store) => pushToFeeds(store, await listReaders(batch, author.wanted), postId));
}

/** Takes a deleted post out of the feeds it was put into. Returns the batches still to do. */
export async function takeBack(postId: string, authorId: string): Promise<Batch[]> {
  if (redis() === null) return [];
  const others = await db().execute<{ id: string }>(sql`select user_id as id from collaborators where post_id = ${postId}::bigint and state = 'accepted'`);
  const left: Batch[] = [];
  for (const id of [authorId, ...others.map((row) => row.id)]) left.push(...(await inBatches(id, (batch) => takeBackFrom(postId, batch))));
  return left;
}

/**
 * Takes a deleted post out of the feeds of a batch. One that was restored meanwhile is put in again, since its own
 * fan-out may have been quicker.
 */
export async function takeBackFrom(postId: string, batch: Batch): Promise<void> {
  if ((await authorsOfStanding(postId)).length > 0) return;
  await withStore(async (store) => removeFromFeeds(store, await listReaders(batch), postId));
  await fanOutTo(postId, batch);
}

/** SQL: the follower `f` is in one of the circles that the post is for. */
const inCircles = (postId: string): SQL => sql`f.follower_id in (
  select cm.user_id from post_circles pc join circle_members cm on cm.circle_id = pc.circle_id where pc.post_id = ${postId}::bigint)`;

/** Forgets the feeds of a person's followers, which are built anew: they lack, or still have, that person's posts. Returns the batches still to do. */
export async function forgetAt(authorId: string): Promise<Batch[]> {
  return redis() === null ? [] : inBatches(authorId, forgetIn);
}

/** The same for a batch. */
export async function forgetIn(batch: Batch): Promise<void> {
  await withStore(async (store) => dropFeeds(store, await listReaders(batch)));
}

/** Followers who have been here lately, as `f`. */
const active = (authorId: string) => sql`
  follows f join users u on u.id = f.follower_id where f.followee_id = ${authorId}::bigint and f.state = 'active' and u.last_active_at > now() - interval '1 day' * ${ACTIVE_DAYS}::int`;

async function inBatches(authorId: string, doNow: (batch: Batch) => Promise<void>, wanted = sql`true`): Promise<Batch[]> {
  const starts = await db().execute<{ id: string }>(sql`
    select id from (select f.follower_id as id, row_number() over (order by f.follower_id) as n from ${active(authorId)} and ${wanted}) a where n % ${BATCH}::int = 1 order by 1`);
  const batches = [FIRST, ...starts.slice(1).map(({ id }) => id)].map((from, i) => ({ of: authorId, from, to: starts[i + 1]?.id ?? null }));
  if (batches.length > 1) return batches;
  for (const batch of batches) await doNow(batch);
  return [];
}

async function listReaders({ of, from, to }: Batch, wanted = sql`true`): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select f.follower_id as id from ${active(of)} and f.follower_id >= ${from}::bigint and (${to}::bigint is null or f.follower_id < ${to}::bigint) and ${wanted} order by 1`);
  return [...(from === FIRST ? [of] : []), ...rows.map((row) => row.id)];
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
