import { type SQL, sql } from "drizzle-orm";
import { EMBEDDABLE, REPOSTABLE } from "./openness";

/** SQL: the post `p` of `u` is published for everybody. */
const OPEN = "p.audience = 'everyone' and not u.is_private and p.status = 'published' and p.deleted_at is null and p.archived_at is null";

const bits = (reposts: string, indexed: string) => `(p.reposts_enabled and ${reposts})::int * ${REPOSTABLE} + (${indexed} and not p.is_sensitive)::int * ${EMBEDDABLE}`;

/**
 * SQL: whether the post `p` of `u` may be reposted and whether it may appear on other sites (what is marked as sensitive may not), as bits of a number;
 * none for what is not for everybody. One look at the wishes of its author for both.
 */
export const OPENNESS = `case when ${OPEN} then coalesce((select ${bits("s.allows_reposts", "s.is_indexed")} from privacy_settings s where s.user_id = p.author_id), ${bits("true", "true")}) else 0 end`;

/** SQL: the first of the two. */
export const isRepostable: SQL = sql.raw(`((${OPENNESS}) & ${REPOSTABLE} <> 0)`);
