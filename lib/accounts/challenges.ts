import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { twoFactorRequired } from "@/lib/platform/errors";
import { newToken, tokenHash } from "@/lib/platform/sealed";

export type ChallengeKind = "passkey_register" | "passkey_login" | "passkey_prove" | "second_step" | "return";

/** Minutes until a challenge is worth nothing. The one of the log-in form waits as long as the page may stand open. */
const MINUTES: Record<ChallengeKind, number> = { passkey_register: 5, passkey_login: 60, passkey_prove: 5, second_step: 10, return: 10 };

export async function openChallenge(kind: ChallengeKind, userId: string | null, challenge: string): Promise<void> {
  await db().execute(sql`
    insert into auth_challenges (kind, user_id, challenge, expires_at)
    values (${kind}, ${userId}::bigint, ${challenge}, now() + make_interval(mins => ${MINUTES[kind]}))`);
}

/** Uses a challenge up; true for the first who does, while it is fresh and this person's (null: nobody's yet). */
export async function takeChallenge(tx: Executor, kind: ChallengeKind, userId: string | null, challenge: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    update auth_challenges set used_at = now()
    where kind = ${kind} and challenge = ${challenge} and user_id is not distinct from ${userId}::bigint and used_at is null and expires_at > now() returning 1`);
  return rows.length > 0;
}

/** Whose challenge it is, counting the attempt; null when it is used, past, or was tried `most` times. */
export async function tryChallenge(kind: ChallengeKind, challenge: string, most: number): Promise<string | null> {
  const [row] = await db().execute<{ user_id: string }>(sql`
    update auth_challenges set attempts = attempts + 1
    where kind = ${kind} and challenge = ${challenge} and used_at is null and expires_at > now() and attempts < ${most}::int returning user_id`);
  return row?.user_id ?? null;
}

/** Nobody goes on from where they were with the old password. */
export async function dropChallenges(tx: Executor, userId: string): Promise<void> {
  await tx.execute(sql`delete from auth_challenges where user_id = ${userId}::bigint`);
}

/** The password was right, and a code is asked for: throws two_factor_required with a challenge that is good for ten minutes (second-step.ts). */
export async function demandSecondStep(userId: string): Promise<never> {
  const challenge = newToken();
  await openChallenge("second_step", userId, tokenHash(challenge));
  throw twoFactorRequired(challenge);
}
