import "server-only";
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { forbidden, notFound } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { extractText } from "@/lib/posts/text";
import { otherOf, refusalOf, type Writing, writingColumns } from "./thread-views";

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

/** Before a message is written: whoever does not know one, and has not answered, is spared floods, links and the same words that many others get. */
export async function judgeMessage(viewer: Viewer, threadId: string, text: string): Promise<void> {
  const writing = await readWriting(db(), viewer.id, threadId);
  demandWriting(writing);
  await limit("messages", viewer.id);
  if (!(await hasStrangers(viewer, threadId, writing))) return;
  if (writing.kind === "pair") {
    const [row] = await db().execute<{ is_first: boolean }>(sql`select not exists (select 1 from messages where thread_id = ${threadId}::bigint and sender_id = ${viewer.id}::bigint) as is_first`);
    if (row!.is_first) await limit("strangers", viewer.id);
  }
  await limitWords(viewer, text, extractText(text).links);
}

/** Before words are changed: only links that were not in them before count. */
export async function judgeWords(viewer: Viewer, threadId: string, text: string, before: string): Promise<void> {
  const writing = await readWriting(db(), viewer.id, threadId);
  demandWriting(writing);
  if (!(await hasStrangers(viewer, threadId, writing))) return;
  const known = extractText(before).links;
  await limitWords(viewer, text, extractText(text).links.filter((link) => !known.includes(link)));
}

/** The other one does not know the viewer; of a group somebody has it among requests. */
async function hasStrangers(viewer: Viewer, threadId: string, writing: Writing): Promise<boolean> {
  if (writing.kind === "pair") return !writing.other_is_accepted && !writing.other_follows;
  const [row] = await db().execute(sql`
    select 1 from thread_members x join users u on u.id = x.user_id where x.thread_id = ${threadId}::bigint and x.user_id <> ${viewer.id}::bigint and x.until_id is null and x.folder = 'requests'
      and u.deleted_at is null and u.deactivated_at is null and u.suspended_at is null limit 1`);
  return row !== undefined;
}

async function limitWords(viewer: Viewer, text: string, links: readonly string[]): Promise<void> {
  if (links.length > 0) await limit("stranger_links", viewer.id);
  const words = text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  if (words.length >= 20 || links.length > 0) await limit("same_text", `${viewer.id}:${createHash("sha256").update(words).digest("base64url").slice(0, 16)}`);
}
