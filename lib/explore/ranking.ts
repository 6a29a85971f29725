import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { idAt } from "@/lib/platform/ids";
import { sourceFor } from "@/lib/platform/viewer/writes";

/** How many posts a ranking holds. */
const LENGTH = 2_000;
/** How many of the newest posts of a window are weighed at most. */
const WEIGHED = 50_000;
/** Days looked back, further until there is enough (a week alone would leave an empty page where little is posted). */
const WINDOWS_DAYS = [7, 30, 36_500];
const EPOCH_MS = 1_735_689_600_000;

/**
 * Ids of posts that anybody may see, best first. Likes and comments count, damped with the hours since (the older, the
 * more they need); of one author's posts each further one counts for less, so that nobody fills the page.
 */
export async function rankPosts(now = Date.now()): Promise<string[]> {
  let ids: string[] = [];
  for (const days of WINDOWS_DAYS) {
    ids = await rankSince(new Date(Math.max(EPOCH_MS, now - days * 86_400_000)));
    if (ids.length >= LENGTH) break;
  }
  return ids;
}

const rank = prepared<{ id: string }, "since" | "weighed" | "length">("explore ranking", (arg) => sql`
    with newest as materialized (
      select p.id, p.author_id, (1 + p.like_count + 2 * p.comment_count) / power(extract(epoch from now() - id_time(p.id)) / 3600.0 + 12, 1.2) as score
      from posts p
      where p.deleted_at is null and p.archived_at is null and p.status = 'published' and p.audience = 'everyone' and p.id >= ${arg("since")}::bigint
      order by p.id desc limit ${arg("weighed")}::int),
    -- One look-up for each author, instead of reading all people for a hash.
    authors as materialized (
      select a.author_id as id from (select distinct author_id from newest) a cross join lateral (
        select 1 from users u where u.id = a.author_id and not u.is_private and u.deleted_at is null and u.deactivated_at is null and u.suspended_at is null offset 0) shown),
    spread as (
      select n.id, n.score / (1 + 0.5 * (row_number() over (partition by n.author_id order by n.score desc) - 1)) as score
      from newest n join authors on authors.id = n.author_id)
    select id from spread order by score desc, id desc limit ${arg("length")}::int`);

/** What may be seen by whom is asked for each page; so the ranking may come from a replica. */
async function rankSince(since: Date): Promise<string[]> {
  const rows = await rank({ since: idAt(since), weighed: WEIGHED, length: LENGTH }, sourceFor(null));
  return rows.map((row) => row.id);
}
