import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { conflict, invalidField } from "@/lib/platform/errors";
import { isPushTarget } from "@/lib/platform/push/encryption";
import { isPushAddress } from "@/lib/platform/push/reachable";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { SubscriptionInput } from "./schemas";
import type { PushDeviceView } from "./types";

/** SQL: the session `s` is still good. A subscription is worth as much as its session, however that ended. */
export const SESSION_LIVES: SQL = sql`s.revoked_at is null and s.expires_at > now()`;

export type Subscription = { id: string; user_id: string; endpoint: string; p256dh: string; auth: string };

/**
 * Has the viewer's device take pushes; the same again changes nothing. A device has one subscription, and one that was somebody else's
 * in the same browser is the viewer's now: it knows its secret, not only its address. Throws invalid at `endpoint` or `keys`, conflict.
 */
export async function subscribe(viewer: Viewer, { endpoint, keys }: SubscriptionInput): Promise<void> {
  if (!isPushAddress(endpoint)) throw invalidField("endpoint", "This is no address of a push service: https and a public host are needed.");
  if (!isPushTarget(keys)) throw invalidField("keys", "These are no keys of a browser's subscription.");
  await db().transaction(async (tx) => {
    // The page and its worker may say so at once.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('push subscription'), hashtext(${viewer.sessionId}))`);
    await tx.execute(sql`delete from push_subscriptions where session_id = ${viewer.sessionId}::bigint and endpoint <> ${endpoint}`);
    const taken = await tx.execute(sql`
      insert into push_subscriptions (user_id, session_id, endpoint, p256dh, auth)
      select s.user_id, s.id, ${endpoint}, ${keys.p256dh}, ${keys.auth} from sessions s where s.id = ${viewer.sessionId}::bigint and s.user_id = ${viewer.id}::bigint and ${SESSION_LIVES}
      on conflict (endpoint) do update set user_id = excluded.user_id, session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth, failures = 0, problem = null, problem_at = null
      where push_subscriptions.auth = excluded.auth or push_subscriptions.user_id = excluded.user_id returning 1`);
    if (taken.length > 0) return;
    const [other] = await tx.execute(sql`select 1 from push_subscriptions where endpoint = ${endpoint}`);
    if (other) throw conflict("Another account gets its notifications at this address. Turn notifications off and on again in this browser, so that it gets a new one.");
  });
}

/** Has a device of the viewer take no more pushes: the one that asks, or the one of this id. What is not there is gone already. */
export async function unsubscribe(viewer: Viewer, id?: string): Promise<void> {
  const which = id === undefined ? sql`session_id = ${viewer.sessionId}::bigint` : sql`id = ${id}::bigint`;
  await db().execute(sql`delete from push_subscriptions where user_id = ${viewer.id}::bigint and ${which}`);
}

/** Where the viewer takes pushes, this device first. */
export async function listPushDevices(viewer: Viewer): Promise<PushDeviceView[]> {
  const rows = await db().execute<Omit<PushDeviceView, "created_at" | "last_ok_at"> & { created_at: string; last_ok_at: string | null }>(sql`
    select p.id, s.device, s.id = ${viewer.sessionId}::bigint as is_current, p.created_at, p.last_ok_at from push_subscriptions p join sessions s on s.id = p.session_id
    where p.user_id = ${viewer.id}::bigint and ${SESSION_LIVES} order by is_current desc, p.id desc limit 100`);
  const iso = (time: string) => new Date(time).toISOString();
  return [...rows].map(({ created_at, last_ok_at, ...device }) => ({ ...device, created_at: iso(created_at), last_ok_at: last_ok_at === null ? null : iso(last_ok_at) }));
}

/** Subscriptions that may be sent to now. */
export async function readSubscriptions(which: { id: string } | { sessionId: string } | { userId: string }): Promise<Subscription[]> {
  const chosen = "id" in which ? sql`p.id = ${which.id}::bigint` : "sessionId" in which ? sql`p.session_id = ${which.sessionId}::bigint` : sql`p.user_id = ${which.userId}::bigint`;
  return [...(await db().execute<Subscription>(sql`
    select p.id, p.user_id, p.endpoint, p.p256dh, p.auth from push_subscriptions p join sessions s on s.id = p.session_id and s.user_id = p.user_id where ${chosen} and ${SESSION_LIVES}`))];
}

/** Removes those whose session is over, and those that have taken nothing for a month. */
export async function sweepSubscriptions(): Promise<void> {
  await db().execute(sql`delete from push_subscriptions p using sessions s where s.id = p.session_id and not (${SESSION_LIVES})`);
  await db().execute(sql`delete from push_subscriptions where failures > 0 and coalesce(last_ok_at, created_at) < now() - interval '30 days'`);
}
