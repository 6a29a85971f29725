import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { redis } from "@/lib/platform/redis/redis";
import { readFromPostgres, readForStore, TOP, verify } from "./skeleton";
import { FEED_LENGTH, readFeed } from "./store";

/** A stored feed that does not say what Postgres says. */
export type FeedFault = { userId: string; missing: string[]; extra: string[] };

/**
 * Compares the stored feeds of some people (the most lately active ones unless named) with what Postgres says. Posts published within the last `graceMs` may still be on their way. Returns how many feeds were
 * stored, and the faults.
 */
export async function checkFeeds(sample: number | readonly string[] = 50, graceMs = 10_000): Promise<{ checked: number; faults: FeedFault[] }> {
  const userIds = typeof sample === "number" ? await listActive(sample) : sample;
  const results = [];
  for (const userId of userIds) results.push(await checkFeed(userId, graceMs));
  const checked = results.filter((result) => result !== null);
  return { checked: checked.length, faults: checked.filter((result) => result.missing.length + result.extra.length > 0) };
}

async function checkFeed(userId: string, graceMs: number): Promise<FeedFault | null> {
  const store = redis();
  if (!store) return null;
  const stored = await readFeed(store, userId, null, FEED_LENGTH);
  if (typeof stored !== "object") return null;
  const { version } = await readForStore(userId, 1);
  // An outdated one is not read either.
  if (version !== stored.version) return null;
  // It may hold more than that, and some of them are not shown.
  const above = stored.ids.length === FEED_LENGTH ? stored.ids.at(-1)! : stored.floor;
  const shown = await verify(userId, stored.ids, above, TOP, FEED_LENGTH, { build: stored.build });
  const right = (await readFromPostgres(userId, TOP, FEED_LENGTH)).ids.filter((id) => BigInt(id) >= BigInt(shown.bottom));
  const [seen, wanted] = [new Set(shown.ids), new Set(right)];
  const missing = await withoutFresh(right.filter((id) => !seen.has(id)), graceMs);
  return { userId, missing, extra: shown.ids.filter((id) => !wanted.has(id) && right.length < FEED_LENGTH) };
}

async function withoutFresh(ids: string[], graceMs: number): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db().execute<{ id: string }>(sql`
    select id from posts where id = any(${`{${ids.join(",")}}`}::text::bigint[]) and coalesce(published_at, created_at) < now() - interval '1 millisecond' * ${graceMs}::int`);
  return rows.map((row) => row.id);
}

async function listActive(count: number): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`select id from users where deleted_at is null order by last_active_at desc limit ${count}::int`);
  return rows.map((row) => row.id);
}
