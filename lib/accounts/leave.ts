import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalidField } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { dropChallenges } from "./challenges";
import { type Addressee, writeFarewell } from "./letters";
import { type Proof, requireRecentProof } from "./proof";
import { endSessions } from "./sessions";
import { getTwoFactor } from "./two-factor";

/** Days in which a deleted account can be had back. */
export const DELETION_DAYS = 30;

/** SQL on `users`: when the account and all that belongs to it goes for good. */
export const GOES_AT = sql.raw(`(deleted_at + interval '${DELETION_DAYS} days')`);

/**
 * Hides the account at once and ends its sessions, for as long as its owner likes; signing in brings everything back. Again changes nothing. Throws
 * step_up_required, or invalid at what was proved wrongly.
 */
export async function deactivateAccount(viewer: Viewer, proof: Proof = {}): Promise<void> {
  await requireRecentProof(viewer, proof);
  await db().transaction(async (tx) => {
    await tx.execute(sql`update users set deactivated_at = coalesce(deactivated_at, now()), updated_at = now() where id = ${viewer.id}::bigint`);
    await hide(tx, viewer.id);
  });
}

/**
 * Hides the account at once and ends its sessions; for 30 days it can be had back (return.ts), then everything goes. Its owner is told by mail until
 * when. With two-step sign-in on, it wants a code as well. Throws invalid at `password` or `code`, too_many.
 */
export async function deleteAccount(viewer: Viewer, password: string, code?: string): Promise<void> {
  await requireRecentProof(viewer, { password });
  if ((await getTwoFactor(viewer)).enabled) {
    if (code === undefined) throw invalidField("code", "Enter the code of your authenticator app, too.");
    await requireRecentProof(viewer, { code });
  }
  await db().transaction(async (tx) => {
    const [gone] = await tx.execute<Addressee & { goes_at: string }>(sql`
      update users set deleted_at = now(), updated_at = now() where id = ${viewer.id}::bigint and deleted_at is null returning id, username, email, ${GOES_AT} as goes_at`);
    if (!gone) return;
    await hide(tx, viewer.id);
    await writeFarewell(tx, gone, inWords(gone.goes_at));
  });
}

async function hide(tx: Transaction, userId: string): Promise<void> {
  await endSessions(tx, userId);
  await dropChallenges(tx, userId);
  // Who sees the account is another question now: tags no longer count its posts.
  await announce(tx, "user.privacy_changed", { userId });
}

/** Shows a resting or deleted account again, with all that it had. False when it is too late. */
export async function comeBack(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    update users set deleted_at = null, deactivated_at = null, updated_at = now()
    where id = ${userId}::bigint and (deleted_at is null or ${GOES_AT} > now()) returning 1`);
  if (rows.length === 0) return false;
  await announce(tx, "user.privacy_changed", { userId });
  await announce(tx, "user.returned", { userId });
  return true;
}

/** A day as it is told to people, "27 December 2026". */
export const inWords = (time: string): string => new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
