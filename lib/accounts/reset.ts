import "server-only";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { env } from "@/lib/platform/env";
import { blankMails } from "@/lib/platform/mail/outbox";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import { dropChallenges } from "./challenges";
import { warnOfChange, writeReset } from "./letters";
import { linkGone, readMailToken, spendMailTokens, useMailToken } from "./mail-tokens";
import { hashPassword } from "./password-hash";
import { demandStrength } from "./password-strength";
import { findPerson, findPersonById, loginKey, type Person } from "./service";
import { endSessions } from "./sessions";

/** ms that every answer takes at least: what is done for an account that exists is done by then. */
const ANSWER_MS = 250;

/**
 * Sends a link for a new password to the account's address, if there is one: nobody can tell. Throws too_many, counted by what was typed. However it is
 * called, one account gets so many mails an hour.
 */
export async function requestReset(login: string, address: string): Promise<void> {
  const key = loginKey(login);
  await limit("login", `address:${address}`);
  await limit("mails", `reset:${createHash("sha256").update(key).digest("base64url")}`);
  await Promise.all([sleep(ANSWER_MS), sendReset(key)]);
}

async function sendReset(key: string): Promise<void> {
  const person = await findPerson(key);
  if (!person || person.suspended) return;
  await db().transaction(async (tx) => {
    // One after another, so that those who ask at once are counted.
    await tx.execute(sql`select 1 from users where id = ${person.id}::bigint for update`);
    const [row] = await tx.execute<{ sent: number }>(sql`
      select count(*)::int as sent from mail_tokens where user_id = ${person.id}::bigint and kind = 'reset' and created_at > now() - interval '1 hour'`);
    if (row!.sent < env().LIMIT_MAILS_PER_HOUR) await writeReset(tx, person);
  });
}

/** Whose password a link may set; null when it is good for nothing. */
export async function readReset(token: string): Promise<{ username: string } | null> {
  const known = await readMailToken(token, ["reset"]);
  const person = known && (await findPersonById(known.userId));
  return person ? { username: person.username } : null;
}

/**
 * Sets a new password by a link, which is used up only when that works, and ends every session. Who comes by this way is as sure as with the password:
 * `admit` lets them in or asks for the second step. Throws invalid at `token` or `new_password`.
 */
export async function resetPassword({ token, new_password }: { token: string; new_password: string }): Promise<Person> {
  const known = await readMailToken(token, ["reset"]);
  const person = known && (await findPersonById(known.userId));
  if (!person) throw linkGone();
  demandStrength(new_password, "new_password", { username: person.username, email: person.email, fullName: "" });
  const passwordHash = await hashPassword(new_password);
  await db().transaction(async (tx) => {
    await tx.execute(sql`select 1 from users where id = ${person.id}::bigint for update`);
    const { email } = await useMailToken(tx, token, ["reset"]);
    // The link came to this address, so it is theirs.
    await tx.execute(sql`
      update users set password_hash = ${passwordHash}, updated_at = now(),
        email_verified_at = case when email_key = ${email.toLowerCase()} then coalesce(email_verified_at, now()) else email_verified_at end
      where id = ${person.id}::bigint`);
    await endSessions(tx, person.id);
    await dropChallenges(tx, person.id);
    await spendMailTokens(tx, person.id, ["reset"]);
    await blankMails(tx, person.id, ["reset"]);
    await warnOfChange(tx, person, "password");
  });
  return { ...person, password_hash: passwordHash };
}
