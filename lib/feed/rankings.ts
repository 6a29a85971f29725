import "server-only";
import { sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import type { RankerName } from "./rankers/registry";
import type { Scored } from "./rankers/types";
import { type PackedFacts, packFacts } from "./rankers/words";

/** What a visit was ranked to be; never changes. */
export type Ranking = { id: string; userId: string; postIds: string[]; scores: number[]; facts: PackedFacts[] };

/** Somebody may still be paging through it. */
const KEPT_HOURS = 6;
/** Rows per statement, so that none of them locks much for long. */
const AT_ONCE = 2_000;

/** A kept ranking weighs some 60 kB. */
const remembered = new LRUCache<string, Ranking>({ max: 200 });

const insert = prepared<{ id: string }, "viewer" | "ranker" | "ids" | "scores" | "facts">("ranking kept", (arg) => sql`
  insert into feed_rankings (user_id, ranker, post_ids, scores, facts)
  values (${arg("viewer")}::bigint, ${arg("ranker")}::text, ${arg("ids")}::text::text[], ${arg("scores")}::text::float8[], ${arg("facts")}::text) returning id::text`);

/** What is kept of ranked posts. */
export const toKept = (ranked: readonly Scored[]): Pick<Ranking, "postIds" | "scores" | "facts"> => ({
  postIds: ranked.map(({ features }) => features.postId), scores: ranked.map(({ score }) => score), facts: ranked.map(packFacts),
});

/** Keeps a ranking for its further pages. */
export async function keepRanking(userId: string, ranker: RankerName, ranked: readonly Scored[]): Promise<Ranking> {
  const kept = toKept(ranked);
  const [row] = await insert({ viewer: userId, ranker, ids: `{${kept.postIds.join(",")}}`, scores: `{${kept.scores.join(",")}}`, facts: JSON.stringify(kept.facts) });
  const ranking = { id: row!.id, userId, ...kept };
  remembered.set(ranking.id, ranking);
  return ranking;
}

const read = prepared<{ post_ids: string; scores: string; facts: string }, "id" | "viewer">("ranking read", (arg) => sql`
  select array_to_json(post_ids)::text as post_ids, array_to_json(scores)::text as scores, facts from feed_rankings where id = ${arg("id")}::bigint and user_id = ${arg("viewer")}::bigint`);

/** The ranking that a visit of this person began with; null when it is no longer kept, or somebody else's. */
export async function recallRanking(userId: string, id: string): Promise<Ranking | null> {
  const known = remembered.get(id);
  if (known) return known.userId === userId ? known : null;
  const [row] = await read({ id, viewer: userId });
  if (!row) return null;
  const ranking = { id, userId, postIds: JSON.parse(row.post_ids), scores: JSON.parse(row.scores), facts: JSON.parse(row.facts) };
  remembered.set(id, ranking);
  return ranking;
}

/** Removes rankings that nobody pages through any more. */
export async function sweepRankings(signal: AbortSignal): Promise<void> {
  for (let removed = AT_ONCE; removed === AT_ONCE && !signal.aborted; ) {
    const rows = await db().execute(sql`
      delete from feed_rankings where id in (select id from feed_rankings where id < id_at(now() - interval '1 hour' * ${KEPT_HOURS}) order by id limit ${AT_ONCE}) returning 1`);
    removed = rows.length;
  }
}

/** Has the next page read from the database; for tests. */
export function forgetRankings(): void {
  remembered.clear();
}
