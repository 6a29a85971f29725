import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { demandPicture } from "@/lib/media/of-messages";
import { forbidden, invalid, invalidField, notFound } from "@/lib/platform/errors";
import { claimKey, findClaimed } from "@/lib/platform/http/claim";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { allowed } from "@/lib/privacy/who-may";
import { addPeople, limitStrangers } from "./adding";
import { demandWriting, readWriting } from "./judge";
import { demandThread } from "./queries";
import { MAX_PINNED } from "./schemas";
import { signalThread } from "./signal";
import type { ThreadView, Vanishing } from "./types";
import { settleSeen, tellVanishing } from "./vanishing";
import { lockThread, writeEvent } from "./write";

export type Opened = { thread: ThreadView; isNew: boolean };

/** The one conversation with a person, made when it was not there yet, or a new group: of the same `key` one. Throws not_found, forbidden, invalid, too_many. */
export async function openThread(viewer: Viewer, { userIds, name }: { userIds: readonly string[]; name?: string | null }, key: string | null = null): Promise<Opened> {
  const others = [...new Set(userIds)].filter((id) => id !== viewer.id);
  if (others.length === 0) throw invalidField("user_ids", "Choose somebody else.");
  const [only] = others;
  return others.length === 1 && !name ? openPair(viewer, only!) : createGroup(viewer, others, name ?? null, key);
}

async function openPair(viewer: Viewer, otherId: string): Promise<Opened> {
  const key = BigInt(viewer.id) < BigInt(otherId) ? `${viewer.id}:${otherId}` : `${otherId}:${viewer.id}`;
  const [there] = await db().execute<{ id: string }>(sql`select t.id::text from threads t join thread_members me on me.thread_id = t.id and me.user_id = ${viewer.id}::bigint where t.pair_key = ${key}`);
  if (there) return { thread: await demandThread(viewer, there.id), isNew: false };
  await limit("message_changes", viewer.id);
  const [other] = await db().execute<{ may: boolean; username: string }>(sql`select ${allowed("messages", viewer.id, sql`u.id`)} as may, u.username from users u where u.id = ${otherId}::bigint and ${accountVisible(viewer.id)}`);
  if (!other) throw notFound();
  if (!other.may) throw forbidden(`${other.username} does not take messages from you.`);
  const { id, isNew } = await db().transaction(async (tx) => {
    const [made] = await tx.execute<{ id: string }>(sql`insert into threads (kind, pair_key) values ('pair', ${key}) on conflict (pair_key) do nothing returning id::text`);
    const [row] = made ? [made] : await tx.execute<{ id: string }>(sql`select id::text from threads where pair_key = ${key}`);
    await tx.execute(sql`
      insert into thread_members (thread_id, user_id, folder) values (${row!.id}::bigint, ${viewer.id}::bigint, 'inbox'), (${row!.id}::bigint, ${otherId}::bigint,
        case when exists (select 1 from follows f where f.follower_id = ${otherId}::bigint and f.followee_id = ${viewer.id}::bigint and f.state = 'active') then 'inbox' else 'requests' end)
      on conflict do nothing`);
    return { id: row!.id, isNew: made !== undefined };
  });
  return { thread: await demandThread(viewer, id), isNew };
}

async function createGroup(viewer: Viewer, others: readonly string[], name: string | null, key: string | null): Promise<Opened> {
  const earlier = key === null ? null : await findClaimed(viewer.id, key, "group");
  if (earlier !== null) return { thread: await demandThread(viewer, earlier), isNew: false };
  await limit("messages", viewer.id);
  await limitStrangers(viewer, others);
  const id = await db().transaction(async (tx) => {
    const [row] = await tx.execute<{ id: string }>(sql`insert into threads (kind, name) values ('group', ${name}) returning id::text`);
    // Waits for the same request when it is just being answered.
    if (key !== null && !(await claimKey(tx, viewer.id, key, row!.id, "group"))) return null;
    await tx.execute(sql`insert into thread_members (thread_id, user_id, role, folder, is_listed, is_accepted) values (${row!.id}::bigint, ${viewer.id}::bigint, 'admin', 'inbox', true, true)`);
    const thread = await lockThread(tx, viewer.id, row!.id);
    const eventId = await writeEvent(tx, thread, viewer.id, { kind: "created" });
    const added = await addPeople(tx, viewer.id, thread.id, others, String(BigInt(eventId) - 1n), eventId);
    if (added.length === 0) throw invalidField("user_ids", "None of these people takes messages from you.");
    return thread.id;
  });
  if (id === null) return createGroup(viewer, others, name, key);
  signalThread(id);
  return { thread: await demandThread(viewer, id), isNew: true };
}

export type ThreadPatch = { name?: string | null; media_id?: string | null; is_muted?: boolean; is_pinned?: boolean; vanishing?: Vanishing };

/** Changes what is given. Name and picture of a group, and how its messages go, are its admins' matter. Throws not_found, forbidden, invalid, too_many. */
export async function changeThread(viewer: Viewer, threadId: string, patch: ThreadPatch): Promise<ThreadView> {
  const isCommon = patch.name !== undefined || patch.media_id !== undefined || patch.vanishing !== undefined;
  await limit("message_changes", viewer.id);
  if (patch.media_id) await demandPicture(viewer, patch.media_id);
  await db().transaction(async (tx) => {
    const thread = await lockThread(tx, viewer.id, threadId);
    if (isCommon) {
      if (thread.until_id !== null) throw forbidden("You are not in this group any more.");
      if (thread.kind === "group" && thread.role !== "admin") throw forbidden("Only an admin of the group may change this.");
      if (thread.kind === "pair" && (patch.name !== undefined || patch.media_id !== undefined)) throw invalid("Only groups have a name and a picture.");
      demandWriting(await readWriting(tx, viewer.id, threadId));
      await changeCommon(tx, viewer, thread, patch);
    }
    if (patch.is_pinned) await demandPinnable(tx, viewer.id, threadId);
    await tx.execute(sql`
      update thread_members set is_muted = coalesce(${patch.is_muted ?? null}::boolean, is_muted), is_pinned = coalesce(${patch.is_pinned ?? null}::boolean, is_pinned) where thread_id = ${threadId}::bigint and user_id = ${viewer.id}::bigint`);
  });
  // How it stands for oneself is nobody else's to hear of.
  signalThread(threadId, isCommon ? undefined : viewer.id);
  return demandThread(viewer, threadId);
}

async function changeCommon(tx: Transaction, viewer: Viewer, thread: Awaited<ReturnType<typeof lockThread>>, { name, media_id, vanishing }: ThreadPatch): Promise<void> {
  const [now] = await tx.execute<{ name: string | null; picture: string | null }>(sql`select name, picture_media_id::text as picture from threads where id = ${thread.id}::bigint`);
  if (name !== undefined && name !== now!.name) {
    await tx.execute(sql`update threads set name = ${name} where id = ${thread.id}::bigint`);
    await writeEvent(tx, thread, viewer.id, { kind: "named", name });
  }
  if (media_id !== undefined && media_id !== now!.picture) {
    await tx.execute(sql`update threads set picture_media_id = ${media_id}::bigint where id = ${thread.id}::bigint`);
    await writeEvent(tx, thread, viewer.id, { kind: "picture" });
  }
  if (vanishing !== undefined && vanishing !== thread.vanishing) {
    await tx.execute(sql`update threads set vanishing = ${vanishing} where id = ${thread.id}::bigint`);
    await writeEvent(tx, thread, viewer.id, { kind: "vanishing", vanishing });
  }
}

async function demandPinnable(tx: Transaction, viewerId: string, threadId: string): Promise<void> {
  const [row] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from thread_members where user_id = ${viewerId}::bigint and is_pinned and is_listed and thread_id <> ${threadId}::bigint`);
  if (row!.count >= MAX_PINNED) throw invalidField("is_pinned", `You can pin ${MAX_PINNED} conversations.`);
}

/** Puts a conversation away: it is not in one's list until somebody writes anew, and what was said is gone for oneself. Repeating it does nothing. Throws not_found. */
export async function clearThread(viewer: Viewer, threadId: string): Promise<void> {
  await db().transaction(async (tx) => {
    const { last_id } = await lockThread(tx, viewer.id, threadId);
    await tx.execute(sql`
      update thread_members set from_id = greatest(from_id, ${last_id}::bigint), read_id = greatest(read_id, ${last_id}::bigint), is_listed = false, is_pinned = false where thread_id = ${threadId}::bigint and user_id = ${viewer.id}::bigint`);
  });
  signalThread(threadId, viewer.id);
}

/** Takes a conversation among one's own. Throws not_found. */
export async function acceptThread(viewer: Viewer, threadId: string): Promise<ThreadView> {
  if (await setFolder(viewer, threadId, "inbox", ["requests", "declined"])) signalThread(threadId);
  return demandThread(viewer, threadId);
}

/** Wants nothing of it: it is gone, also what comes later, and its sender does not learn of that. Throws not_found, invalid for one that was taken already. */
export async function declineThread(viewer: Viewer, threadId: string): Promise<void> {
  if (!(await setFolder(viewer, threadId, "declined", ["requests"]))) {
    const [row] = await db().execute<{ folder: string }>(sql`select folder from thread_members where thread_id = ${threadId}::bigint and user_id = ${viewer.id}::bigint`);
    if (row?.folder === "inbox") throw invalid("This conversation is among yours. Delete it, or leave the group.");
    return;
  }
  signalThread(threadId, viewer.id);
  tellVanishing(threadId, await settleSeen(db(), threadId));
}

/** Only from where it is meant to come: one's own first message may be taking it elsewhere just now. False when it was not there. Throws not_found. */
async function setFolder(viewer: Viewer, threadId: string, folder: "inbox" | "declined", from: readonly string[]): Promise<boolean> {
  const rows = await db().execute(sql`
    update thread_members set folder = ${folder}, is_accepted = ${folder === "inbox"}, is_listed = ${folder === "inbox"} and last_id > from_id, is_pinned = false
    where thread_id = ${threadId}::bigint and user_id = ${viewer.id}::bigint and folder = any (${sql.param([...from])}::text[]) returning 1`);
  if (rows.length > 0) return true;
  const [there] = await db().execute(sql`select 1 from thread_members where thread_id = ${threadId}::bigint and user_id = ${viewer.id}::bigint`);
  if (!there) throw notFound();
  return false;
}
