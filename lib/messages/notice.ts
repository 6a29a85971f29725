import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { readHiddenWords } from "@/lib/privacy/hidden-words";
import { hasHiddenWord } from "@/lib/privacy/words";
import { packedPerson, type SummaryRow, toSummary } from "./people";
import type { UserSummary } from "@/lib/profiles/types";
import { messageVisible, unreadOf } from "./visible-sql";

/** What a push says of a conversation. `text` is null where it is not to be told: a request, words that the person hides, a photo. */
export type MessageNotice = {
  thread_id: string; message_id: string; kind: "pair" | "group"; name: string | null; sender: UserSummary; what: "text" | "photo" | "video" | "voice" | "shared"; text: string | null; is_request: boolean; unread_count: number; created_at: string;
};

type Row = { id: string; kind: "pair" | "group"; name: string | null; person: SummaryRow | null; text: string | null; file: string | null; shared_kind: string | null; is_request: boolean; unread_count: number; created_at: string };

/** The newest that a person has not read in a conversation, as they may see it; null when there is nothing to tell: read, muted, left, taken back, gone, or of somebody who is not there for them. */
export async function readMessageNotice(userId: string, threadId: string): Promise<MessageNotice | null> {
  const [row] = await db().execute<Row>(sql`
    select m.id::text, t.kind, t.name, ${packedPerson(userId, "u")} as person, m.text, m.shared_kind, me.folder = 'requests' as is_request, ${unreadOf(userId)} as unread_count, m.created_at,
      (select d.kind from message_media mm join media d on d.id = mm.media_id where mm.message_id = m.id order by mm.position limit 1) as file
    from thread_members me join threads t on t.id = me.thread_id join users reader on reader.id = me.user_id and reader.deleted_at is null and reader.deactivated_at is null and reader.suspended_at is null
    cross join lateral (select * from messages m where m.thread_id = me.thread_id and m.id > greatest(me.read_id, me.from_id) and m.sender_id <> me.user_id and m.event is null and m.unsent_at is null
      and ${messageVisible(userId)} order by m.id desc limit 1) m join users u on u.id = m.sender_id
    where me.thread_id = ${threadId}::bigint and me.user_id = ${userId}::bigint and me.folder <> 'declined' and not me.is_muted and me.until_id is null`);
  if (!row?.person) return null;
  const hidden = row.text !== null && hasHiddenWord(row.text, await readHiddenWords(userId, "messages"));
  const what = row.file === "audio" ? "voice" : row.file === "video" ? "video" : row.file === "image" ? "photo" : row.shared_kind ? "shared" : "text";
  return {
    thread_id: threadId, message_id: row.id, kind: row.kind, name: row.name, sender: toSummary(row.person), what, text: hidden || row.is_request ? null : row.text, is_request: row.is_request, unread_count: row.unread_count,
    created_at: new Date(row.created_at).toISOString(),
  };
}
