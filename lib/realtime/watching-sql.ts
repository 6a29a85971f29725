import { type SQL, sql } from "drizzle-orm";
import type { Stream } from "@/lib/platform/realtime/stream";

/** Who is asked about, as two arguments of a prepared statement: sessions and their people, in the same order. */
export const watchersOf = (streams: readonly Stream[]) => ({
  sessions: `{${streams.map(({ listening }) => listening.sessionId).join(",")}}`,
  viewers: `{${streams.map(({ listening }) => listening.viewerId).join(",")}}`,
});

/** SQL: `watching` (session, viewer): those whose session and account live, each once. */
export const watching = (arg: (name: "sessions" | "viewers") => string): SQL => sql`
  watching as materialized (
    select distinct a.session, a.viewer from unnest(${arg("sessions")}::text::bigint[], ${arg("viewers")}::text::bigint[]) as a(session, viewer)
    cross join lateral (select 1 from sessions s join users me on me.id = s.user_id where s.id = a.session and s.user_id = a.viewer and s.revoked_at is null and s.expires_at > now()
      and me.deleted_at is null and me.deactivated_at is null and me.suspended_at is null offset 0) living)`;

/** The one asked about, as a column of `watching v`. */
export const WATCHER = sql.raw("v.viewer");
