import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { conflict, type FieldErrors } from "@/lib/platform/errors";
import { skeletonOf } from "./skeleton";
import { usernameKey } from "./username";

/** Days for which a name given up still leads to its last owner and is nobody else's. */
export const NAME_HELD_DAYS = 90;

const TAKEN = "This username is taken.";
const ALIKE = "This is too close to a name that is already here. Choose another one.";
const KNOWN = "There is already an account with this address.";

/** Field and words for each unique index that a sign-up or a new name can run into. */
const INDEXES: Record<string, FieldErrors> = {
  users_username_key: { username: TAKEN },
  users_username_skeleton: { username: ALIKE },
  users_email_key: { email: KNOWN },
};

const taken = (fields: FieldErrors) => conflict(Object.values(fields)[0] ?? TAKEN, fields);

/** Throws a conflict that names every field somebody else has already. The unique indexes decide when two come at once. */
export async function demandFree(executor: Executor, wanted: { username: string; email?: string; ownId?: string }): Promise<void> {
  const own = wanted.ownId ?? "0";
  const key = usernameKey(wanted.username);
  const [found] = await executor.execute<{ name: boolean; held: boolean; alike: boolean; known: boolean }>(sql`select
    exists (select 1 from users where username_key = ${key} and id <> ${own}::bigint) as name,
    exists (select 1 from username_history where username_key = ${key} and user_id <> ${own}::bigint
              and created_at > now() - make_interval(days => ${NAME_HELD_DAYS})) as held,
    exists (select 1 from users where username_skeleton = ${skeletonOf(wanted.username)} and id <> ${own}::bigint) as alike,
    exists (select 1 from users where email_key = ${(wanted.email ?? "").toLowerCase()} and id <> ${own}::bigint) as known`);
  const fields: FieldErrors = {};
  if (found?.name || found?.held) fields.username = TAKEN;
  else if (found?.alike) fields.username = ALIKE;
  if (wanted.email !== undefined && found?.known) fields.email = KNOWN;
  if (Object.keys(fields).length > 0) throw taken(fields);
}

/** Runs a write; when a unique index stops it, throws the conflict of its field. */
export async function mapTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const fields = INDEXES[uniqueIndexOf(error) ?? ""];
    throw fields ? taken(fields) : error;
  }
}

function uniqueIndexOf(error: unknown): string | null {
  for (let e = error as { code?: unknown; constraint_name?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e) {
    if (e.code === "23505" && typeof e.constraint_name === "string") return e.constraint_name;
  }
  return null;
}
