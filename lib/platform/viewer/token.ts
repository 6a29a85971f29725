import { jwtVerify, SignJWT } from "jose";
import { env, isSecure } from "@/lib/platform/env";
import { isId } from "@/lib/platform/ids";

/** What a token says: whose it is and which session row keeps it alive. */
export type Claims = { userId: string; sessionId: string };

/** Cookie that carries the browser's token; the `__Host-` prefix binds it to this host when we are on https. */
export const SESSION_COOKIE = () => (isSecure() ? "__Host-heliograph.session" : "heliograph.session");

/** Days a bearer token lives (API.md). */
export const API_TOKEN_DAYS = 7;
/** Days a browser stays signed in. */
export const BROWSER_SESSION_DAYS = 90;

const key = () => new TextEncoder().encode(env().AUTH_SECRET);

/** Signs a token for a session; it ends with the session at the latest. */
export function signToken(claims: Claims, expiresAt: Date): Promise<string> {
  return new SignJWT({ sid: claims.sessionId })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(claims.userId)
    .setIssuedAt()
    .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
    .sign(key());
}

/** The claims of a genuine, unexpired token, else null. The session row still has to be checked. */
export async function verifyToken(token: string): Promise<Claims | null> {
  try {
    const { payload } = await jwtVerify(token, key(), { algorithms: ["HS256"] });
    if (typeof payload.sub !== "string" || typeof payload.sid !== "string" || !isId(payload.sub) || !isId(payload.sid)) return null;
    return { userId: payload.sub, sessionId: payload.sid };
  } catch {
    return null;
  }
}
