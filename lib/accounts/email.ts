import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { prepared } from "@/db/prepared";
import { invalidField } from "@/lib/platform/errors";
import { blankMails } from "@/lib/platform/mail/outbox";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { type Addressee, writeAddressChange, writeVerification } from "./letters";
import { linkGone, type MailToken, readMailToken, spendMailTokens, useMailToken } from "./mail-tokens";
import { type Proof, requireRecentProof } from "./proof";
import { demandFree, mapTaken } from "./taken";
import type { AddressView } from "./types";

const readAddress = prepared<AddressView, "user">("address of an account", (arg) => sql`
  select u.email, u.email_verified_at is not null as verified,
    (select t.email from mail_tokens t where t.user_id = u.id and t.kind = 'change_email' and t.used_at is null and t.expires_at > now() order by t.id desc limit 1) as pending
  from users u where u.id = ${arg("user")}::bigint`);

/** The viewer's address, whether it is confirmed, and the one that waits to be. */
export async function getAddress(viewer: Viewer): Promise<AddressView> {
  const [row] = await readAddress({ user: viewer.id });
  return row ?? { email: "", verified: false, pending: null };
}

/** Sends the link again; nothing is sent once it is confirmed. Throws too_many. */
export async function sendVerification(viewer: Viewer): Promise<void> {
  await limit("mails", `verify:${viewer.id}`);
  await db().transaction(async (tx) => {
    const [person] = await tx.execute<Addressee>(sql`select id, username, email from users where id = ${viewer.id}::bigint and email_verified_at is null for share`);
    if (person) await writeVerification(tx, person);
  });
}

/** Asks for another address: it takes the place of the old one when it is confirmed. Throws step_up_required, invalid at `email` or `password`, conflict, too_many. */
export async function changeAddress(viewer: Viewer, { email, ...proof }: { email: string } & Proof): Promise<void> {
  await requireRecentProof(viewer, proof);
  await limit("mails", `change:${viewer.id}`);
  await demandFree(db(), { username: viewer.username, email, ownId: viewer.id });
  await db().transaction(async (tx) => {
    const [person] = await tx.execute<Addressee>(sql`select id, username, email from users where id = ${viewer.id}::bigint for share`);
    if (person!.email.toLowerCase() === email.toLowerCase()) throw invalidField("email", "This is your address already.");
    await writeAddressChange(tx, person!, email);
  });
}

/** What a link of a verification would confirm, without using it; null when it is good for nothing. */
export const readVerification = (token: string): Promise<MailToken | null> => readMailToken(token, ["verify", "change_email"]);

/** Confirms the address that the link went to, and returns it. Throws invalid at `token`, conflict when somebody else has the address by now. */
export async function verifyAddress(token: string): Promise<{ email: string }> {
  return mapTaken(() => db().transaction(async (tx) => {
    const { kind, userId, email } = await useMailToken(tx, token, ["verify", "change_email"]);
    if (kind === "change_email") await setAddress(tx, userId, email);
    const confirmed = await tx.execute(sql`
      update users set email_verified_at = coalesce(email_verified_at, now()) where id = ${userId}::bigint and email_key = ${email.toLowerCase()} returning 1`);
    // Another address came in between.
    if (confirmed.length === 0) throw linkGone();
    await spendMailTokens(tx, userId, ["verify", "change_email"]);
    await blankMails(tx, userId, ["verify", "change_email"]);
    return { email };
  }));
}

/** Sets a confirmed address. */
export async function setAddress(tx: Transaction, userId: string, email: string): Promise<void> {
  await tx.execute(sql`update users set email = ${email}, email_key = ${email.toLowerCase()}, email_verified_at = now(), updated_at = now() where id = ${userId}::bigint`);
}
