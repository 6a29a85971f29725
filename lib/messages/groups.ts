import "server-only";
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { env } from "@/lib/platform/env";
import { forbidden, invalid, invalidField, notFound } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { allowed } from "@/lib/privacy/who-may";
import { demandThread, listMembersById } from "./queries";
import { MAX_MEMBERS } from "./schemas";
import { signalThread } from "./signal";
import type { MemberView, ThreadView } from "./types";
import { type Locked, lockThread, writeEvent } from "./write";

/**
 * Brings people into a group as far as the one who brings them may write to them; those who follow them have it among theirs, the others among requests. They
 * read what comes after `fromId`. Answers who came.
 */
export async function addPeople(tx: Transaction, actorId: string, threadId: string, userIds: readonly string[], fromId: string, lastId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    insert into thread_members as x (thread_id, user_id, folder, is_listed, from_id, last_id, read_id)
    select ${threadId}::bigint, u.id, case when exists (select 1 from follows f where f.follower_id = u.id and f.followee_id = ${actorId}::bigint and f.state = 'active')
      and not exists (select 1 from restricts r where r.restricter_id = u.id and r.restricted_id = ${actorId}::bigint) then 'inbox' else 'requests' end, true, ${fromId}::bigint, ${lastId}::bigint, ${fromId}::bigint
    from users u where u.id = any (${sql.param([...userIds])}::text[]::bigint[]) and ${accountVisible(actorId)} and ${allowed("messages", actorId, sql`u.id`)}
    on conflict (thread_id, user_id) do update set until_id = null, role = 'member', folder = excluded.folder, is_listed = true, is_accepted = false, from_id = excluded.from_id, last_id = excluded.last_id, read_id = excluded.read_id, joined_at = now()
      where x.until_id is not null
    returning x.user_id::text as id`);
  return [...rows].map(({ id }) => id);
}

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

/** Adds people to one's group. Throws not_found, forbidden, invalid; 422 when none of them may be added. */
export async function addMembers(viewer: Viewer, threadId: string, userIds: readonly string[]): Promise<MemberView[]> {
  await limit("messages", viewer.id);
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

/** Takes somebody out of the group; they keep what was written until then, but not its photos. Repeating it does nothing. Throws not_found, forbidden. */
export async function removeMember(viewer: Viewer, threadId: string, userId: string): Promise<void> {
  if (userId === viewer.id) return void (await leaveGroup(viewer, threadId));
  const isGone = await db().transaction(async (tx) => {
    const thread = await lockGroup(tx, viewer.id, threadId, true);
    const [row] = await tx.execute<{ until_id: string | null }>(sql`select until_id::text from thread_members where thread_id = ${threadId}::bigint and user_id = ${userId}::bigint`);
    if (!row) throw notFound();
    if (row.until_id !== null) return false;
    await endMembership(tx, thread, userId, await writeEvent(tx, thread, viewer.id, { kind: "removed", user_id: userId }));
    return true;
  });
  if (isGone) signalThread(threadId);
}

/** The last they read is that they left or were removed. */
async function endMembership(tx: Transaction, thread: Locked, userId: string, eventId: string): Promise<void> {
  await tx.execute(sql`update thread_members set until_id = ${eventId}::bigint, read_id = greatest(read_id, ${eventId}::bigint), last_id = greatest(last_id, ${eventId}::bigint), role = 'member', is_pinned = false where thread_id = ${thread.id}::bigint and user_id = ${userId}::bigint`);
  await ensureAdmin(tx, thread.id);
}

/** A group whose last admin is gone gets the one who is in it longest. */
export async function ensureAdmin(tx: Transaction, threadId: string): Promise<void> {
  await tx.execute(sql`
    update thread_members set role = 'admin' where thread_id = ${threadId}::bigint and user_id = (select user_id from thread_members where thread_id = ${threadId}::bigint and until_id is null order by folder = 'inbox' desc, joined_at, user_id limit 1)
      and not exists (select 1 from thread_members where thread_id = ${threadId}::bigint and until_id is null and role = 'admin')`);
}

/** Leaves a group. Repeating it does nothing. Throws not_found, invalid for a pair. */
export async function leaveGroup(viewer: Viewer, threadId: string): Promise<ThreadView> {
  const hasLeft = await db().transaction(async (tx) => {
    const thread = await lockThread(tx, viewer.id, threadId);
    if (thread.kind === "pair") throw invalid("This is not a group. Delete the conversation instead.");
    if (thread.until_id !== null) return false;
    await endMembership(tx, thread, viewer.id, await writeEvent(tx, thread, viewer.id, { kind: "left" }));
    return true;
  });
  if (hasLeft) signalThread(threadId);
  return demandThread(viewer, threadId);
}

/** Makes somebody an admin, or not any more. A group keeps one. Throws not_found, forbidden, invalid. */
export async function setRole(viewer: Viewer, threadId: string, userId: string, role: "admin" | "member"): Promise<MemberView> {
  const hasChanged = await db().transaction(async (tx) => {
    const thread = await lockGroup(tx, viewer.id, threadId, true);
    const rows = await tx.execute<{ user_id: string; role: string }>(sql`select user_id::text, role from thread_members where thread_id = ${threadId}::bigint and until_id is null and (role = 'admin' or user_id = ${userId}::bigint)`);
    const them = rows.find((row) => row.user_id === userId);
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

/** Joins the group of an invitation; who is in it already stays as they are. Throws not_found, invalid when it is full. */
export async function joinGroup(viewer: Viewer, token: string): Promise<ThreadView> {
  await limit("messages", viewer.id);
  const id = await db().transaction(async (tx) => {
    const [row] = await tx.execute<{ id: string; last_id: string }>(sql`select id::text, last_id::text from threads where invite_token = ${token} for update`);
    if (!row) throw notFound("This invitation does not count any more.");
    const [there] = await tx.execute(sql`select 1 from thread_members where thread_id = ${row.id}::bigint and user_id = ${viewer.id}::bigint and until_id is null`);
    if (there) return row.id;
    await demandRoom(tx, row.id, 1);
    await tx.execute(sql`
      insert into thread_members (thread_id, user_id, folder, is_listed, is_accepted, from_id, read_id) select id, ${viewer.id}::bigint, 'inbox', true, true, last_id, last_id from threads where id = ${row.id}::bigint
      on conflict (thread_id, user_id) do update set until_id = null, role = 'member', folder = 'inbox', is_listed = true, is_accepted = true, from_id = excluded.from_id, read_id = excluded.read_id, joined_at = now()`);
    await writeEvent(tx, await lockThread(tx, viewer.id, row.id), viewer.id, { kind: "joined" });
    await ensureAdmin(tx, row.id);
    return row.id;
  });
  signalThread(id);
  return demandThread(viewer, id);
}
