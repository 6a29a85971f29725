import { sql } from "drizzle-orm";
import { db } from "@/db/client";

export type KeptMail = { id: string; kind: string; recipient: string; subject: string; body: string; created_at: string; sent_at: string | null; problem: string | null };

/** The mails of the last 30 days, newest first, when asked those to one address; for whoever runs the server. */
export async function listMails({ to = null, limit }: { to?: string | null; limit: number }): Promise<KeptMail[]> {
  return [...(await db().execute<KeptMail>(sql`
    select id::text, kind, recipient, subject, body, created_at, sent_at, problem from mails
    where ${to}::text is null or lower(recipient) = lower(${to}::text) order by id desc limit ${limit}::int`))];
}
