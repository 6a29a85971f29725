import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, NotNowError, PermanentError } from "@/lib/platform/jobs/define";
import { mailGoesOut, type Outgoing, transmit } from "./transport";

/** Days for which mail is kept. */
export const MAIL_DAYS = 30;

/**
 * A run that comes while another is at it finds the row locked and leaves it alone; one that comes after finds it sent. Only when the server dies between
 * the mail server's yes and the commit is a mail sent again, with the same Message-ID.
 */
export const sendMail = defineJob({
  name: "mail.send",
  schema: z.object({ mailId: idSchema }),
  concurrency: 2,
  priority: 10,
  async handler({ mailId }) {
    if (!mailGoesOut()) return;
    const problem = await db().transaction(async (tx) => {
      // After a day nobody waits for it any more; what its link was for has been used, or is past.
      const [mail] = await tx.execute<Outgoing>(sql`
        select id, recipient, subject, body, html, unsubscribe_path from mails
        where id = ${mailId}::bigint and sent_at is null and body <> '' and created_at > now() - interval '1 day' for update skip locked`);
      if (!mail) return null;
      const failure = await transmit(mail).then(() => null, (error: unknown) => error as MailError);
      await tx.execute(sql`update mails set sent_at = ${failure ? sql`null` : sql`now()`}, problem = ${failure ? wordsOf(failure) : null} where id = ${mailId}::bigint`);
      return failure;
    });
    if (!problem) return;
    // 5xx about this very mail: no repeat helps. Anything else is the mail server's or the configuration's, and may be mended.
    if (isRefused(problem)) throw new PermanentError(`the mail server refused it: ${wordsOf(problem)}`);
    throw new NotNowError(`the mail server cannot be used: ${wordsOf(problem)}`);
  },
});

type MailError = Error & { code?: string; responseCode?: number };

const isRefused = ({ code, responseCode }: MailError) => (code === "EENVELOPE" || code === "EMESSAGE") && (responseCode ?? 0) >= 500;

const wordsOf = (error: MailError) => error.message.split("\n")[0]!.slice(0, 500);

const sweep = defineJob({
  name: "mail.sweep",
  schedule: "47 3 * * *",
  schema: z.object({}),
  timeoutSeconds: 300,
  handler: () => db().execute(sql`delete from mails where created_at < now() - make_interval(days => ${MAIL_DAYS})`),
});

export const jobs = [sendMail, sweep];
