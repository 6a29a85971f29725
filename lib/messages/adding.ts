import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { allowed } from "@/lib/privacy/who-may";

/** SQL: the people `u` of these whom the actor may bring into a group. */
const addable = (actorId: string, userIds: readonly string[]): SQL =>
  sql`u.id = any (${sql.param([...userIds])}::text[]::bigint[]) and ${accountVisible(actorId)} and ${allowed("messages", actorId, sql`u.id`)}`;

/** SQL: `u` follows the actor, and does not keep them at a distance. */
const knows = (actorId: string): SQL => sql`(exists (select 1 from follows f where f.follower_id = u.id and f.followee_id = ${actorId}::bigint and f.state = 'active')
  and not exists (select 1 from restricts r where r.restricter_id = u.id and r.restricted_id = ${actorId}::bigint))`;

/** SQL: `u` wanted nothing of what the actor wrote to them. */
const declined = (actorId: string): SQL => sql`exists (select 1 from threads pt join thread_members pm on pm.thread_id = pt.id and pm.user_id = u.id and pm.folder = 'declined'
  where pt.pair_key = least(u.id, ${actorId}::bigint) || ':' || greatest(u.id, ${actorId}::bigint))`;

/** Who is brought into a group and does not know the viewer counts as a stranger written to. Throws too_many. */
export async function limitStrangers(viewer: Viewer, userIds: readonly string[], threadId: string | null = null): Promise<void> {
  const rows = await db().execute(sql`
    select 1 from users u where ${addable(viewer.id, userIds)} and not ${knows(viewer.id)} and not exists (select 1 from thread_members x where x.thread_id = ${threadId}::bigint and x.user_id = u.id and x.until_id is null)`);
  for (const _ of rows) await limit("strangers", viewer.id);
}

/**
 * Brings people into a group as far as the one who brings them may write to them; those who follow them have it among theirs, the others among requests, and who
 * has declined them, or this group, is spared another request. They read what comes after `fromId`. Answers who came.
 */
export async function addPeople(tx: Transaction, actorId: string, threadId: string, userIds: readonly string[], fromId: string, lastId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    insert into thread_members as x (thread_id, user_id, folder, is_listed, from_id, last_id, read_id)
    select ${threadId}::bigint, who.id, who.folder, who.folder <> 'declined', ${fromId}::bigint, ${lastId}::bigint, ${fromId}::bigint
    from (select u.id, case when ${knows(actorId)} then 'inbox' when ${declined(actorId)} then 'declined' else 'requests' end as folder from users u where ${addable(actorId, userIds)}) who
    on conflict (thread_id, user_id) do update set until_id = null, left_name = null, is_removed = false, role = 'member', folder = case when x.folder = 'declined' and excluded.folder = 'requests' then 'declined' else excluded.folder end,
        is_listed = excluded.folder = 'inbox' or (excluded.folder = 'requests' and x.folder <> 'declined'), is_accepted = false, from_id = excluded.from_id, last_id = excluded.last_id, read_id = excluded.read_id, joined_at = now()
      where x.until_id is not null
    returning x.user_id::text as id`);
  return [...rows].map(({ id }) => id);
}
