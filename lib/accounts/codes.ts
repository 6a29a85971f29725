import "server-only";
import { sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import type { Executor } from "@/db/client";
import { seal, unseal } from "@/lib/platform/sealed";
import { type Addressee, warnOfChange } from "./letters";
import { takeRecoveryCode } from "./recovery-codes";

const PERIOD = 30;
const DIGITS = 6;
/** Half minutes by which a phone's clock may be wrong. */
const WINDOW = 1;
const PURPOSE = "totp";

const generator = (secret: string, label = "") => new TOTP({ issuer: "Heliograph", label, algorithm: "SHA1", digits: DIGITS, period: PERIOD, secret: Secret.fromBase32(secret) });

/** A secret of 160 bits (RFC 4226), as its base32 text. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;
export const sealSecret = (userId: string, secret: string): string => seal(PURPOSE, userId, secret);
export const unsealSecret = (userId: string, sealed: string): string | null => unseal(PURPOSE, userId, sealed);

/** What authenticator apps read from the QR code. */
export const addressOf = (secret: string, label: string): string => generator(secret, label).toString();

/** The half minute whose code this is, or null. */
export function stepOf(secret: string, code: string, now = Date.now()): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = generator(secret).validate({ token: code, window: WINDOW, timestamp: now });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD) + delta;
}

/**
 * Uses a code up, of the authenticator or of recovery: the same one never works again, nor does one that came before it. False when it is not right.
 * A used recovery code is told by mail.
 */
export async function takeCode(tx: Executor, userId: string, code: string): Promise<boolean> {
  const [row] = await tx.execute<{ secret: string }>(sql`select secret from totp_secrets where user_id = ${userId}::bigint and confirmed_at is not null`);
  if (!row) return false;
  const secret = unsealSecret(userId, row.secret);
  const step = secret && stepOf(secret, code.replace(/[\s-]/g, ""));
  if (step) {
    const used = await tx.execute(sql`update totp_secrets set used_step = ${step}::bigint where user_id = ${userId}::bigint and confirmed_at is not null and used_step < ${step}::bigint returning 1`);
    return used.length > 0;
  }
  if (!(await takeRecoveryCode(tx, userId, code))) return false;
  const [person] = await tx.execute<Addressee>(sql`select id, username, email from users where id = ${userId}::bigint`);
  await warnOfChange(tx, person!, "recovery_code_used");
  return true;
}
