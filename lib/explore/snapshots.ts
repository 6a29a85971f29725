import "server-only";
import { sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { db } from "@/db/client";
import { log } from "@/lib/platform/log";
import { rankPosts } from "./ranking";

/** A ranking as it was; never changes. */
export type Snapshot = { id: number; postIds: string[] };

/** A ranking is good for this long, or for as long as thirty times what it took to make: a large server spends a thirtieth of its time on it. */
const FRESH_MS = 1_000;
const COST_FACTOR = 30;
/** Somebody may still be paging through an old one. */
const KEPT_HOURS = 6;

/** `newest` is good until `until`; until `latest` it is shown to those who come while the next one is made. */
type Known = { remembered: LRUCache<number, Snapshot>; newest?: { snapshot: Snapshot; until: number; latest: number }; making?: Promise<Snapshot> };
// Of the process, also when a bundler loads this module twice: the page and the API share a ranking.
const holder = globalThis as typeof globalThis & { heliographExplore?: Known };
const known = (holder.heliographExplore ??= { remembered: new LRUCache({ max: 100 }) });

/** The ranking for a new visit. Made at most every few seconds in each process, once for all who come meanwhile, and stored only when it differs. */
export async function newestSnapshot(): Promise<Snapshot> {
  const { newest } = known;
  if (newest && newest.until > Date.now()) return newest.snapshot;
  const next = (known.making ??= make().finally(() => (known.making = undefined)));
  if (!newest || newest.latest < Date.now()) return next;
  next.catch((error: unknown) => log().debug({ err: error }, "explore was not ranked anew"));
  return newest.snapshot;
}

async function make(): Promise<Snapshot> {
  const began = Date.now();
  const postIds = await rankPosts();
  const snapshot = await store(postIds);
  known.remembered.set(snapshot.id, snapshot);
  const [now, good] = [Date.now(), Math.max(FRESH_MS, (Date.now() - began) * COST_FACTOR)];
  known.newest = { snapshot, until: now + good, latest: now + 2 * good };
  return snapshot;
}

async function store(postIds: string[]): Promise<Snapshot> {
  const [last] = await db().execute<{ id: string; post_ids: string[] }>(sql`select id, post_ids from explore_snapshots order by id desc limit 1`);
  if (last && last.post_ids.length === postIds.length && last.post_ids.every((id, i) => id === postIds[i])) return { id: Number(last.id), postIds };
  const [made] = await db().execute<{ id: string }>(sql`
    with old as (delete from explore_snapshots where created_at < now() - interval '1 hour' * ${KEPT_HOURS} and id <> (select max(id) from explore_snapshots))
    insert into explore_snapshots (post_ids) values (${`{${postIds.join(",")}}`}::text[]) returning id`);
  return { id: Number(made!.id), postIds };
}

/** The ranking that a visit began with; the newest one when it is no longer kept. */
export async function snapshotOf(id: number): Promise<Snapshot> {
  const kept = known.remembered.get(id);
  if (kept) return kept;
  const [row] = await db().execute<{ post_ids: string[] }>(sql`select post_ids from explore_snapshots where id = ${id}::bigint`);
  if (!row) return newestSnapshot();
  const snapshot = { id, postIds: row.post_ids };
  known.remembered.set(id, snapshot);
  return snapshot;
}

/** Has the next visit rank anew; for tests. */
export function forgetNewest(): void {
  known.newest = undefined;
}
