import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { extractText } from "./text";

/** Ids of living people named with @ in a text. Says nothing of what they may see. */
export async function listMentionedUserIds(text: string, executor: Executor = db()): Promise<string[]> {
  const { mentions } = extractText(text);
  if (mentions.length === 0) return [];
  const rows = await executor.execute<{ id: string }>(sql`
    select id from users where username_key in (select jsonb_array_elements_text(${JSON.stringify(mentions)}::text::jsonb)) and deleted_at is null
    order by id`);
  return [...rows].map((row) => row.id);
}
