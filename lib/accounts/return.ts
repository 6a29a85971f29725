import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { accountDeleted, unauthenticated } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import { newToken, tokenHash } from "@/lib/platform/sealed";
import { openChallenge, takeChallenge, tryChallenge } from "./challenges";
import { type Origin, signInto } from "./known-devices";
import { comeBack, GOES_AT, inWords } from "./leave";
import type { OpenedSession } from "./sessions";

const OVER = "This took too long. Log in again.";
const ATTEMPTS = 5;

/** Whose account is to be deleted, and on which day. */
export type Leaving = { username: string; goes_at: string; day: string };

type Person = { id: string; username: string; email: string; password_hash: string; goes_at: string };

/**
 * Somebody has proved who they are, but had deleted the account: throws account_deleted with a challenge that is good for ten minutes. That they want
 * it back they must say themselves: whoever looks in once more has not changed their mind yet.
 */
export async function demandReturn(userId: string): Promise<never> {
  const person = await readPerson(userId);
  if (!person) throw unauthenticated(OVER);
  const challenge = newToken();
  await openChallenge("return", userId, tokenHash(challenge));
  throw accountDeleted(challenge, `This account will be deleted on ${inWords(person.goes_at)}. Say that you want to keep it, and everything is back.`);
}

/** What a challenge is about, without using it; null when it is good for nothing. */
export async function readReturn(challenge: string): Promise<Leaving | null> {
  const [row] = await db().execute<{ user_id: string }>(sql`
    select user_id from auth_challenges where kind = 'return' and challenge = ${tokenHash(challenge)} and used_at is null and expires_at > now()`);
  const person = row && (await readPerson(row.user_id));
  return person ? { username: person.username, goes_at: new Date(person.goes_at).toISOString(), day: inWords(person.goes_at) } : null;
}

/** Keeps the account after all, as it was, and signs in. Throws unauthenticated (begin again, or too late), too_many. */
export async function returnToAccount(challenge: string, origin: Origin): Promise<OpenedSession> {
  await limit("login", `address:${origin.address}`);
  const hash = tokenHash(challenge);
  const userId = await tryChallenge("return", hash, ATTEMPTS);
  const person = userId === null ? null : await readPerson(userId);
  const session = person && (await db().transaction(async (tx) => {
    const isOurs = await takeChallenge(tx, "return", person.id, hash);
    return isOurs && (await comeBack(tx, person.id)) ? signInto(tx, { ...person, passwordHash: person.password_hash }, origin) : null;
  }));
  if (!session) throw unauthenticated(OVER);
  return session;
}

async function readPerson(userId: string): Promise<Person | null> {
  const [row] = await db().execute<Person>(sql`
    select id, username, email, password_hash, ${GOES_AT} as goes_at from users where id = ${userId}::bigint and suspended_at is null and ${GOES_AT} > now()`);
  return row ?? null;
}
