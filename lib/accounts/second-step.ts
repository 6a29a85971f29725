import "server-only";
import { db } from "@/db/client";
import { invalidField, unauthenticated } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import { tokenHash } from "@/lib/platform/sealed";
import { takeChallenge, tryChallenge } from "./challenges";
import { takeCode } from "./codes";
import type { Origin } from "./known-devices";
import { admit, findPersonById } from "./service";
import type { OpenedSession } from "./sessions";

/** Codes that may be tried after one right password. */
const ATTEMPTS = 5;

const OVER = "This took too long, or there were too many tries. Log in again.";
const WRONG = "This code is not right, or it was used already.";

/** Goes on from a right password with a code of the authenticator app or of recovery. Throws unauthenticated (begin again), invalid at `code`, too_many. */
export async function passSecondStep({ challenge, code }: { challenge: string; code: string }, origin: Origin): Promise<OpenedSession> {
  await limit("login", `address:${origin.address}`);
  const userId = await tryChallenge("second_step", tokenHash(challenge), ATTEMPTS);
  if (!userId) throw unauthenticated(OVER);
  await limit("codes", userId);
  // Before the challenge is used: a password that is changed meanwhile is another than this one, and lets nobody in.
  const person = await findPersonById(userId);
  const isTaken = await db().transaction(async (tx) => {
    if (!(await takeCode(tx, userId, code))) throw invalidField("code", WRONG);
    return takeChallenge(tx, "second_step", userId, tokenHash(challenge));
  });
  if (!person || !isTaken) throw unauthenticated(OVER);
  return admit(person, origin, true);
}
