import { type SQL, sql } from "drizzle-orm";
import type { WhoMay } from "./types";

/** What one may do towards a person who has a say in it. */
export type Deed = "comments" | "mentions" | "tags" | "messages";

const COLUMN = { comments: sql.raw("comments_from"), mentions: sql.raw("mentions_from"), tags: sql.raw("tags_from"), messages: sql.raw("messages_from") } as const;

/**
 * SQL: the wishes of `person` let `actor` do it (expressions: ids, or columns of our own). Says nothing of blocks and of who
 * sees what. `mayDo` is the same as a predicate; a test holds the two together.
 */
export function allowed(deed: Deed, actor: SQL | string, person: SQL | string): SQL {
  return sql`(${person}::bigint = ${actor}::bigint or coalesce((
    select case wishes.${COLUMN[deed]}
      when 'everyone' then true
      when 'followed' then exists (select 1 from follows f where f.follower_id = ${person}::bigint and f.followee_id = ${actor}::bigint and f.state = 'active')
      when 'followers' then exists (select 1 from follows f where f.follower_id = ${actor}::bigint and f.followee_id = ${person}::bigint and f.state = 'active')
      when 'old_followers' then exists (select 1 from follows f where f.follower_id = ${actor}::bigint and f.followee_id = ${person}::bigint and f.state = 'active'
        and f.created_at <= now() - make_interval(days => wishes.old_follower_days))
      else false end
    from privacy_settings wishes where wishes.user_id = ${person}::bigint), true))`;
}

/** `followsForDays`: how long the actor has followed the person, null when they do not. */
export type Standing = { isSelf: boolean; isFollowed: boolean; followsForDays: number | null };

/** Predicate of `allowed`. */
export function mayDo(from: WhoMay, oldFollowerDays: number, { isSelf, isFollowed, followsForDays }: Standing): boolean {
  if (isSelf || from === "everyone") return true;
  if (from === "followed") return isFollowed;
  if (from === "followers") return followsForDays !== null;
  return from === "old_followers" && followsForDays !== null && followsForDays >= oldFollowerDays;
}

/** Who may, in words, after "Only …"; null for nobody. */
export function whoInWords(from: WhoMay, name: string, oldFollowerDays: number): string | null {
  switch (from) {
    case "followed":
      return `people ${name} follows`;
    case "followers":
      return `people who follow ${name}`;
    case "old_followers":
      return `people who have followed ${name} for ${oldFollowerDays} ${oldFollowerDays === 1 ? "day" : "days"}`;
    default:
      return null;
  }
}
