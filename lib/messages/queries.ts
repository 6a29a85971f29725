import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import { matching } from "@/lib/graph/queries";
import { notFound } from "@/lib/platform/errors";
import { NEWEST, type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { allowed } from "@/lib/privacy/who-may";
import { hydrateMessages } from "./message-views";
import { packedPerson, type SummaryRow, toSummary } from "./people";
import { otherOf, threadColumns, type ThreadRow, toThreadViews } from "./thread-views";
import type { Folder, MemberView, MessagePage, SeenView, ThreadView } from "./types";
import type { UserSummary } from "@/lib/profiles/types";
import { messageVisible, showsSeen, unreadThreads } from "./visible-sql";

type Asker = Pick<Viewer, "id">;

const readInbox = prepared<ThreadRow, "viewer" | "folder" | "before" | "limit">("conversations of a person", (arg) => sql`
  select ${threadColumns(arg("viewer"))} from (select * from thread_members where user_id = ${arg("viewer")}::bigint and folder = ${arg("folder")} and is_listed and place < ${arg("before")}::bigint order by place desc limit ${arg("limit")}::int) me
  cross join lateral (select * from threads where id = me.thread_id offset 0) t ${otherOf(arg("viewer"))} order by me.place desc`);

/** One's conversations, pinned ones first, then newest first. */
export async function listThreads(viewer: Viewer, folder: Folder, page: Page): Promise<Slice<ThreadView>> {
  const { items, nextCursor } = sliceOf(await readInbox({ viewer: viewer.id, folder, before: page.cursor ?? NEWEST, limit: page.limit + 1 }), page.limit, (row) => row.place);
  return { items: await toThreadViews(viewer, items), nextCursor };
}

const readThreads = prepared<ThreadRow, "viewer" | "ids">("conversations by id", (arg) => sql`
  select ${threadColumns(arg("viewer"))} from unnest(${arg("ids")}::text::bigint[]) with ordinality as a(id, rank)
  cross join lateral (select * from thread_members where thread_id = a.id and user_id = ${arg("viewer")}::bigint offset 0) me
  cross join lateral (select * from threads where id = a.id offset 0) t ${otherOf(arg("viewer"))} where not (t.kind = 'group' and me.folder = 'declined') order by a.rank`);

/** Of these those of which the viewer is or was a member. A group that they declined is gone; a pair comes back when they write themselves. */
export const hydrateThreads = async (viewer: Viewer, ids: readonly string[]): Promise<ThreadView[]> =>
  ids.length === 0 ? [] : toThreadViews(viewer, await readThreads({ viewer: viewer.id, ids: `{${ids.join(",")}}` }));

/** One conversation; null when it is not the viewer's. */
export const getThread = async (viewer: Viewer, id: string): Promise<ThreadView | null> => (await hydrateThreads(viewer, [id]))[0] ?? null;

/** The same. Throws not_found. */
export async function demandThread(viewer: Viewer, id: string): Promise<ThreadView> {
  const thread = await getThread(viewer, id);
  if (!thread) throw notFound();
  return thread;
}

const MEMBER = (viewer: string, thread: string) => sql`select me.*, t.kind from thread_members me join threads t on t.id = me.thread_id where me.thread_id = ${thread}::bigint and me.user_id = ${viewer}::bigint`;

const readOlder = prepared<{ id: string }, "viewer" | "thread" | "before" | "limit">("older messages", (arg) => sql`
  select m.id::text from thread_members me join threads t on t.id = me.thread_id cross join lateral (
    select m.id from messages m where m.thread_id = me.thread_id and m.id < ${arg("before")}::bigint and ${messageVisible(arg("viewer"))} order by m.id desc limit ${arg("limit")}::int) m
  where me.thread_id = ${arg("thread")}::bigint and me.user_id = ${arg("viewer")}::bigint order by m.id desc`);

const readNewer = prepared<{ id: string }, "viewer" | "thread" | "after" | "limit">("newer messages", (arg) => sql`
  select m.id::text from thread_members me join threads t on t.id = me.thread_id cross join lateral (
    select m.id from messages m where m.thread_id = me.thread_id and m.id > ${arg("after")}::bigint and ${messageVisible(arg("viewer"))} order by m.id limit ${arg("limit")}::int) m
  where me.thread_id = ${arg("thread")}::bigint and me.user_id = ${arg("viewer")}::bigint order by m.id`);

const readMembership = prepared<{ thread: string }, "viewer" | "thread">("membership", (arg) => sql`select thread_id::text as thread from thread_members where thread_id = ${arg("thread")}::bigint and user_id = ${arg("viewer")}::bigint`);

export type Wanted = { before?: string; after?: string; around?: string; ids?: readonly string[]; limit: number };

/** A part of what was said, oldest first: the newest, what stands before or after a message or around it, or certain ones. Null when it is not the viewer's. */
export async function listMessages(viewer: Viewer, threadId: string, { before, after, around, ids, limit }: Wanted): Promise<MessagePage | null> {
  const key = { viewer: viewer.id, thread: threadId };
  if ((await readMembership(key)).length === 0) return null;
  if (ids) return { messages: (await hydrateMessages(viewer, ids)).filter((message) => message.thread_id === threadId), older: null, newer: null };
  const half = around === undefined ? limit : Math.ceil(limit / 2);
  const point = around === undefined || around === NEWEST ? before : String(BigInt(around) + 1n);
  const [older, newer] = await Promise.all([
    after === undefined ? readOlder({ ...key, before: point ?? NEWEST, limit: half + 1 }) : [],
    after !== undefined || around !== undefined ? readNewer({ ...key, after: after ?? around!, limit: (after === undefined ? limit - half : limit) + 1 }) : [],
  ]);
  const [older1, newer1] = [older.slice(0, half).map(({ id }) => id).reverse(), newer.slice(0, after === undefined ? limit - half : limit).map(({ id }) => id)];
  const shown = [...older1, ...newer1];
  return {
    messages: await hydrateMessages(viewer, shown),
    older: after === undefined ? (older.length > half ? (shown[0] ?? null) : null) : (shown[0] ?? after),
    newer: newer.length > newer1.length ? (shown.at(-1) ?? null) : before !== undefined ? (shown.at(-1) ?? before) : null,
  };
}

/** How far the others have seen a conversation, of those who show it. Null when it is not the viewer's. */
export async function listSeen(viewer: Asker, threadId: string): Promise<SeenView[] | null> {
  const rows = await db().execute<{ read_id: string; read_at: string; person: SummaryRow | null }>(sql`
    select reader.read_id::text, reader.read_at, ${packedPerson(viewer.id, "u")} as person from (${MEMBER(viewer.id, threadId)}) me join threads t on t.id = me.thread_id
    join thread_members reader on reader.thread_id = me.thread_id and reader.user_id <> ${viewer.id}::bigint join users u on u.id = reader.user_id
    where reader.read_at is not null and ${accountVisible(viewer.id)} and ${showsSeen(viewer.id)} order by reader.read_id desc, reader.user_id`);
  if (rows.length === 0 && (await readMembership({ viewer: viewer.id, thread: threadId })).length === 0) return null;
  return [...rows].map((row) => ({ user: toSummary(row.person), read_id: row.read_id, read_at: new Date(row.read_at).toISOString() }));
}

export type Unread = { unread_count: number; request_count: number };

const readUnread = prepared<Unread, "viewer">("unread conversations", (arg) => sql`select ${unreadThreads(arg("viewer"), "inbox")} as unread_count, ${unreadThreads(arg("viewer"), "requests")} as request_count`);

/** Conversations with something unread, each counted to 100; muted ones are not counted. */
export const countUnreadThreads = async (viewer: Asker): Promise<Unread> => (await readUnread({ viewer: viewer.id }))[0]!;

/** Who is in a conversation, in the order in which they came. Null when it is not the viewer's. */
export async function listMembers(viewer: Asker, threadId: string, page: Page, q = ""): Promise<Slice<MemberView> | null> {
  const [me] = await db().execute<{ until_id: string | null }>(MEMBER(viewer.id, threadId));
  if (!me) return null;
  if (me.until_id !== null) return { items: [], nextCursor: null };
  const rows = await db().execute<{ user_id: string; role: "admin" | "member"; joined_at: string; person: SummaryRow | null }>(sql`
    select x.user_id::text, x.role, x.joined_at, ${packedPerson(viewer.id, "u")} as person from thread_members x join users u on u.id = x.user_id
    where x.thread_id = ${threadId}::bigint and x.until_id is null and ${accountVisible(viewer.id)} and ${matching(q)} and x.user_id > ${page.cursor ?? "0"}::bigint order by x.user_id limit ${page.limit + 1}`);
  const { items, nextCursor } = sliceOf([...rows], page.limit, (row) => row.user_id);
  return { items: items.map((row) => ({ user: toSummary(row.person), role: row.role, joined_at: new Date(row.joined_at).toISOString() })), nextCursor };
}

/** These people as members, as far as they are there for the viewer. */
export async function listMembersById(viewer: Asker, threadId: string, userIds: readonly string[]): Promise<MemberView[]> {
  if (userIds.length === 0) return [];
  const rows = await db().execute<{ role: "admin" | "member"; joined_at: string; person: SummaryRow | null }>(sql`
    select x.role, x.joined_at, ${packedPerson(viewer.id, "u")} as person from thread_members x join users u on u.id = x.user_id
    where x.thread_id = ${threadId}::bigint and x.until_id is null and ${accountVisible(viewer.id)} and x.user_id = any (${sql.param([...userIds])}::text[]::bigint[]) order by x.user_id`);
  return [...rows].map((row) => ({ user: toSummary(row.person), role: row.role, joined_at: new Date(row.joined_at).toISOString() }));
}

export type InviteView = { name: string | null; picture_url: string | null; member_count: number; is_member: boolean; thread_id?: string };

/** What an invitation leads to; null for one that does not count (any more), or not for the viewer. The picture is for members only. */
export async function readInvite(viewer: Viewer, token: string): Promise<InviteView | null> {
  // Who was taken out cannot come back by it.
  const [row] = await db().execute<{ id: string; name: string | null; member_count: number; is_member: boolean }>(sql`
    select t.id::text, t.name, (select count(*)::int from thread_members x where x.thread_id = t.id and x.until_id is null) as member_count,
      exists (select 1 from thread_members x where x.thread_id = t.id and x.user_id = ${viewer.id}::bigint and x.until_id is null) as is_member
    from threads t where t.invite_token = ${token} and not exists (select 1 from thread_members x where x.thread_id = t.id and x.user_id = ${viewer.id}::bigint and x.is_removed)`);
  if (!row) return null;
  const picture = row.is_member ? ((await getThread(viewer, row.id))?.picture_url ?? null) : null;
  return { name: row.name, picture_url: picture, member_count: row.member_count, is_member: row.is_member, ...(row.is_member ? { thread_id: row.id } : {}) };
}

/** Whom one may write to: who one follows or writes with first, then everybody else whose name fits. */
export async function listPeople(viewer: Asker, q: string): Promise<UserSummary[]> {
  const may = sql`u.id <> ${viewer.id}::bigint and ${accountVisible(viewer.id)} and ${allowed("messages", viewer.id, sql`u.id`)} and ${matching(q)}`;
  const known: SQL = sql`select f.followee_id as id from follows f where f.follower_id = ${viewer.id}::bigint and f.state = 'active'
    union select x.user_id from thread_members me join thread_members x on x.thread_id = me.thread_id and x.user_id <> me.user_id where me.user_id = ${viewer.id}::bigint and me.folder = 'inbox' and me.is_listed`;
  const rows = [...(await db().execute<{ person: SummaryRow }>(sql`select ${packedPerson(viewer.id, "u")} as person from (${known}) k join users u on u.id = k.id where ${may} order by u.username_key limit 20`))];
  const more = rows.length >= 20 || q.trim() === "" ? [] : await db().execute<{ person: SummaryRow }>(sql`
    select ${packedPerson(viewer.id, "u")} as person from users u where ${may} and u.id not in (${known}) order by u.follower_count desc, u.id limit ${20 - rows.length}`);
  return [...rows, ...more].map(({ person }) => toSummary(person));
}
