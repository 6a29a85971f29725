import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { NEWEST, type Page, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { hydrateMessages } from "./message-views";
import { hydrateThreads } from "./queries";
import type { MessageView, ThreadView } from "./types";
import { messageVisible } from "./visible-sql";

/** Conversations looked through, the newest ones. */
const MOST_THREADS = 1_000;

// Thread and word are in one index: of other people's conversations nothing is read, however common the word.
const readFound = prepared<{ id: string }, "viewer" | "words" | "thread" | "before" | "limit">("messages with words", (arg) => sql`
  select m.id::text from (select * from thread_members where user_id = ${arg("viewer")}::bigint and folder <> 'declined' and (${arg("thread")}::bigint is null or thread_id = ${arg("thread")}::bigint) order by last_id desc limit ${sql.raw(String(MOST_THREADS))}) me
  cross join lateral (select * from threads where id = me.thread_id offset 0) t
  cross join lateral (select m.* from messages m where m.thread_id = me.thread_id and m.words @@ to_tsquery('simple', ${arg("words")}) and m.text is not null and m.id < ${arg("before")}::bigint and m.unsent_at is null
    and ${messageVisible(arg("viewer"))} offset 0) m
  order by m.id desc limit ${arg("limit")}::int`);

/** What was typed as Postgres looks for it: all of the words, of the last one the beginning. Empty when there are none. */
export function queryOf(typed: string): string {
  const words = typed.normalize("NFC").toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.slice(0, 10).map((word) => `'${word}':*`).join(" & ");
}

export type Found = { messages: MessageView[]; threads: ThreadView[]; nextCursor: string | null };

/** Messages with all of the words in the viewer's conversations, newest first, and the conversations in which they are. */
export async function searchMessages(viewer: Viewer, { q, thread_id, limit, cursor }: Page & { q: string; thread_id?: string }): Promise<Found> {
  const words = queryOf(q);
  if (words === "") return { messages: [], threads: [], nextCursor: null };
  const rows = await readFound({ viewer: viewer.id, words, thread: thread_id ?? null, before: cursor ?? NEWEST, limit: limit + 1 });
  const { items, nextCursor } = sliceOf(rows, limit, ({ id }) => id);
  const messages = (await hydrateMessages(viewer, items.map(({ id }) => id))).reverse();
  return { messages, threads: await hydrateThreads(viewer, [...new Set(messages.map((message) => message.thread_id))]), nextCursor };
}
