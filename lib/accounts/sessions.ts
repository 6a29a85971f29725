import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { API_TOKEN_DAYS, BROWSER_SESSION_DAYS, type Claims, signToken } from "@/lib/platform/viewer/token";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { DeviceView } from "./types";

export type SessionKind = "browser" | "api";

/** A new session and when it ends. */
export type OpenedSession = Claims & { expiresAt: Date };

/** A bearer token as the API gives it out. */
export type IssuedToken = { token: string; expires_at: string };

const DAYS: Record<SessionKind, number> = { browser: BROWSER_SESSION_DAYS, api: API_TOKEN_DAYS };

/**
 * Opens a session for a person whose password has been checked against `passwordHash`. Null when the password has been
 * changed in between: then nobody gets in with the old one.
 */
export async function openSession(executor: Executor, person: { id: string; passwordHash: string }, { kind, device, deviceHash }: { kind: SessionKind; device: string; deviceHash?: string | null }): Promise<OpenedSession | null> {
  // Somebody has just proved in this browser who they are (proof.ts); a program's token never says that.
  const provenAt = kind === "browser" ? sql`now()` : sql`to_timestamp(0)`;
  const [row] = await executor.execute<{ id: string; expires_at: string }>(sql`
    with person as (select id from users where id = ${person.id}::bigint and password_hash = ${person.passwordHash} for share)
    insert into sessions (user_id, kind, device, device_hash, proven_at, expires_at)
    select id, ${kind}, ${device}, ${deviceHash ?? null}, ${provenAt}, date_trunc('second', now() + make_interval(days => ${DAYS[kind]})) from person returning id, expires_at`);
  return row ? { userId: person.id, sessionId: row.id, expiresAt: new Date(row.expires_at) } : null;
}

/** The bearer token of an API session. */
export async function issueToken(session: OpenedSession): Promise<IssuedToken> {
  return { token: await signToken(session, session.expiresAt), expires_at: session.expiresAt.toISOString() };
}

/** Where the person is signed in, this device first, then the latest seen. */
export async function listDevices(viewer: Viewer): Promise<DeviceView[]> {
  const rows = await db().execute<{ id: string; kind: SessionKind; device: string; created_at: string; last_seen_at: string; is_current: boolean }>(sql`
    select id, kind, device, created_at, last_seen_at, id = ${viewer.sessionId}::bigint as is_current from sessions
    where user_id = ${viewer.id}::bigint and revoked_at is null and expires_at > now()
    order by is_current desc, last_seen_at desc, id desc limit 100`);
  return [...rows].map(({ created_at, last_seen_at, ...device }) => ({
    ...device, created_at: new Date(created_at).toISOString(), last_seen_at: new Date(last_seen_at).toISOString(),
  }));
}

/** Ends one session of the person; its token works no more. Ending it again changes nothing. */
export async function endSession(userId: string, sessionId: string): Promise<void> {
  await db().execute(sql`
    update sessions set revoked_at = now() where id = ${sessionId}::bigint and user_id = ${userId}::bigint and revoked_at is null`);
}

/** Ends all sessions of a person but, when given, one. Returns how many were alive. */
export async function endSessions(executor: Executor, userId: string, except: string | null = null): Promise<number> {
  const rows = await executor.execute(sql`
    update sessions set revoked_at = now() where user_id = ${userId}::bigint and revoked_at is null and expires_at > now()
      and (${except}::bigint is null or id <> ${except}::bigint) returning 1`);
  return rows.length;
}

/** Ends all of the viewer's sessions but this one. Returns how many were alive. */
export const endOtherSessions = (viewer: Viewer): Promise<number> => endSessions(db(), viewer.id, viewer.sessionId);
