import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { forgetJobs } from "@/lib/platform/jobs/forget";
import { forgetLimitsOf } from "@/lib/platform/ratelimit/ratelimit";
import { GOES_AT } from "./leave";

/** Hours after the last moment at which an account can be had back, so that nobody comes back while it is being taken apart. */
const GRACE_HOURS = 1;

const IS_DUE = sql`(deleted_at is not null and ${GOES_AT} < now() - make_interval(hours => ${GRACE_HOURS}))`;

/** Whose time is up, those who left first at the top. */
export async function listDue(limit: number): Promise<string[]> {
  return [...(await db().execute<{ id: string }>(sql`select id from users where ${IS_DUE} order by deleted_at limit ${limit}::int`))].map(({ id }) => id);
}

/** Whether the account has to go for good now. */
export async function isDue(userId: string): Promise<boolean> {
  return (await db().execute(sql`select 1 from users where id = ${userId}::bigint and ${IS_DUE}`)).length > 0;
}

/**
 * The last step: removes the person, with sessions, devices, keys, mails, settings and whatever else hangs on the row, and frees name and address. What
 * is counted elsewhere and what lies in files is gone by then.
 */
export async function eraseAccount(userId: string): Promise<void> {
  await db().transaction(async (tx) => {
    const [person] = await tx.execute<{ email: string }>(sql`select email from users where id = ${userId}::bigint and ${IS_DUE} for update`);
    if (!person) return;
    await tx.execute(sql`delete from mails where user_id = ${userId}::bigint or lower(recipient) = lower(${person.email})`);
    await tx.execute(sql`delete from recent_writes where user_id = ${userId}::bigint`);
    await forgetJobs(tx, sql`select ${userId}::text as id`);
    await tx.execute(sql`delete from users where id = ${userId}::bigint`);
  });
  await forgetLimitsOf(userId);
}
