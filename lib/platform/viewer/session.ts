import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import type { Claims } from "./token";
import type { Viewer } from "./viewer";

type Row = {
  id: string; username: string; full_name: string; role: Viewer["role"]; is_private: boolean;
  avatar_media_id: string | null; avatar_version: string | null; stale: boolean; wrote: string | null;
};

const readSession = prepared<Row, "session" | "user">("session", (arg) => sql`
  select u.id, u.username, u.full_name, u.role, u.is_private, u.avatar_media_id, u.avatar_version,
         s.last_seen_at < now() - interval '5 minutes' as stale,
         (select w.place::text from recent_writes w where w.user_id = u.id) as wrote
  from sessions s join users u on u.id = s.user_id
  where s.id = ${arg("session")}::bigint and s.user_id = ${arg("user")}::bigint and s.revoked_at is null and s.expires_at > now()
    and u.deleted_at is null and u.deactivated_at is null and u.suspended_at is null`);

/**
 * The viewer of a living session. `last_seen_at` is touched at most every five minutes, so that reading a page does not
 * write a row.
 */
export async function loadSession({ userId, sessionId }: Claims): Promise<Viewer | null> {
  const rows = await readSession({ session: sessionId, user: userId });
  const row = rows[0];
  if (!row) return null;
  if (row.stale) await touch(sessionId, userId);
  return {
    id: row.id, username: row.username, fullName: row.full_name, role: row.role, isPrivate: row.is_private,
    sessionId, avatarMediaId: row.avatar_media_id, avatarVersion: row.avatar_version, wrote: row.wrote,
  };
}

async function touch(sessionId: string, userId: string) {
  await db().execute(sql`
    with seen as (update sessions set last_seen_at = now() where id = ${sessionId})
    update users set last_active_at = now() where id = ${userId}`);
}
