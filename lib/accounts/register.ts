import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { announce } from "@/lib/platform/jobs/queue";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import { hashPassword } from "./password-hash";
import { demandStrength } from "./password-strength";
import type { RegisterInput } from "./schemas";
import { type Origin, signInto } from "./known-devices";
import { writeVerification } from "./letters";
import type { OpenedSession } from "./sessions";
import { skeletonOf } from "./skeleton";
import { demandFree, mapTaken, NAME_HELD_DAYS } from "./taken";
import { usernameKey } from "./username";

/**
 * Makes an account and opens its first session. The first person ever becomes the administrator.
 * Throws too_many, invalid (weak password), conflict with the fields that are taken.
 */
export async function register(input: RegisterInput, origin: Origin): Promise<OpenedSession> {
  await limit("signup", origin.address);
  demandStrength(input.password, "password", { username: input.username, email: input.email, fullName: input.full_name });
  await demandFree(db(), input);
  const passwordHash = await hashPassword(input.password);
  return mapTaken(() =>
    db().transaction(async (tx) => {
      const id = await insertPerson(tx, input, passwordHash);
      await announce(tx, "user.registered", { userId: id });
      const person = { id, username: input.username, email: input.email };
      await writeVerification(tx, person);
      const session = await signInto(tx, { ...person, passwordHash }, origin);
      return session!;
    }),
  );
}

async function insertPerson(tx: Transaction, input: RegisterInput, passwordHash: string): Promise<string> {
  const role = (await isFirst(tx)) ? "administrator" : "member";
  const key = usernameKey(input.username);
  await tx.execute(sql`
    delete from username_history where username_key = ${key} and created_at <= now() - make_interval(days => ${NAME_HELD_DAYS})`);
  const [row] = await tx.execute<{ id: string }>(sql`
    insert into users (username, username_key, username_skeleton, email, email_key, password_hash, full_name, bio, role)
    values (${input.username}, ${key}, ${skeletonOf(input.username)}, ${input.email}, ${input.email.toLowerCase()},
            ${passwordHash}, ${input.full_name}, ${input.bio}, ${role}) returning id`);
  return row!.id;
}

/** Whether nobody is here yet. Two who come first at once wait for one another; the second sees the first. */
async function isFirst(tx: Transaction): Promise<boolean> {
  const [some] = await tx.execute(sql`select 1 from users limit 1`);
  if (some) return false;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('heliograph.first_person'))`);
  const [meanwhile] = await tx.execute(sql`select 1 from users limit 1`);
  return !meanwhile;
}
