import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { belongs } from "@/lib/feed/skeleton";
import { countUnread } from "@/lib/notifications/queries";
import type { Signal } from "@/lib/platform/realtime/signals";
import type { Stream } from "@/lib/platform/realtime/stream";
import type { Told } from "@/lib/platform/realtime/streams";
import { WATCHER, watchersOf, watching } from "./watching-sql";

const readLiving = prepared<{ session: string }, "sessions">("living sessions", (arg) => sql`
  select s.id::text as session from unnest(${arg("sessions")}::text::bigint[]) as a(id) cross join lateral (
    select s.id from sessions s join users me on me.id = s.user_id where s.id = a.id and s.revoked_at is null and s.expires_at > now()
      and me.deleted_at is null and me.deactivated_at is null and me.suspended_at is null offset 0) s`);

/** Those of the sessions that live, with their accounts. */
export async function livingSessions(sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await readLiving({ sessions: `{${sessionIds.join(",")}}` })).map(({ session }) => session));
}

/** How much a person has not looked at, on each of their devices. */
export async function tellUnread(signals: readonly Signal[], streams: readonly Stream[]): Promise<Told[]> {
  const [living, unread] = await Promise.all([livingSessions(streams.map(({ listening }) => listening.sessionId)), countUnread({ id: signals[0]!.id })]);
  return streams.filter(({ listening }) => living.has(listening.sessionId)).map((stream) => ({ stream, data: { unread_count: unread } }));
}

const readNewest = prepared<{ session: string; newest: string }, "sessions" | "viewers" | "posts">("new posts for watchers", (arg) => sql`
  with ${watching(arg)}
  select v.session::text, n.id::text as newest from watching v cross join lateral (
    select max(p.id) as id from unnest(${arg("posts")}::text::bigint[]) as a(id) cross join lateral (select * from posts where id = a.id offset 0) p
    cross join lateral (select * from users where id = p.author_id offset 0) u
    where p.status = 'published' and p.author_id <> v.viewer and ${belongs(WATCHER)}) n
  where n.id is not null`);

/** That there is something new in one's feed: the newest of the posts that would stand there. */
export async function tellFeed(signals: readonly Signal[], streams: readonly Stream[]): Promise<Told[]> {
  const rows = await readNewest({ ...watchersOf(streams), posts: `{${signals.map(({ id }) => id).join(",")}}` });
  const newest = new Map(rows.map((row) => [row.session, row.newest]));
  return streams.flatMap((stream) => {
    const id = newest.get(stream.listening.sessionId);
    return id === undefined ? [] : [{ stream, data: { newest_id: id } }];
  });
}
