import "server-only";
import { timingSafeEqual } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { invalidField } from "@/lib/platform/errors";
import { keyedHash } from "@/lib/platform/sealed";

const sign = (userId: string): string => keyedHash("digest unsubscribe", userId);

/** Goes into every digest; good for ending them and for nothing else, and for as long as mails lie around. */
export const unsubscribeToken = (userId: string): string => `${userId}-${sign(userId)}`;

/** Whose token it is, or null when it was not made here. */
export function ownerOfToken(token: string): string | null {
  const [, userId, signature] = /^(\d{1,19})-([\w-]{43})$/.exec(token) ?? [];
  return userId && timingSafeEqual(Buffer.from(signature!), Buffer.from(sign(userId))) ? userId : null;
}

/** Ends a person's digests, whoever holds the mail; they may be ended already. Throws invalid at `token`. */
export async function stopDigest(token: string): Promise<void> {
  const userId = ownerOfToken(token);
  if (userId === null) throw invalidField("token", "This link is not whole. Copy all of it from the mail, or log in and turn the mails off in your settings.");
  await db().execute(sql`update digest_settings set frequency = 'off', updated_at = now() where user_id = ${userId}::bigint`);
}
