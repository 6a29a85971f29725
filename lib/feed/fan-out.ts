import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import { NotNowError } from "@/lib/platform/jobs/define";
import { type Redis, redis } from "@/lib/platform/redis/redis";
import { type Author, decidePulled } from "./pulled";
import { dropFeeds, pushToFeeds, removeFromFeeds } from "./store";

/** Followers per batch; a batch is a job, so that a big account's post does not hold up others. */
export const BATCH = 1_000;

/** Followers of `of` from `from` on, up to but without `to` (null: to the end). The first, from "0", has the person, too. */
export type Batch = { of: string; from: string; to: string | null };

const FIRST = "0";
/** Above all ids. */
const AFTER_ALL = "9223372036854775807";

type Standing = { id: string; follower_count: number; is_pulled: boolean; audience: "everyone" | "followers" | "circles" };
const standing = prepared<Standing, "post">("authors of a post that stands", (arg) => sql`
  select u.id, u.follower_count, p.audience, coalesce(a.is_pulled, false) as is_pulled from posts p
  cross join lateral (select p.author_id as id union select c.user_id from collaborators c where c.post_id = p.id and c.state = 'accepted') made join users u on u.id = made.id left join feed_authors a on a.author_id = u.id
  where p.id = ${arg("post")}::bigint and p.status = 'published' and p.deleted_at is null and p.archived_at is null order by u.id`);

/** Who made a post that stands in feeds, and which followers it is for (`circlesOf`: only those in the circles of this post); nobody when it is gone or hidden. */
async function authorsOfStanding(postId: string): Promise<(Author & { circlesOf: string | null })[]> {
  const rows = await standing({ post: postId });
  return rows.map((row) => ({ id: row.id, followerCount: row.follower_count, isPulled: row.is_pulled, circlesOf: row.audience === "circles" ? postId : null }));
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
    else left.push(...(await inBatches(author.id, (batch) => fanOutTo(postId, batch), author.circlesOf)));
  }
  return left;
}

/** Puts a post into the feeds of a batch, if it still stands. */
export async function fanOutTo(postId: string, batch: Batch): Promise<void> {
  const author = (await authorsOfStanding(postId)).find(({ id }) => id === batch.of);
  if (author && !author.isPulled) await withStore(async (store) => pushToFeeds(store, await listReaders(batch, author.circlesOf), postId));
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

/** Forgets the feeds of a person's followers, which are built anew: they lack, or still have, that person's posts. Returns the batches still to do. */
export async function forgetAt(authorId: string): Promise<Batch[]> {
  return redis() === null ? [] : inBatches(authorId, forgetIn);
}

/** The same for a batch. */
export async function forgetIn(batch: Batch): Promise<void> {
  await withStore(async (store) => dropFeeds(store, await listReaders(batch)));
}

/**
 * SQL: followers, as `f`. Also those who have not been here for a month: they have no stored feed (its life is a month, store.ts), to which Redis adds nothing; to
 * find out when each was here last takes Postgres longer. They get a new one on return.
 */
const followers = (authorId: string) => sql`follows f where f.followee_id = ${authorId}::bigint and f.state = 'active'`;
const inCircles = (postId: string) => sql`and f.follower_id in (select cm.user_id from post_circles pc join circle_members cm on cm.circle_id = pc.circle_id where pc.post_id = ${postId}::bigint)`;

const firstsOf = (authorId: string, circles: SQL) => sql`
  select id from (select f.follower_id as id, row_number() over (order by f.follower_id) as n from ${followers(authorId)} ${circles}) a where n % ${sql.raw(String(BATCH))} = 1 order by 1`;
const firsts = prepared<{ id: string }, "author">("first of each batch of followers", (arg) => firstsOf(arg("author"), sql.empty()));

async function inBatches(authorId: string, doNow: (batch: Batch) => Promise<void>, circlesOf: string | null = null): Promise<Batch[]> {
  const starts = circlesOf === null ? await firsts({ author: authorId }) : await db().execute<{ id: string }>(firstsOf(authorId, inCircles(circlesOf)));
  const batches = [FIRST, ...starts.slice(1).map(({ id }) => id)].map((from, i) => ({ of: authorId, from, to: starts[i + 1]?.id ?? null }));
  if (batches.length > 1) return batches;
  for (const batch of batches) await doNow(batch);
  return [];
}

/** From `from` on, up to but without `to`. */
const membersOf = (authorId: string, from: string, to: string, circles: SQL) => sql`
  select f.follower_id as id from ${followers(authorId)} and f.follower_id >= ${from}::bigint and f.follower_id < ${to}::bigint ${circles} order by 1`;
const members = prepared<{ id: string }, "author" | "from" | "to">("followers of a batch", (arg) => membersOf(arg("author"), arg("from"), arg("to"), sql.empty()));

async function listReaders({ of, from, to }: Batch, circlesOf: string | null = null): Promise<string[]> {
  const end = to ?? AFTER_ALL;
  const rows = circlesOf === null ? await members({ author: of, from, to: end }) : await db().execute<{ id: string }>(membersOf(of, from, end, inCircles(circlesOf)));
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
