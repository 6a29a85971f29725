import { type SQL, sql } from "drizzle-orm";

/** SQL: the post `p` (posts) may stand where posts are proposed: it is not marked as sensitive, or the viewer does not mind. Elsewhere it is covered. */
export const sensitiveWanted = (viewer: string | null): SQL =>
  viewer === null
    ? sql`true`
    : sql`(not p.is_sensitive or p.author_id = ${viewer}::bigint or not exists (select 1 from privacy_settings ps where ps.user_id = ${viewer}::bigint and ps.sensitive = 'hide'))`;
