import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { invalidField, stepUpRequired } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { takeCode } from "./codes";
import { verifyPassword } from "./password-hash";

/** Minutes for which having proved on a device who one is opens dangerous doors there. */
export const PROOF_MINUTES = 15;

/** What a person can show at once. A passkey is shown in a ceremony of its own (passkey-proof.ts). */
export type Proof = { password?: string; code?: string };

/**
 * For dangerous actions: a proof given along is checked, else one given on this device within the last 15 minutes does. Throws step_up_required, or
 * invalid at `password` or `code`, too_many. Programs' sessions begin unproven, so that a token alone is never enough.
 */
export async function requireRecentProof(viewer: Viewer, proof: Proof = {}): Promise<void> {
  if (proof.password !== undefined) await provePassword(viewer, proof.password);
  else if (proof.code !== undefined) await proveCode(viewer, proof.code);
  else if (!(await isRecentlyProven(viewer))) throw stepUpRequired();
}

/** Whether dangerous doors are open on this device. */
export async function isRecentlyProven(viewer: Viewer): Promise<boolean> {
  const rows = await db().execute(sql`
    select 1 from sessions where id = ${viewer.sessionId}::bigint and user_id = ${viewer.id}::bigint and proven_at > now() - make_interval(mins => ${PROOF_MINUTES})`);
  return rows.length > 0;
}

export async function noteProof(viewer: Viewer): Promise<void> {
  await db().execute(sql`update sessions set proven_at = now() where id = ${viewer.sessionId}::bigint and user_id = ${viewer.id}::bigint`);
}

async function provePassword(viewer: Viewer, password: string): Promise<void> {
  await limit("login", `account:${viewer.id}`);
  const [own] = await db().execute<{ password_hash: string }>(sql`select password_hash from users where id = ${viewer.id}::bigint`);
  if (!(await verifyPassword(own?.password_hash ?? null, password))) throw invalidField("password", "This is not your password.");
  await noteProof(viewer);
}

async function proveCode(viewer: Viewer, code: string): Promise<void> {
  await limit("codes", viewer.id);
  if (!(await db().transaction((tx) => takeCode(tx, viewer.id, code)))) throw invalidField("code", "This code is not right, or it was used already.");
  await noteProof(viewer);
}
