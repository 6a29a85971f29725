import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { rename } from "@/lib/accounts/rename";
import { mapTaken } from "@/lib/accounts/taken";
import { acceptWaiting } from "@/lib/graph/service";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { ProfilePatch } from "./schemas";

/** Requests let in while the person waits; the rest follow in a job. */
const AT_ONCE = 200;

/**
 * Changes what the patch names and leaves the rest. An account made public lets in everybody who was waiting.
 * Throws invalid or conflict at `username`.
 */
export async function updateProfile(viewer: Viewer, patch: ProfilePatch): Promise<void> {
  const opened = await mapTaken(() =>
    db().transaction(async (tx) => {
      if (patch.username !== undefined) await rename(tx, viewer.id, patch.username);
      await writeFields(tx, viewer.id, patch);
      return patch.is_private === undefined ? false : setPrivate(tx, viewer.id, patch.is_private);
    }),
  );
  if (opened) await acceptWaiting(viewer.id, AT_ONCE);
}

async function writeFields(tx: Transaction, userId: string, { full_name, bio, website, pronouns, links }: ProfilePatch): Promise<void> {
  await tx.execute(sql`
    update users set full_name = coalesce(${full_name ?? null}, full_name), bio = coalesce(${bio ?? null}, bio), website = coalesce(${website ?? null}, website),
      pronouns = coalesce(${pronouns ?? null}, pronouns), links = coalesce(${links ? JSON.stringify(links) : null}::text::jsonb, links), updated_at = now()
    where id = ${userId}::bigint`);
}

/** Returns whether the account was private and is open now. */
async function setPrivate(tx: Transaction, userId: string, isPrivate: boolean): Promise<boolean> {
  const [changed] = await tx.execute(sql`
    update users set is_private = ${isPrivate} where id = ${userId}::bigint and is_private <> ${isPrivate} returning 1`);
  if (!changed) return false;
  await announce(tx, "user.privacy_changed", { userId });
  return !isPrivate;
}
