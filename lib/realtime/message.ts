import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { messageVisible, showsSeen, unreadThreads } from "@/lib/messages/visible-sql";
import type { Signal } from "@/lib/platform/realtime/signals";
import type { Stream } from "@/lib/platform/realtime/stream";
import type { Told } from "@/lib/platform/realtime/streams";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { WATCHER, watchersOf, watching } from "./watching-sql";

/** SQL: the member `me` hears of the conversation; of how it stands for them alone they hear also when it is not theirs any more. */
const hears = (isOwn: SQL): SQL => sql`((me.until_id is null and me.folder <> 'declined') or ${isOwn})`;

const readMembers = prepared<{ viewer: string }, "threads" | "owners">("people of conversations", (arg) => sql`
  select distinct user_id::text as viewer from thread_members me where thread_id = any (${arg("threads")}::text::bigint[]) and ${hears(sql`user_id = any (${arg("owners")}::text::bigint[])`)}`);

const readOwn = prepared<{ viewer: string; thread: string }, "threads" | "viewers" | "owners">("conversations of watchers", (arg) => sql`
  select me.user_id::text as viewer, me.thread_id::text as thread from unnest(${arg("viewers")}::text::bigint[]) as v(id) cross join lateral (
    select * from thread_members me where user_id = v.id and thread_id = any (${arg("threads")}::text::bigint[]) and ${hears(sql`v.id = any (${arg("owners")}::text::bigint[])`)} offset 0) me`);

/** Below so many it is asked what is theirs, else who is in the conversations: there are 250 at most. */
const FEW = 20;

/** Narrows down to whom it may concern at all; who is told is judged after that. */
async function concerned(signals: readonly Signal[], streams: readonly Stream[]): Promise<{ signals: readonly Signal[]; streams: Stream[] }> {
  const threads = `{${[...new Set(signals.map(({ id }) => id))].join(",")}}`;
  const owners = `{${[...new Set(signals.flatMap(({ what, of }) => (what === "thread" && of !== undefined ? [of] : [])))].join(",")}}`;
  if (streams.length > FEW) {
    const members = new Set((await readMembers({ threads, owners })).map(({ viewer }) => viewer));
    return { signals, streams: streams.filter(({ listening }) => members.has(listening.viewerId)) };
  }
  const own = await readOwn({ threads, owners, viewers: `{${[...new Set(streams.map(({ listening }) => listening.viewerId))].join(",")}}` });
  const [viewers, theirs] = [new Set(own.map(({ viewer }) => viewer)), new Set(own.map(({ thread }) => thread))];
  return { signals: signals.filter(({ id }) => theirs.has(id)), streams: streams.filter(({ listening }) => viewers.has(listening.viewerId)) };
}

const named = (signals: readonly Signal[]) => ({ threads: `{${signals.map(({ id }) => id).join(",")}}`, ofs: `{${signals.map(({ of }) => of ?? "0").join(",")}}`, whats: `{${signals.map(({ what }) => what ?? "thread").join(",")}}` });

type Row = { session: string; thread_id: string; message_id: string | null; what: string; unread_count: number; request_count: number };

const member = (isOwn: SQL): SQL => sql`cross join lateral (select * from thread_members me where thread_id = s.thread and user_id = v.viewer and ${hears(isOwn)} offset 0) me cross join lateral (select * from threads where id = s.thread offset 0) t`;

const readNews = prepared<Row, "sessions" | "viewers" | "threads" | "ofs" | "whats">("messages for watchers", (arg) => sql`
  with ${watching(arg)},
  told as materialized (
    select v.session, v.viewer, s.thread as thread_id, case when s.what in ('sent', 'changed') then s.of end as message_id, s.what, s.rank
    from watching v cross join unnest(${arg("threads")}::text::bigint[], ${arg("ofs")}::text::bigint[], ${arg("whats")}::text::text[]) with ordinality as s(thread, of, what, rank) ${member(sql`(s.what = 'thread' and s.of = v.viewer)`)}
    where case s.what when 'sent' then exists (select 1 from messages m where m.id = s.of and m.thread_id = t.id and ${messageVisible(WATCHER)})
      when 'changed' then s.of > me.from_id and not exists (select 1 from messages m where m.id = s.of and not (m.thread_id = t.id and ${messageVisible(WATCHER)}))
      when 'seen' then s.of = v.viewer or exists (select 1 from thread_members reader join users u on u.id = reader.user_id where reader.thread_id = t.id and reader.user_id = s.of and ${accountVisible(WATCHER)} and ${showsSeen(WATCHER)})
      else s.of in (0, v.viewer) end),
  counts as materialized (select c.viewer, ${unreadThreads(sql.raw("c.viewer"), "inbox")} as unread_count, ${unreadThreads(sql.raw("c.viewer"), "requests")} as request_count from (select distinct viewer from told) c)
  select told.session::text, told.thread_id::text, told.message_id::text, told.what, counts.unread_count, counts.request_count from told join counts on counts.viewer = told.viewer order by told.rank`);

/** What happened in conversations, to each of those in them for whom it is there. */
export async function tellMessages(signals: readonly Signal[], streams: readonly Stream[]): Promise<Told[]> {
  const about = await concerned(signals, streams);
  if (about.streams.length === 0 || about.signals.length === 0) return [];
  const rows = Map.groupBy(await readNews({ ...watchersOf(about.streams), ...named(about.signals) }), (row) => row.session);
  return about.streams.flatMap((stream) => (rows.get(stream.listening.sessionId) ?? []).map(({ session: _session, ...data }) => ({ stream, data })));
}

type TypingRow = { session: string; user_id: string; username: string };

const readTyping = prepared<TypingRow, "sessions" | "viewers" | "threads" | "ofs">("typing for watchers", (arg) => sql`
  with ${watching(arg)}
  select v.session::text, u.id::text as user_id, u.username from watching v cross join unnest(${arg("threads")}::text::bigint[], ${arg("ofs")}::text::bigint[]) as s(thread, of) ${member(sql`false`)}
  cross join lateral (select * from thread_members where thread_id = s.thread and user_id = s.of and until_id is null and folder = 'inbox' offset 0) typist cross join lateral (select * from users where id = s.of offset 0) u
  where v.viewer <> s.of and me.folder = 'inbox' and (t.kind = 'group' or typist.is_accepted or exists (select 1 from follows f where f.follower_id = u.id and f.followee_id = v.viewer and f.state = 'active'))
    and not exists (select 1 from restricts r where r.restricter_id = u.id and r.restricted_id = v.viewer) and ${accountVisible(WATCHER)}`);

/** Who is writing just now, to those with whom they have agreed to write. */
export async function tellTyping(signals: readonly Signal[], streams: readonly Stream[]): Promise<Told[]> {
  const about = await concerned(signals, streams);
  if (about.streams.length === 0 || about.signals.length === 0) return [];
  const latest = [...new Map(about.signals.map((signal) => [signal.of, signal])).values()];
  const { threads, ofs } = named(latest);
  const rows = Map.groupBy(await readTyping({ ...watchersOf(about.streams), threads, ofs }), (row) => row.session);
  return about.streams.flatMap((stream) => (rows.get(stream.listening.sessionId) ?? []).map(({ user_id, username }) => ({ stream, data: { thread_id: latest[0]!.id, user_id, username } })));
}
