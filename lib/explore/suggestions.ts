import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { type PersonRow, personColumns, toUserView } from "@/lib/graph/people";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import type { UserView } from "@/lib/profiles/types";

/** So many of the most followed are looked through. */
const MOST = sql.raw("300");

const readSuggested = prepared<PersonRow, "viewer" | "limit">((arg) => sql`
  select ${personColumns(arg("viewer"))} from (select id from users where deleted_at is null order by follower_count desc, id limit ${MOST}) popular
  join users u on u.id = popular.id
  where not u.is_private and u.post_count > 0 and u.id <> ${arg("viewer")}::bigint and ${accountVisible(arg("viewer"))}
    and not exists (select 1 from follows f where f.follower_id = ${arg("viewer")}::bigint and f.followee_id = u.id)
    and not exists (select 1 from mutes m where m.muter_id = ${arg("viewer")}::bigint and m.muted_id = u.id)
  order by u.follower_count desc, u.id limit ${arg("limit")}::int`);

/** Open accounts with photos that many follow and the viewer does not (yet); for a feed that is still empty. */
export async function listSuggestedPeople(viewer: Pick<Viewer, "id">, limit: number): Promise<UserView[]> {
  const rows = await readSuggested({ viewer: viewer.id, limit });
  return rows.map((row) => toUserView(row, viewer.id));
}
