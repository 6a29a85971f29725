import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { enqueue } from "@/lib/platform/jobs/queue";
import { sendMail } from "./jobs";
import { type Letter, writeLetter } from "./letter";
import { mailGoesOut } from "./transport";

/** Whom a mail goes to, and what it is for: by `kind` it is found again when its link has been used. */
export type Posting = { userId: string | null; kind: string; recipient: string; /** Where a mail program ends further ones (RFC 8058), for mail that comes again and again. */ unsubscribePath?: string };

/** Writes a mail that goes out when `tx` commits. Without a mail server it is only kept. */
export async function postMail(tx: Executor, { userId, kind, recipient, unsubscribePath }: Posting, letter: Letter): Promise<void> {
  const { body, html } = writeLetter(letter);
  const [row] = await tx.execute<{ id: string }>(sql`
    insert into mails (user_id, kind, recipient, subject, body, html, unsubscribe_path)
    values (${userId}::bigint, ${kind}, ${recipient}, ${letter.subject}, ${body}, ${html}, ${unsubscribePath ?? null}) returning id`);
  if (mailGoesOut()) await enqueue(tx, sendMail, { mailId: row!.id });
}

/** Takes what they say out of a person's mails of these kinds: their links are used up. */
export async function blankMails(tx: Executor, userId: string, kinds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update mails set body = '', html = '' where user_id = ${userId}::bigint and body <> ''
      and kind in (${sql.join(kinds.map((kind) => sql`${kind}`), sql`, `)})`);
}
