import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { conflict, invalidField } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import { env } from "@/lib/platform/env";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { addressOf, newSecret, sealSecret, stepOf, unsealSecret } from "./codes";
import { type Addressee, warnOfChange } from "./letters";
import { type Proof, requireRecentProof } from "./proof";
import { countRecoveryCodes, makeRecoveryCodes } from "./recovery-codes";
import type { TwoFactorSetup, TwoFactorView } from "./types";

/** Minutes in which a secret that is shown must be confirmed. */
const SETUP_MINUTES = 60;

const ALREADY = "Two-step sign-in is on already.";

export async function getTwoFactor(viewer: Viewer): Promise<TwoFactorView> {
  const [row] = await db().execute<{ is_on: boolean }>(sql`select two_factor_at is not null as is_on from users where id = ${viewer.id}::bigint`);
  return { enabled: row?.is_on ?? false, recovery_codes_left: row?.is_on ? await countRecoveryCodes(viewer.id) : 0 };
}

/**
 * Begins: makes a secret for the authenticator app, which is in force once a code confirms it. Asking again within the hour gives the same one, since
 * the app may have it already. Throws step_up_required, conflict when it is on.
 */
export async function startTwoFactor(viewer: Viewer, proof?: Proof): Promise<TwoFactorSetup> {
  await requireRecentProof(viewer, proof);
  const [row] = await db().execute<{ secret: string }>(sql`
    insert into totp_secrets as t (user_id, secret) values (${viewer.id}::bigint, ${sealSecret(viewer.id, newSecret())})
    on conflict (user_id) do update set
      secret = case when t.created_at > now() - make_interval(mins => ${SETUP_MINUTES}) then t.secret else excluded.secret end,
      created_at = case when t.created_at > now() - make_interval(mins => ${SETUP_MINUTES}) then t.created_at else now() end
    where t.confirmed_at is null returning secret`);
  if (!row) throw conflict(ALREADY);
  return setupOf(viewer, row.secret) ?? renewSecret(viewer);
}

/** The server's own secret is another than when this one was sealed: nobody can read it any more. */
async function renewSecret(viewer: Viewer): Promise<TwoFactorSetup> {
  const secret = newSecret();
  await db().execute(sql`update totp_secrets set secret = ${sealSecret(viewer.id, secret)}, created_at = now() where user_id = ${viewer.id}::bigint and confirmed_at is null`);
  return { secret, uri: addressOf(secret, labelOf(viewer)) };
}

/** The secret that waits to be confirmed, for showing it again; null without one. Only for whoever has just proved who they are. */
export async function getPendingSetup(viewer: Viewer): Promise<TwoFactorSetup | null> {
  const [row] = await db().execute<{ secret: string }>(sql`
    select secret from totp_secrets where user_id = ${viewer.id}::bigint and confirmed_at is null and created_at > now() - make_interval(mins => ${SETUP_MINUTES})`);
  return row ? setupOf(viewer, row.secret) : null;
}

const labelOf = ({ username }: Viewer) => `${username}@${new URL(env().PUBLIC_URL).hostname}`;

function setupOf(viewer: Viewer, sealed: string): TwoFactorSetup | null {
  const secret = unsealSecret(viewer.id, sealed);
  return secret === null ? null : { secret, uri: addressOf(secret, labelOf(viewer)) };
}

/** Turns it on by the app's first code, and gives the recovery codes, once. Throws invalid at `code`, conflict when it is on, too_many. */
export async function confirmTwoFactor(viewer: Viewer, code: string): Promise<string[]> {
  await requireRecentProof(viewer);
  await limit("codes", viewer.id);
  return db().transaction(async (tx) => {
    const person = await lockPerson(tx, viewer.id);
    if (person.is_on) throw conflict(ALREADY);
    const [row] = await tx.execute<{ secret: string }>(sql`select secret from totp_secrets where user_id = ${viewer.id}::bigint and confirmed_at is null for update`);
    const secret = row && unsealSecret(viewer.id, row.secret);
    const step = secret && stepOf(secret, code.replace(/[\s-]/g, ""));
    if (!step) throw invalidField("code", row ? "This code is not right. Codes change every 30 seconds." : "Begin again: there is nothing to confirm.");
    await tx.execute(sql`update totp_secrets set confirmed_at = now(), used_step = ${step}::bigint where user_id = ${viewer.id}::bigint`);
    await tx.execute(sql`update users set two_factor_at = now(), updated_at = now() where id = ${viewer.id}::bigint`);
    await warnOfChange(tx, person, "two_factor_on");
    return makeRecoveryCodes(tx, viewer.id);
  });
}

/** Turns it off; off already is fine, too. Throws step_up_required. */
export async function disableTwoFactor(viewer: Viewer, proof?: Proof): Promise<void> {
  await requireRecentProof(viewer, proof);
  await db().transaction(async (tx) => {
    const person = await lockPerson(tx, viewer.id);
    if (!person.is_on) return;
    await forgetTwoFactor(tx, viewer.id);
    await warnOfChange(tx, person, "two_factor_off");
  });
}

/** Takes secret and recovery codes away. */
export async function forgetTwoFactor(tx: Executor, userId: string): Promise<void> {
  await tx.execute(sql`update users set two_factor_at = null, updated_at = now() where id = ${userId}::bigint`);
  await tx.execute(sql`delete from totp_secrets where user_id = ${userId}::bigint`);
  await tx.execute(sql`delete from recovery_codes where user_id = ${userId}::bigint`);
}

/** Ten new recovery codes in place of the old. Throws step_up_required, conflict when two-step sign-in is off. */
export async function renewRecoveryCodes(viewer: Viewer, proof?: Proof): Promise<string[]> {
  await requireRecentProof(viewer, proof);
  return db().transaction(async (tx) => {
    const person = await lockPerson(tx, viewer.id);
    if (!person.is_on) throw conflict("Turn two-step sign-in on first.");
    await warnOfChange(tx, person, "recovery_codes");
    return makeRecoveryCodes(tx, viewer.id);
  });
}

async function lockPerson(tx: Executor, userId: string): Promise<Addressee & { is_on: boolean }> {
  const [row] = await tx.execute<Addressee & { is_on: boolean }>(sql`select id, username, email, two_factor_at is not null as is_on from users where id = ${userId}::bigint for update`);
  return row!;
}
