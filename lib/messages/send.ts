import "server-only";
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { attachToMessage, verifyMessageFiles } from "@/lib/media/of-messages";
import { AppError, forbidden, invalidField, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { extractText } from "@/lib/posts/text";
import { inLine } from "./line";
import { hydrateMessages } from "./message-views";
import type { NewMessage, Share } from "./schemas";
import { openThread } from "./service";
import { signalSent } from "./signal";
import { otherOf, refusalOf, type Writing, writingColumns } from "./thread-views";
import type { MessageView } from "./types";
import { messageVisible } from "./visible-sql";
import { lockThread, raiseThread, writeMessage } from "./write";

export type Sent = { message: MessageView; isNew: boolean };

/**
 * Writes into a conversation. The same `client_id` from the same person is the same message, however often and wherever it arrives. Throws not_found, forbidden (with
 * the reason in words), invalid, too_many.
 */
export async function sendMessage(viewer: Viewer, threadId: string, input: NewMessage): Promise<Sent> {
  const earlier = await findSent(db(), viewer.id, threadId, input.client_id);
  if (earlier !== null) return answer(viewer, earlier, false);
  await judge(viewer, threadId, input);
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

async function answer(viewer: Viewer, id: string, isNew: boolean): Promise<Sent> {
  const [message] = await hydrateMessages(viewer, [id]);
  // It went by itself, or its sender put the conversation away meanwhile.
  if (!message) throw notFound();
  return { message, isNew };
}

async function findSent(executor: Pick<Transaction, "execute">, viewerId: string, threadId: string, clientId: string): Promise<string | null> {
  const [row] = await executor.execute<{ id: string }>(sql`select id::text from messages where thread_id = ${threadId}::bigint and sender_id = ${viewerId}::bigint and client_id = ${clientId}`);
  return row?.id ?? null;
}

/** What decides whether the viewer may write there; undefined when it is not theirs. */
export async function readWriting(executor: Pick<Transaction, "execute">, viewerId: string, threadId: string): Promise<Writing | undefined> {
  const [row] = await executor.execute<Writing>(sql`
    select ${writingColumns(viewerId)} from thread_members me join threads t on t.id = me.thread_id ${otherOf(viewerId)} where me.thread_id = ${threadId}::bigint and me.user_id = ${viewerId}::bigint`);
  return row;
}

/** Throws not_found, forbidden. */
export function demandWriting(writing: Writing | undefined): asserts writing is Writing {
  if (!writing) throw notFound();
  const refusal = refusalOf(writing);
  if (refusal !== null) throw forbidden(refusal);
}

/** Who does not know one, and has not answered, is spared floods, links and the same words that many others get. */
async function judge(viewer: Viewer, threadId: string, input: NewMessage): Promise<void> {
  const writing = await readWriting(db(), viewer.id, threadId);
  demandWriting(writing);
  await limit("messages", viewer.id);
  if (writing.kind === "group" || writing.other_is_accepted || writing.other_follows) return;
  const [row] = await db().execute<{ is_first: boolean }>(sql`select not exists (select 1 from messages where thread_id = ${threadId}::bigint and sender_id = ${viewer.id}::bigint) as is_first`);
  if (row!.is_first) await limit("strangers", viewer.id);
  const { links } = extractText(input.text ?? "");
  if (links.length > 0) await limit("stranger_links", viewer.id);
  const words = (input.text ?? "").normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  if (words.length >= 20 || links.length > 0) await limit("same_text", `${viewer.id}:${createHash("sha256").update(words).digest("base64url").slice(0, 16)}`);
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
  const targets = [...thread_ids.map((id) => ({ thread_id: id })), ...user_ids.map((id) => ({ user_id: id }))];
  for (const target of targets) {
    try {
      const threadId = "thread_id" in target ? target.thread_id : (await openThread(viewer, { userIds: [target.user_id] })).thread.id;
      const { message } = await sendMessage(viewer, threadId, { client_id, shared, text });
      result.sent.push({ thread_id: threadId, message_id: message.id });
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      result.refused.push({ ...target, reason: error.message });
    }
  }
  return result;
}
