import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { defineJob } from "@/lib/platform/jobs/define";
import { TOKEN_HOURS, type TokenKind } from "./mail-tokens";

/** Mails whose links have run out say nothing any more; what is long over goes. */
const links = defineJob({
  name: "accounts.sweep-links",
  schedule: "11 * * * *",
  schema: z.object({}),
  timeoutSeconds: 300,
  async handler() {
    for (const [kind, hours] of Object.entries(TOKEN_HOURS) as [TokenKind, number][]) {
      await db().execute(sql`update mails set body = '', html = '' where kind = ${kind} and body <> '' and created_at < now() - make_interval(hours => ${hours})`);
    }
    await db().execute(sql`delete from mail_tokens where expires_at < now() - interval '7 days'`);
    await db().execute(sql`delete from auth_challenges where expires_at < now()`);
  },
});

/** Half begun and never confirmed. */
const secrets = defineJob({
  name: "accounts.sweep-secrets",
  schedule: "13 4 * * *",
  schema: z.object({}),
  handler: () => db().execute(sql`delete from totp_secrets where confirmed_at is null and created_at < now() - interval '1 day'`),
});

export const jobs = [links, secrets];
