import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { forbidden, invalid, notFound } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { hydrateMessages } from "./message-views";
import { EDIT_MINUTES } from "./schemas";
import { demandWriting, judgeWords, readWriting } from "./judge";
import { signalChanged, signalSeen, signalTyping } from "./signal";
import type { MessageReactionView, MessageView } from "./types";
import { settleSeen, tellVanishing } from "./vanishing";
import { messageVisible, unreadOf } from "./visible-sql";
import { lockThread, lowerThreads } from "./write";

type Held = { id: string; sender_id: string; text: string | null; is_event: boolean; is_unsent: boolean; is_fresh: boolean };

/** A message of a conversation, locked with it, as its reader may see it. Throws not_found. */
async function lockMessage(tx: Transaction, viewer: Viewer, threadId: string, messageId: string): Promise<Held> {
  await lockThread(tx, viewer.id, threadId);
  const [row] = await tx.execute<Held>(sql`
    select m.id::text, m.sender_id::text, m.text, m.event is not null as is_event, m.unsent_at is not null as is_unsent, m.created_at > now() - make_interval(mins => ${EDIT_MINUTES}::int) as is_fresh
    from messages m join threads t on t.id = m.thread_id join thread_members me on me.thread_id = t.id and me.user_id = ${viewer.id}::bigint
    where m.id = ${messageId}::bigint and m.thread_id = ${threadId}::bigint and ${messageVisible(viewer.id)}`);
  if (!row) throw notFound();
  return row;
}

async function readOne(viewer: Viewer, messageId: string): Promise<MessageView> {
  const [message] = await hydrateMessages(viewer, [messageId]);
  if (!message) throw notFound();
  return message;
}

/** Changes the words of one's own message, for a quarter of an hour. Throws not_found, forbidden, invalid, too_many. */
export async function editMessage(viewer: Viewer, threadId: string, messageId: string, text: string): Promise<MessageView> {
  await limit("message_changes", viewer.id);
  const [before] = await db().execute<{ text: string | null }>(sql`select text from messages where id = ${messageId}::bigint and thread_id = ${threadId}::bigint and sender_id = ${viewer.id}::bigint`);
  // As judged as what is written anew: else a link comes to strangers by a change.
  if (before && before.text !== text) await judgeWords(viewer, threadId, text, before.text ?? "");
  const hasChanged = await db().transaction(async (tx) => {
    const message = await lockMessage(tx, viewer, threadId, messageId);
    if (message.sender_id !== viewer.id) throw forbidden("Only its sender may change a message.");
    if (message.is_unsent || message.is_event || message.text === null) throw invalid("This message has no words to change.");
    demandWriting(await readWriting(tx, viewer.id, threadId));
    if (!message.is_fresh) throw forbidden(`A message can be changed for ${EDIT_MINUTES} minutes.`);
    if (message.text === text) return false;
    await tx.execute(sql`update messages set text = ${text}, edited_at = now() where id = ${messageId}::bigint`);
    return true;
  });
  if (hasChanged) signalChanged(threadId, messageId);
  return readOne(viewer, messageId);
}

/** Takes back one's own message: nobody reads any of it any more. Repeating it does nothing. Throws not_found, forbidden. */
export async function unsendMessage(viewer: Viewer, threadId: string, messageId: string): Promise<void> {
  const hasChanged = await db().transaction(async (tx) => {
    const message = await lockMessage(tx, viewer, threadId, messageId);
    if (message.sender_id !== viewer.id || message.is_event) throw forbidden("Only its sender may take back a message.");
    if (message.is_unsent) return false;
    await tx.execute(sql`update messages set unsent_at = now(), text = null, shared_kind = null, shared_id = null, reply_to_id = null where id = ${messageId}::bigint`);
    // Their files belong to nothing from now on; the sweep of uploads takes them.
    await tx.execute(sql`delete from message_media where message_id = ${messageId}::bigint`);
    await tx.execute(sql`delete from message_reactions where message_id = ${messageId}::bigint`);
    await lowerThreads(tx, [messageId]);
    return true;
  });
  if (hasChanged) signalChanged(threadId, messageId);
}

/** Sets or takes back one's reaction; a new one takes the place of the one before. Throws not_found, forbidden, too_many. */
export async function setMessageReaction(viewer: Viewer, threadId: string, messageId: string, emoji: string, isOn: boolean): Promise<{ reactions: MessageReactionView[] }> {
  await limit("message_changes", viewer.id);
  const hasChanged = await db().transaction(async (tx) => {
    const message = await lockMessage(tx, viewer, threadId, messageId);
    if (message.is_unsent || message.is_event) throw notFound();
    demandWriting(await readWriting(tx, viewer.id, threadId));
    const gone = await tx.execute(sql`delete from message_reactions where message_id = ${messageId}::bigint and user_id = ${viewer.id}::bigint and ${isOn ? sql`emoji <> ${emoji}` : sql`emoji = ${emoji}`} returning 1`);
    if (!isOn) return gone.length > 0;
    const came = await tx.execute(sql`insert into message_reactions (message_id, user_id, emoji) values (${messageId}::bigint, ${viewer.id}::bigint, ${emoji}) on conflict do nothing returning 1`);
    return gone.length + came.length > 0;
  });
  if (hasChanged) signalChanged(threadId, messageId);
  return { reactions: (await readOne(viewer, messageId)).reactions };
}

/** Says how far one has read; never backwards. What goes when all have seen it begins to go. Throws not_found, too_many. */
export async function markRead(viewer: Viewer, threadId: string, upTo: string): Promise<{ read_id: string; unread_count: number }> {
  await limit("message_reads", viewer.id);
  const wanted = sql`least(${upTo}::bigint, t.last_id, coalesce(me.until_id, t.last_id))`;
  const [moved] = await db().execute<{ read_id: string; was: string }>(sql`
    with before as (select read_id from thread_members where thread_id = ${threadId}::bigint and user_id = ${viewer.id}::bigint)
    update thread_members me set read_id = ${wanted}, read_at = now() from threads t, before
    where t.id = me.thread_id and me.thread_id = ${threadId}::bigint and me.user_id = ${viewer.id}::bigint and me.read_id < ${wanted} returning me.read_id::text, before.read_id::text as was`);
  if (moved) {
    tellVanishing(threadId, await settleSeen(db(), threadId, { after: moved.was, upTo: moved.read_id }));
    signalSeen(threadId, viewer.id);
  }
  const [row] = await db().execute<{ read_id: string; unread_count: number }>(sql`
    select me.read_id::text, ${unreadOf(viewer.id)} as unread_count from thread_members me join threads t on t.id = me.thread_id where me.thread_id = ${threadId}::bigint and me.user_id = ${viewer.id}::bigint`);
  if (!row) throw notFound();
  return row;
}

/** Says that one is writing, to those who are there just now. Throws not_found, forbidden, too_many. */
export async function tellTyping(viewer: Viewer, threadId: string): Promise<void> {
  demandWriting(await readWriting(db(), viewer.id, threadId));
  await limit("typing", viewer.id);
  signalTyping(threadId, viewer.id);
}
