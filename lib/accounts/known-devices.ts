import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { announce } from "@/lib/platform/jobs/queue";
import { keyedHash } from "@/lib/platform/sealed";
import { type Addressee, warnOfDevice } from "./letters";
import { type OpenedSession, openSession, type SessionKind } from "./sessions";

/** Where a sign-up or log-in comes from. `mark` is the browser's own long-lived one (browser-cookies.ts). */
export type Origin = { address: string; kind: SessionKind; device: string; mark?: string };

/** What is kept of a browser's mark. */
export const deviceHashOf = (mark: string): string => keyedHash("device", mark);

/**
 * Opens a session and remembers the device; a new one is told by mail, but for the very first. Null when the password is no longer `passwordHash`.
 */
export async function signInto(tx: Transaction, person: Addressee & { passwordHash: string }, origin: Origin): Promise<OpenedSession | null> {
  const session = await openSession(tx, person, { ...origin, deviceHash: origin.mark ? deviceHashOf(origin.mark) : null });
  if (session && (await isNews(tx, person.id, origin))) await warnOfDevice(tx, person, origin.device);
  return session;
}

/** Programs have no mark: what they call themselves stands for it. Hashed together with the person, since many use the same program. */
const hashFor = (userId: string, { mark, kind, device }: Origin) => (mark ? deviceHashOf(mark) : keyedHash("program", `${userId}:${kind}:${device}`));

/** Notes the device, and tells of a browser seen for the first time; whether it is another than those known so far. */
async function isNews(tx: Transaction, userId: string, origin: Origin): Promise<boolean> {
  const [row] = await tx.execute<{ is_new: boolean; others: boolean }>(sql`
    insert into known_devices (user_id, device_hash) values (${userId}::bigint, ${hashFor(userId, origin)})
    on conflict (user_id, device_hash) do update set last_seen_at = now()
    returning xmax = 0 as is_new, exists (select 1 from known_devices k where k.user_id = ${userId}::bigint and k.device_hash <> ${hashFor(userId, origin)}) as others`);
  if (row!.is_new && origin.mark) await announce(tx, "user.device_seen", { userId });
  return row!.is_new && row!.others;
}
