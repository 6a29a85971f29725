import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { blankMails } from "@/lib/platform/mail/outbox";
import { dropChallenges } from "./challenges";
import { setAddress } from "./email";
import { issueMailToken, type MailToken, readMailToken, spendMailTokens, useMailToken } from "./mail-tokens";
import { endSessions } from "./sessions";
import { demandFree, mapTaken } from "./taken";
import { forgetTwoFactor } from "./two-factor";

/** Whether a "This wasn't me" link is good for something, without using it. */
export const canDisown = async (token: string): Promise<boolean> => (await readMailToken(token, ["not_me"])) !== null;

/**
 * "This wasn't me": ends every session, locks the password, and takes back what was changed since the mail was written (the address, passkeys, a second
 * step that was set up, devices). Gives a token for choosing a new password. Throws invalid at `token`.
 */
export async function disown(token: string): Promise<{ resetToken: string }> {
  return mapTaken(() => db().transaction(async (tx) => {
    const known = await useMailToken(tx, token, ["not_me"]);
    const { userId, email } = known;
    // No password has this hash: nobody gets in with the old one.
    await tx.execute(sql`update users set password_hash = '!', updated_at = now() where id = ${userId}::bigint`);
    await endSessions(tx, userId);
    await dropChallenges(tx, userId);
    await takeBackAddress(tx, known);
    await takeBackKeys(tx, known);
    await spendMailTokens(tx, userId, ["reset", "change_email", "verify", "not_me"]);
    await blankMails(tx, userId, ["reset", "change_email", "verify", "not_me"]);
    return { resetToken: await issueMailToken(tx, userId, "reset", email) };
  }));
}

/** The mail reached its owner there, so it is theirs; unless somebody else has it by now. */
async function takeBackAddress(tx: Transaction, { userId, email }: MailToken): Promise<void> {
  const [row] = await tx.execute<{ username: string }>(sql`select username from users where id = ${userId}::bigint and email_key <> ${email.toLowerCase()}`);
  if (!row) return;
  const isFree = await demandFree(tx, { username: row.username, email, ownId: userId }).then(() => true, () => false);
  if (isFree) await setAddress(tx, userId, email);
}

async function takeBackKeys(tx: Transaction, { userId, madeAt }: MailToken): Promise<void> {
  const since = sql`${madeAt}::timestamptz`;
  await tx.execute(sql`delete from passkeys where user_id = ${userId}::bigint and created_at >= ${since}`);
  await tx.execute(sql`delete from known_devices where user_id = ${userId}::bigint and created_at >= ${since}`);
  const [secret] = await tx.execute(sql`select 1 from totp_secrets where user_id = ${userId}::bigint and (confirmed_at is null or confirmed_at >= ${since})`);
  if (secret) await forgetTwoFactor(tx, userId);
}
