import "server-only";
import { randomInt } from "node:crypto";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { keyedHash } from "@/lib/platform/sealed";

const COUNT = 10;
const HALF = 5;
// Crockford's: nothing that looks like something else on paper.
const SIGNS = "0123456789abcdefghjkmnpqrstvwxyz";

const hashOf = (userId: string, code: string) => keyedHash("recovery-code", `${userId}:${code}`);
/** As it was written down: without gaps, and the letters that are taken for numbers turned back. */
const bare = (code: string) => code.replace(/[\s-]/g, "").toLowerCase().replace(/o/g, "0").replace(/[il]/g, "1");
const draw = () => Array.from({ length: 2 * HALF }, () => SIGNS[randomInt(SIGNS.length)]).join("");

/** Makes ten new codes of 50 bits, good once each; the old ones no longer work. They can be shown now and never again. */
export async function makeRecoveryCodes(tx: Executor, userId: string): Promise<string[]> {
  const codes = [...new Set(Array.from({ length: COUNT }, draw))];
  await tx.execute(sql`delete from recovery_codes where user_id = ${userId}::bigint`);
  await tx.execute(sql`insert into recovery_codes (user_id, code_hash) values ${sql.join(codes.map((code) => sql`(${userId}::bigint, ${hashOf(userId, code)})`), sql`, `)}`);
  return codes.map((code) => `${code.slice(0, HALF)}-${code.slice(HALF)}`);
}

/** Uses a code; true once. */
export async function takeRecoveryCode(tx: Executor, userId: string, code: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    update recovery_codes set used_at = now() where user_id = ${userId}::bigint and code_hash = ${hashOf(userId, bare(code))} and used_at is null returning 1`);
  return rows.length > 0;
}

export async function countRecoveryCodes(userId: string): Promise<number> {
  const [row] = await db().execute<{ n: number }>(sql`select count(*)::int as n from recovery_codes where user_id = ${userId}::bigint and used_at is null`);
  return row!.n;
}
