import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { postVisible } from "@/lib/platform/visibility/visibility";

type Reader = Pick<Viewer, "id">;

/** What is older is not remembered: its partition of `post_seen` is gone, or goes soon. */
const MONTHS = 3;

/**
 * Notes that the viewer has had these posts before their eyes, on whatever device. Own ones do not count, nor what they may not see; what is
 * older than three months is not remembered. Again changes nothing. Returns the ids of those that were new.
 */
export async function recordSeen(viewer: Reader, postIds: readonly string[]): Promise<string[]> {
  if (postIds.length === 0) return [];
  const rows = await db().execute<{ id: string }>(sql`
    insert into post_seen (user_id, post_id)
    select ${viewer.id}::bigint, p.id from unnest(${`{${postIds.join(",")}}`}::text::bigint[]) as w(id) join posts p on p.id = w.id join users u on u.id = p.author_id
    where p.id >= id_at(date_trunc('month', now(), 'UTC') - make_interval(months => ${MONTHS}::int)) and p.author_id <> ${viewer.id}::bigint and ${postVisible(viewer.id)}
    order by p.id on conflict do nothing returning post_id as id`);
  return rows.map((row) => String(row.id));
}

const readSeen = prepared<{ id: string; seen: boolean }, "viewer" | "ids">((arg) => sql`
  select p.id::text, exists (select 1 from post_seen s where s.user_id = ${arg("viewer")}::bigint and s.post_id = p.id) as seen
  from unnest(${arg("ids")}::text::bigint[]) as w(id) join posts p on p.id = w.id where p.author_id <> ${arg("viewer")}::bigint`);

/** Of these posts, those by others: whether the viewer has seen them. */
export async function listSeen(viewer: Reader, postIds: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await readSeen({ viewer: viewer.id, ids: `{${postIds.join(",")}}` });
  return new Map(rows.map((row) => [row.id, row.seen]));
}
