import "server-only";
import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { conflict, forbidden, invalidField, unauthenticated } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { hashPassword, verifyPassword } from "./password-hash";
import { demandStrength } from "./password-strength";
import { demandSecondStep, dropChallenges } from "./challenges";
import { type Origin, signInto } from "./known-devices";
import { warnOfChange } from "./letters";
import { comeBack, GOES_AT } from "./leave";
import { demandReturn } from "./return";
import type { LoginInput } from "./schemas";
import { endSessions, type OpenedSession, openSession } from "./sessions";

export { deleteAccount } from "./leave";
export { register } from "./register";

export type Person = { id: string; username: string; email: string; password_hash: string; suspended: boolean; resting: boolean; deleted: boolean; two_factor: boolean };

const WRONG = "The name or the password is not right.";

/**
 * Checks name and password and opens a session. Whoever rested their account has it back; whoever deleted it is asked
 * whether they want it back (return.ts): account_deleted with a challenge. Throws unauthenticated, with the same words and after the same work whether or not there is such an account;
 * forbidden (suspended); two_factor_required with a challenge for the second step; too_many.
 */
export async function authenticate(input: LoginInput, origin: Origin): Promise<OpenedSession> {
  const key = loginKey(input.login);
  await limit("login", `address:${origin.address}`);
  const person = await findPerson(key);
  await limit("login", `account:${person?.id ?? createHash("sha256").update(key).digest("base64url")}`);
  const matches = await verifyPassword(person?.password_hash ?? null, input.password);
  if (!person || !matches) throw unauthenticated(WRONG);
  return admit(person, origin);
}

/** A name or an address as it was typed, as it is looked up. */
export const loginKey = (login: string): string => login.normalize("NFC").toLowerCase().replace(/^@(?!.*@)/, "");

/**
 * Lets somebody in who has proved who they are; `isSure`: by two factors. Throws forbidden (suspended), two_factor_required, account_deleted, unauthenticated when the
 * password was changed in between.
 */
export async function admit(person: Person, origin: Origin, isSure = false): Promise<OpenedSession> {
  if (person.suspended) throw forbidden("This account is suspended.");
  if (person.two_factor && !isSure) return demandSecondStep(person.id);
  if (person.deleted) return demandReturn(person.id);
  const session = await db().transaction(async (tx) => {
    const opened = await signInto(tx, { ...person, passwordHash: person.password_hash }, origin);
    if (opened && person.resting) await comeBack(tx, person.id);
    return opened;
  });
  if (!session) throw unauthenticated(WRONG);
  return session;
}

/** Whose name or address (a `loginKey`) it is, also while the account rests. */
export const findPerson = (key: string): Promise<Person | null> => selectPerson(key.includes("@") ? sql`email_key = ${key}` : sql`username_key = ${key}`);

/** The same by id. */
export const findPersonById = (id: string): Promise<Person | null> => selectPerson(sql`id = ${id}::bigint`);

async function selectPerson(which: SQL): Promise<Person | null> {
  const [row] = await db().execute<Person>(sql`
    select id, username, email, password_hash, suspended_at is not null as suspended, deactivated_at is not null as resting, deleted_at is not null as deleted, two_factor_at is not null as two_factor
    from users where ${which} and (deleted_at is null or ${GOES_AT} > now())`);
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
    const [current] = await tx.execute<{ kind: "browser" | "api"; device: string; device_hash: string | null }>(sql`select kind, device, device_hash from sessions where id = ${viewer.sessionId}::bigint`);
    await endSessions(tx, viewer.id);
    await dropChallenges(tx, viewer.id);
    await warnOfChange(tx, { ...own, id: viewer.id }, "password");
    const session = await openSession(tx, { id: viewer.id, passwordHash }, { kind: current?.kind ?? "api", device: current?.device ?? "", deviceHash: current?.device_hash });
    return session!;
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
