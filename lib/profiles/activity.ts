import { type SQL, sql } from "drizzle-orm";

/** Days after which nobody is told any more when somebody was there. */
const DAYS_TOLD = 7;

/**
 * SQL: when the person `u` was there last, to five minutes, as far as the viewer may know; null for those who may not, as
 * for who was not there. Told are people whom they follow and who tell it of themselves, and nobody across a block or a restriction.
 */
export function lastActive(viewerId: string | null): SQL {
  if (viewerId === null) return sql`null::timestamptz`;
  const me = sql`${viewerId}::bigint`;
  const restricts = (one: SQL, other: SQL) => sql`exists (select 1 from restricts r where r.restricter_id = ${one} and r.restricted_id = ${other})`;
  return sql`case when u.last_active_at > now() - make_interval(days => ${sql.raw(String(DAYS_TOLD))})
      and exists (select 1 from follows f where f.follower_id = u.id and f.followee_id = ${me} and f.state = 'active')
      and not exists (select 1 from privacy_settings s where s.user_id in (u.id, ${me}) and not s.shows_activity)
      and not exists (select 1 from blocks b where (b.blocker_id = ${me} and b.blocked_id = u.id) or (b.blocker_id = u.id and b.blocked_id = ${me}))
      and not ${restricts(sql`u.id`, me)} and not ${restricts(me, sql`u.id`)}
    then date_bin('5 minutes', u.last_active_at, 'epoch') end`;
}
