import "server-only";
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { env } from "@/lib/platform/env";
import { forbidden, invalid, invalidField, notFound } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { addPeople, limitStrangers } from "./adding";
import { demandThread, listMembersById } from "./queries";
import { MAX_MEMBERS } from "./schemas";
import { signalThread } from "./signal";
import type { MemberView, ThreadView } from "./types";
import { settleSeen, tellVanishing } from "./vanishing";
import { type Locked, lockThread, writeEvent } from "./write";

async function lockGroup(tx: Transaction, viewerId: string, threadId: string, isForAdmin = false): Promise<Locked> {
  const thread = await lockThread(tx, viewerId, threadId);
  if (thread.kind === "pair") throw invalid("This is not a group.");
  if (thread.until_id !== null) throw forbidden("You are not in this group any more.");
  if (isForAdmin && thread.role !== "admin") throw forbidden("Only an admin of the group may do this.");
  return thread;
}

async function demandRoom(tx: Transaction, threadId: string, more: number): Promise<void> {
  const [row] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from thread_members where thread_id = ${threadId}::bigint and until_id is null`);
  if (row!.count + more > MAX_MEMBERS) throw invalidField("user_ids", `A group can have at most ${MAX_MEMBERS} people.`);
}

/** Adds people to one's group. Throws not_found, forbidden, too_many, invalid; 422 when none of them may be added. */
export async function addMembers(viewer: Viewer, threadId: string, userIds: readonly string[]): Promise<MemberView[]> {
  await limit("messages", viewer.id);
  await limitStrangers(viewer, userIds, threadId);
  const added = await db().transaction(async (tx) => {
    const thread = await lockGroup(tx, viewer.id, threadId);
    const [there] = await tx.execute<{ ids: string[] }>(sql`select coalesce(array_agg(user_id::text), '{}')::text[] as ids from thread_members where thread_id = ${threadId}::bigint and until_id is null and user_id = any (${sql.param([...userIds])}::text[]::bigint[])`);
    const wanted = userIds.filter((id) => !there!.ids.includes(id));
    if (wanted.length === 0) return [];
    await demandRoom(tx, threadId, wanted.length);
    const ids = await addPeople(tx, viewer.id, threadId, wanted, thread.last_id, thread.last_id);
    if (ids.length === 0) throw invalidField("user_ids", "None of these people takes messages from you.");
    let last = thread.last_id;
    for (const id of ids) last = await writeEvent(tx, thread, viewer.id, { kind: "added", user_id: id });
    await tx.execute(sql`update thread_members set last_id = ${last}::bigint where thread_id = ${threadId}::bigint and user_id = any (${sql.param(ids)}::text[]::bigint[])`);
    return ids;
  });
  if (added.length > 0) signalThread(threadId);
  return listMembersById(viewer, threadId, added);
}

/**
 * Takes somebody out of the group; they keep what was written until then, but not its photos, and no invitation brings them back. Repeating it does nothing. Throws
 * not_found, also for who is not there for the viewer; forbidden.
 */
export async function removeMember(viewer: Viewer, threadId: string, userId: string): Promise<void> {
  if (userId === viewer.id) return void (await leaveGroup(viewer, threadId));
  const settled = await db().transaction(async (tx) => {
    const thread = await lockGroup(tx, viewer.id, threadId, true);
    const [row] = await tx.execute<{ until_id: string | null }>(sql`
      select x.until_id::text from thread_members x join users u on u.id = x.user_id where x.thread_id = ${threadId}::bigint and x.user_id = ${userId}::bigint and ${accountVisible(viewer.id)}`);
    if (!row) throw notFound();
    return row.until_id === null ? endMembership(tx, thread, userId, await writeEvent(tx, thread, viewer.id, { kind: "removed", user_id: userId }), true) : null;
  });
  if (settled) tellEnded(threadId, userId, settled);
}

/** The last they read is that they left or were removed. Answers what begins to go because they need not see it any more. */
async function endMembership(tx: Transaction, thread: Locked, userId: string, eventId: string, isRemoved = false): Promise<string[]> {
  await tx.execute(sql`
    update thread_members x set until_id = ${eventId}::bigint, read_id = greatest(read_id, ${eventId}::bigint), last_id = greatest(x.last_id, ${eventId}::bigint), role = 'member', is_pinned = false, is_removed = ${isRemoved},
      left_name = t.name from threads t where t.id = x.thread_id and x.thread_id = ${thread.id}::bigint and x.user_id = ${userId}::bigint`);
  await ensureAdmin(tx, thread.id);
  return settleSeen(tx, thread.id);
}

/** Tells those who stay, and the tabs of the one who is out. */
function tellEnded(threadId: string, userId: string, settled: readonly string[]): void {
  signalThread(threadId);
  signalThread(threadId, userId);
  tellVanishing(threadId, settled);
}

/** A group whose last admin is gone gets the one of those who live who is in it longest, best one who has taken it. */
export async function ensureAdmin(tx: Transaction, threadId: string): Promise<void> {
  await tx.execute(sql`
    update thread_members set role = 'admin' where thread_id = ${threadId}::bigint and user_id = (select x.user_id from thread_members x join users u on u.id = x.user_id where x.thread_id = ${threadId}::bigint and x.until_id is null
        order by (u.deleted_at is null and u.suspended_at is null) desc, u.deactivated_at is null desc, x.folder = 'inbox' desc, x.folder = 'requests' desc, x.joined_at, x.user_id limit 1)
      and not exists (select 1 from thread_members where thread_id = ${threadId}::bigint and until_id is null and role = 'admin')`);
}

/** Leaves a group. Repeating it does nothing. Throws not_found, invalid for a pair. */
export async function leaveGroup(viewer: Viewer, threadId: string): Promise<ThreadView> {
  const settled = await db().transaction(async (tx) => {
    const thread = await lockThread(tx, viewer.id, threadId);
    if (thread.kind === "pair") throw invalid("This is not a group. Delete the conversation instead.");
    return thread.until_id === null ? endMembership(tx, thread, viewer.id, await writeEvent(tx, thread, viewer.id, { kind: "left" })) : null;
  });
  if (settled) tellEnded(threadId, viewer.id, settled);
  return demandThread(viewer, threadId);
}

/** Makes somebody an admin, or not any more. A group keeps one. Throws not_found, forbidden, invalid. */
export async function setRole(viewer: Viewer, threadId: string, userId: string, role: "admin" | "member"): Promise<MemberView> {
  const hasChanged = await db().transaction(async (tx) => {
    const thread = await lockGroup(tx, viewer.id, threadId, true);
    const rows = await tx.execute<{ user_id: string; role: string; is_there: boolean }>(sql`
      select x.user_id::text, x.role, ${accountVisible(viewer.id)} as is_there from thread_members x join users u on u.id = x.user_id where x.thread_id = ${threadId}::bigint and x.until_id is null and (x.role = 'admin' or x.user_id = ${userId}::bigint)`);
    const them = rows.find((row) => row.user_id === userId && row.is_there);
    if (!them) throw notFound();
    if (them.role === role) return false;
    if (role === "member" && rows.filter((row) => row.role === "admin").length === 1) throw invalid("The group needs an admin. Make somebody else one first.");
    await tx.execute(sql`update thread_members set role = ${role} where thread_id = ${threadId}::bigint and user_id = ${userId}::bigint`);
    await writeEvent(tx, thread, viewer.id, { kind: role === "admin" ? "admin" : "not_admin", user_id: userId });
    return true;
  });
  if (hasChanged) signalThread(threadId);
  const [member] = await listMembersById(viewer, threadId, [userId]);
  if (!member) throw notFound();
  return member;
}

export type Invite = { url: string; token: string } | { url: null };
const inviteOf = (token: string | null): Invite => (token === null ? { url: null } : { url: `${env().PUBLIC_URL}/direct/join/${token}`, token });

/** The group's invitation, for its admins. Throws not_found, forbidden. */
export async function getInvite(viewer: Viewer, threadId: string): Promise<Invite> {
  return db().transaction(async (tx) => {
    await lockGroup(tx, viewer.id, threadId, true);
    const [row] = await tx.execute<{ token: string | null }>(sql`select invite_token as token from threads where id = ${threadId}::bigint`);
    return inviteOf(row!.token);
  });
}

/** A new invitation, or none; the one before does not count any more. Throws not_found, forbidden. */
export async function setInvite(viewer: Viewer, threadId: string, isOn: boolean): Promise<Invite> {
  const token = isOn ? randomBytes(16).toString("hex") : null;
  await db().transaction(async (tx) => {
    await lockGroup(tx, viewer.id, threadId, true);
    await tx.execute(sql`update threads set invite_token = ${token} where id = ${threadId}::bigint`);
  });
  return inviteOf(token);
}

/** Joins the group of an invitation; who is in it already has it among theirs. Throws not_found, forbidden for who was taken out of it, invalid when it is full. */
export async function joinGroup(viewer: Viewer, token: string): Promise<ThreadView> {
  await limit("messages", viewer.id);
  const id = await db().transaction(async (tx) => {
    const [row] = await tx.execute<{ id: string }>(sql`select id::text from threads where invite_token = ${token} for update`);
    if (!row) throw notFound("This invitation does not count any more.");
    const [there] = await tx.execute<{ is_in: boolean; is_removed: boolean }>(sql`select until_id is null as is_in, is_removed from thread_members where thread_id = ${row.id}::bigint and user_id = ${viewer.id}::bigint`);
    if (there?.is_removed) throw forbidden("An admin took you out of this group. Only an admin can bring you back.");
    if (there?.is_in) await tx.execute(sql`update thread_members set folder = 'inbox', is_accepted = true, is_listed = true where thread_id = ${row.id}::bigint and user_id = ${viewer.id}::bigint and folder <> 'inbox'`);
    else await enter(tx, viewer, row.id);
    return row.id;
  });
  signalThread(id);
  return demandThread(viewer, id);
}

async function enter(tx: Transaction, viewer: Viewer, threadId: string): Promise<void> {
  await demandRoom(tx, threadId, 1);
  await tx.execute(sql`
    insert into thread_members (thread_id, user_id, folder, is_listed, is_accepted, from_id, read_id) select id, ${viewer.id}::bigint, 'inbox', true, true, last_id, last_id from threads where id = ${threadId}::bigint
    on conflict (thread_id, user_id) do update set until_id = null, left_name = null, role = 'member', folder = 'inbox', is_listed = true, is_accepted = true, from_id = excluded.from_id, read_id = excluded.read_id, joined_at = now()`);
  await writeEvent(tx, await lockThread(tx, viewer.id, threadId), viewer.id, { kind: "joined" });
  await ensureAdmin(tx, threadId);
}
