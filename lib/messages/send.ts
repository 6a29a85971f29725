import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { attachToMessage, verifyMessageFiles } from "@/lib/media/of-messages";
import { AppError, invalidField, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { recordShare } from "@/lib/interactions/shares";
import { demandWriting, judgeMessage, readWriting } from "./judge";
import { inLine } from "./line";
import { hydrateMessages } from "./message-views";
import type { NewMessage, Share } from "./schemas";
import { openThread } from "./service";
import { signalSent } from "./signal";
import type { MessageView } from "./types";
import { messageVisible } from "./visible-sql";
import { lockThread, raiseThread, writeMessage } from "./write";

export type Sent = { message: MessageView; isNew: boolean };
/** `message` is null when it was sent before and has gone by itself meanwhile. */
export type Delivered = { id: string; message: MessageView | null; isNew: boolean };

/** The same as `deliverMessage`. Throws not_found also for what has gone by itself. */
export async function sendMessage(viewer: Viewer, threadId: string, input: NewMessage): Promise<Sent> {
  const { message, isNew } = await deliverMessage(viewer, threadId, input);
  if (!message) throw notFound();
  return { message, isNew };
}

/**
 * Writes into a conversation. The same `client_id` from the same person is the same message, however often and wherever it arrives. Throws not_found, forbidden (with
 * the reason in words), invalid, too_many.
 */
export async function deliverMessage(viewer: Viewer, threadId: string, input: NewMessage): Promise<Delivered> {
  const delivered = await deliver(viewer, threadId, input);
  if (delivered.isNew && input.shared) await countShare(viewer, input.shared);
  return delivered;
}

async function deliver(viewer: Viewer, threadId: string, input: NewMessage): Promise<Delivered> {
  const earlier = await findSent(db(), viewer.id, threadId, input.client_id);
  if (earlier !== null) return answer(viewer, earlier, false);
  await judgeMessage(viewer, threadId, input.text ?? "");
  const files = [...(input.media_ids ?? []), ...(input.voice_media_id ? [input.voice_media_id] : [])];
  await verifyMessageFiles(viewer, files);
  const { id, isNew } = await inLine(threadId, () => db().transaction(async (tx) => {
    const thread = await lockThread(tx, viewer.id, threadId);
    const before = await findSent(tx, viewer.id, threadId, input.client_id);
    if (before !== null) return { id: before, isNew: false };
    demandWriting(await readWriting(tx, viewer.id, threadId));
    if (input.shared) await demandShared(tx, viewer, input.shared);
    if (input.reply_to) await demandAnswered(tx, viewer.id, threadId, input.reply_to);
    const messageId = await writeMessage(tx, thread, viewer.id, { client_id: input.client_id, text: input.text, shared: input.shared, reply_to: input.reply_to });
    await attachToMessage(tx, viewer, messageId, { mediaIds: input.media_ids ?? [], voiceId: input.voice_media_id ?? null });
    await raiseThread(tx, threadId, viewer.id, messageId);
    await announce(tx, "message.sent", { threadId, senderId: viewer.id });
    return { id: messageId, isNew: true };
  }));
  if (isNew) signalSent(threadId, id);
  return answer(viewer, id, isNew);
}

// It went by itself, or its sender put the conversation away meanwhile: it has arrived all the same.
const answer = async (viewer: Viewer, id: string, isNew: boolean): Promise<Delivered> => ({ id, message: (await hydrateMessages(viewer, [id]))[0] ?? null, isNew });

async function findSent(executor: Pick<Transaction, "execute">, viewerId: string, threadId: string, clientId: string): Promise<string | null> {
  const named = sql`thread_id = ${threadId}::bigint and sender_id = ${viewerId}::bigint and client_id = ${clientId}`;
  const [row] = await executor.execute<{ id: string }>(sql`select id::text from messages where ${named} union all select message_id::text from gone_messages where ${named} limit 1`);
  return row?.id ?? null;
}

/** A post that is passed on here counts as one passed on anywhere else: once for each person. */
async function countShare(viewer: Viewer, { kind, id }: NonNullable<NewMessage["shared"]>): Promise<void> {
  if (kind !== "post") return;
  await recordShare(viewer, id).catch((error: unknown) => {
    // It went in this moment.
    if (!(error instanceof AppError) || error.status >= 500) throw error;
  });
}

/** What the sender does not see they cannot pass on. */
async function demandShared(tx: Transaction, viewer: Viewer, { kind, id }: { kind: "post" | "profile"; id: string }): Promise<void> {
  const [row] = kind === "profile"
    ? await tx.execute(sql`select 1 from users u where u.id = ${id}::bigint and ${accountVisible(viewer.id)}`)
    : await tx.execute(sql`select 1 from posts p join users u on u.id = p.author_id where p.id = ${id}::bigint and p.status = 'published' and ${postVisible(viewer.id)}`);
  if (!row) throw invalidField("shared", kind === "post" ? "This post is not here, or not for you." : "This person is not here.");
}

async function demandAnswered(tx: Transaction, viewerId: string, threadId: string, messageId: string): Promise<void> {
  const [row] = await tx.execute(sql`
    select 1 from messages m join threads t on t.id = m.thread_id join thread_members me on me.thread_id = t.id and me.user_id = ${viewerId}::bigint
    where m.id = ${messageId}::bigint and m.thread_id = ${threadId}::bigint and m.event is null and m.unsent_at is null and ${messageVisible(viewerId)}`);
  if (!row) throw invalidField("reply_to", "The message you answer is gone.");
}

export type Shared = { sent: { thread_id: string; message_id: string }[]; refused: { user_id?: string; thread_id?: string; reason: string }[] };

/** The same to several people and conversations, each for itself; who cannot get it is said with the reason. */
export async function shareWith(viewer: Viewer, { client_id, shared, text, user_ids, thread_ids }: Share): Promise<Shared> {
  const result: Shared = { sent: [], refused: [] };
  let hasNew = false;
  const targets = [...thread_ids.map((id) => ({ thread_id: id })), ...user_ids.map((id) => ({ user_id: id }))];
  for (const target of targets) {
    try {
      const threadId = "thread_id" in target ? target.thread_id : (await openThread(viewer, { userIds: [target.user_id] })).thread.id;
      const { id, isNew } = await deliver(viewer, threadId, { client_id, shared, text });
      result.sent.push({ thread_id: threadId, message_id: id });
      hasNew ||= isNew;
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      result.refused.push({ ...target, reason: error.message });
    }
  }
  if (hasNew) await countShare(viewer, shared);
  return result;
}
