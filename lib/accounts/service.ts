import "server-only";
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { conflict, forbidden, invalidField, unauthenticated } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { hashPassword, verifyPassword } from "./password-hash";
import { demandStrength } from "./password-strength";
import type { Origin } from "./register";
import type { LoginInput } from "./schemas";
import { endSessions, type OpenedSession, openSession } from "./sessions";

export { register } from "./register";

/** Days in which a deleted account comes back by logging in (FEATURES A6). */
export const DELETION_DAYS = 30;

type Person = { id: string; password_hash: string; suspended: boolean; resting: boolean };

/**
 * Checks name and password and opens a session. Whoever deleted or rested their account less than 30 days ago has it
 * back. Throws unauthenticated, with the same words and after the same work whether or not there is such an account;
 * forbidden (suspended); too_many.
 */
export async function authenticate(input: LoginInput, origin: Origin): Promise<OpenedSession> {
  const key = input.login.normalize("NFC").toLowerCase().replace(/^@(?!.*@)/, "");
  await limit("login", `address:${origin.address}`);
  const person = await findPerson(key);
  await limit("login", `account:${person?.id ?? createHash("sha256").update(key).digest("base64url")}`);
  const matches = await verifyPassword(person?.password_hash ?? null, input.password);
  if (!person || !matches) throw unauthenticated("The name or the password is not right.");
  if (person.suspended) throw forbidden("This account is suspended.");
  const session = await openSession(db(), { id: person.id, passwordHash: person.password_hash }, origin.kind, origin.device);
  if (!session) throw unauthenticated("The name or the password is not right.");
  if (person.resting) await wake(person.id);
  return session;
}

async function wake(userId: string): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(sql`update users set deleted_at = null, deactivated_at = null, updated_at = now() where id = ${userId}::bigint`);
    // Who sees the account is another question now: tags count its posts again.
    await announce(tx, "user.privacy_changed", { userId });
  });
}

async function findPerson(key: string): Promise<Person | null> {
  const column = key.includes("@") ? sql`email_key` : sql`username_key`;
  const [row] = await db().execute<Person>(sql`
    select id, password_hash, suspended_at is not null as suspended, (deleted_at is not null or deactivated_at is not null) as resting from users
    where ${column} = ${key} and (deleted_at is null or deleted_at > now() - make_interval(days => ${DELETION_DAYS}))`);
  return row ?? null;
}

/**
 * Changes the password, ends every session and token, and opens a fresh one of the viewer's kind and device.
 * Throws invalid at `current_password` or `new_password`, conflict when another change came first, too_many.
 */
export async function changePassword(viewer: Viewer, input: { current_password: string; new_password: string }): Promise<OpenedSession> {
  const own = await demandOwnPassword(viewer, input.current_password, "current_password");
  demandStrength(input.new_password, "new_password", { username: own.username, email: own.email, fullName: own.full_name });
  const passwordHash = await hashPassword(input.new_password);
  return db().transaction(async (tx) => {
    const changed = await tx.execute(sql`
      update users set password_hash = ${passwordHash}, updated_at = now() where id = ${viewer.id}::bigint and password_hash = ${own.password_hash} returning 1`);
    if (changed.length === 0) throw conflict("The password has just been changed elsewhere.");
    const [current] = await tx.execute<{ kind: "browser" | "api"; device: string }>(sql`select kind, device from sessions where id = ${viewer.sessionId}::bigint`);
    await endSessions(tx, viewer.id);
    const session = await openSession(tx, { id: viewer.id, passwordHash }, current?.kind ?? "api", current?.device ?? "");
    return session!;
  });
}

/** Hides the account at once and ends its sessions; logging in within 30 days brings it back. Throws invalid at `password`. */
export async function deleteAccount(viewer: Viewer, password: string): Promise<void> {
  await demandOwnPassword(viewer, password, "password");
  await db().transaction(async (tx) => {
    await tx.execute(sql`update users set deleted_at = now(), updated_at = now() where id = ${viewer.id}::bigint and deleted_at is null`);
    await endSessions(tx, viewer.id);
    await announce(tx, "user.privacy_changed", { userId: viewer.id });
  });
}

type Own = { password_hash: string; username: string; email: string; full_name: string };

/** The viewer's own row after they proved to know the password: a stolen session alone must not be able to take it all. */
async function demandOwnPassword(viewer: Viewer, password: string, field: string): Promise<Own> {
  await limit("login", `account:${viewer.id}`);
  const [own] = await db().execute<Own>(sql`select password_hash, username, email, full_name from users where id = ${viewer.id}::bigint`);
  if (!own || !(await verifyPassword(own.password_hash, password))) throw invalidField(field, "This is not your password.");
  return own;
}
