import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { lastActive } from "@/lib/profiles/activity";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { allowed, whoInWords } from "@/lib/privacy/who-may";
import type { WhoMay } from "@/lib/privacy/types";
import { type MediaRow, toMediaView } from "@/lib/media/urls";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { hydrateMessages } from "./message-views";
import { packedPerson, type SummaryRow, toSummary } from "./people";
import type { Folder, ThreadView, Vanishing } from "./types";
import { messageVisible, unreadOf, wasThere } from "./visible-sql";

/** What decides whether one may write in a conversation. */
export type Writing = {
  kind: "pair" | "group"; is_member: boolean; other_id: string | null; other_is_there: boolean | null; other_is_accepted: boolean | null; other_may: boolean | null; other_follows: boolean | null;
  other_restricts: boolean | null; other_username: string | null; messages_from: WhoMay | null; old_follower_days: number | null;
};

/** SQL: columns of `Writing` for the thread `t` and its member `me`; `o` is the other one of a pair (`otherOf`). */
export const writingColumns = (viewer: SQL | string): SQL => sql`t.kind, me.until_id is null as is_member, o.user_id::text as other_id, o.is_there as other_is_there, o.is_accepted as other_is_accepted, o.may as other_may, o.follows as other_follows,
  exists (select 1 from restricts r where r.restricter_id = o.user_id and r.restricted_id = ${viewer}::bigint) as other_restricts, o.username as other_username, o.messages_from, o.old_follower_days`;

/** SQL: a lateral join, `o`: the other one of the pair `t`. */
export const otherOf = (viewer: SQL | string): SQL => sql`left join lateral (
  select x.user_id, x.is_accepted, x.folder, u.username, ${accountVisible(viewer as string)} as is_there, ${allowed("messages", viewer, sql`x.user_id`)} as may,
    exists (select 1 from follows f where f.follower_id = x.user_id and f.followee_id = ${viewer}::bigint and f.state = 'active') as follows, wish.messages_from, wish.old_follower_days,
    ${packedPerson(viewer, "u")} as person, ${lastActive(viewer as string)} as active_at, u.last_active_at > now() - interval '5 minutes' as is_active
  from thread_members x join users u on u.id = x.user_id left join privacy_settings wish on wish.user_id = x.user_id
  where t.kind = 'pair' and x.thread_id = t.id and x.user_id <> ${viewer}::bigint limit 1) o on true`;

/** Why one may not write there, in words; null when one may. */
export function refusalOf(row: Writing): string | null {
  if (row.kind === "group") return row.is_member ? null : "You are not in this group any more.";
  if (!row.other_is_there) return "You cannot write to this person.";
  if (row.other_is_accepted || row.other_may) return null;
  const who = whoInWords(row.messages_from!, row.other_username!, row.old_follower_days!);
  return who ? `Only ${who} can write to ${row.other_username}.` : `${row.other_username} lets nobody write to them.`;
}

export type ThreadRow = Writing & {
  id: string; name: string | null; vanishing: Vanishing; picture: MediaRow | null; role: "admin" | "member"; folder: Folder | "declined"; other_folder: string | null; my_accepted: boolean; is_muted: boolean; is_pinned: boolean;
  read_id: string; last_id: string | null; member_count: number; unread_count: number; people: SummaryRow[] | null; person: SummaryRow | null; active_at: string | null; is_active: boolean | null;
  asker: SummaryRow | null; shared_followers: number; updated_at: string; place: string;
};

const pictureOf = sql.raw("(select json_build_object('id', d.id::text, 'kind', d.kind, 'state', d.state, 'version', d.version, 'width', d.width, 'height', d.height, 'duration', null, 'alt', '', 'thumbhash', d.thumbhash, 'variants', d.variants, 'shown_camera', null) from media d where d.id = t.picture_media_id)");

/** Of so many messages it is looked who wrote last, to name those first. */
const LOOKED_AT = sql.raw("200");

/** SQL: columns of `ThreadRow`. `me` and `t` as everywhere. Who is out of a group knows its name and people as they were then. */
export const threadColumns = (viewer: string): SQL => sql`${writingColumns(viewer)}, t.id::text, case when me.until_id is null then t.name else me.left_name end as name, t.vanishing, case when me.until_id is null then ${pictureOf} end as picture, me.role, me.folder, o.folder as other_folder, me.is_accepted as my_accepted,
  me.is_muted, me.is_pinned, me.read_id::text, me.place::text, o.person, o.active_at, o.is_active,
  (select max(m.id)::text from (select m.id from messages m where m.thread_id = t.id and ${messageVisible(viewer)} order by m.id desc limit 1) m) as last_id,
  (select count(*)::int from thread_members x where x.thread_id = t.id and ${wasThere}) as member_count, ${unreadOf(viewer)} as unread_count,
  case when t.kind = 'group' then (select json_agg(p.person) from (select ${packedPerson(viewer, "u")} as person from thread_members x join users u on u.id = x.user_id
    left join (select l.sender_id, max(l.id) as id from (select m.id, m.sender_id from messages m where m.thread_id = t.id and ${messageVisible(viewer)} order by m.id desc limit ${LOOKED_AT}) l group by l.sender_id) s on s.sender_id = x.user_id
    where x.thread_id = t.id and x.user_id <> ${viewer}::bigint and ${wasThere} and ${accountVisible(viewer)} order by s.id desc nulls last, x.user_id limit 8) p) end as people,
  case when me.folder = 'requests' and me.until_id is null then (select ${packedPerson(viewer, "u")} from users u where u.id = coalesce(o.user_id, (
    select a.user_id from thread_members a where a.thread_id = t.id and a.role = 'admin' and a.until_id is null order by a.joined_at limit 1))) end as asker,
  case when me.folder = 'requests' and o.user_id is not null then (select count(*)::int from follows mine join follows theirs on theirs.follower_id = mine.followee_id and theirs.followee_id = o.user_id and theirs.state = 'active'
    where mine.follower_id = ${viewer}::bigint and mine.state = 'active') else 0 end as shared_followers,
  greatest(id_time(nullif(me.last_id, 0)), t.created_at) as updated_at`;

/** Rows as their member sees them; the last messages of all of them are read at once. */
export async function toThreadViews(viewer: Viewer, rows: readonly ThreadRow[]): Promise<ThreadView[]> {
  const last = new Map((await hydrateMessages(viewer, rows.flatMap(({ last_id }) => last_id ?? []))).map((message) => [message.id, message]));
  return rows.map((row): ThreadView => ({
    id: row.id, kind: row.kind, name: row.name, people: row.kind === "pair" ? [toSummary(row.person)] : (row.people ?? []).map(toSummary), member_count: row.member_count,
    picture_url: row.picture?.state === "ready" ? toMediaView(row.picture, { isPublic: false, viewerId: viewer.id }).urls["150"] : null,
    folder: row.folder === "inbox" ? "inbox" : "requests", is_muted: row.is_muted, is_pinned: row.is_pinned, vanishing: row.vanishing, unread_count: row.unread_count,
    // Of a declined one nothing stands in lists.
    last_message: (row.folder !== "declined" && row.last_id && last.get(row.last_id)) || null, read_id: row.read_id,
    viewer: { role: row.role, cannot_write: refusalOf(row), is_member: row.is_member },
    presence: presenceOf(row), request: row.folder !== "inbox" && row.asker ? { from: toSummary(row.asker), shared_followers: row.shared_followers } : null,
    updated_at: new Date(row.updated_at).toISOString(),
  }));
}

/** Told only where both have agreed to the conversation. */
function presenceOf(row: ThreadRow): ThreadView["presence"] {
  if (row.kind !== "pair" || row.folder !== "inbox" || row.other_folder !== "inbox" || row.active_at === null) return null;
  return { is_active: row.is_active === true, active_at: new Date(row.active_at).toISOString() };
}
