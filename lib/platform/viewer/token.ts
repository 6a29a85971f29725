import { jwtVerify, SignJWT } from "jose";
import { LRUCache } from "lru-cache";
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

/** Tokens whose signature was checked: it cannot become another, only expire. Whether the session lives is asked each time. */
const genuine = new LRUCache<string, Claims & { expiresAt: number }>({ max: 20_000 });

/** The claims of a genuine, unexpired token, else null. The session row still has to be checked. */
export async function verifyToken(token: string): Promise<Claims | null> {
  const known = genuine.get(token);
  if (known && known.expiresAt > Date.now()) return known;
  try {
    const { payload } = await jwtVerify(token, key(), { algorithms: ["HS256"] });
    if (typeof payload.sub !== "string" || typeof payload.sid !== "string" || !isId(payload.sub) || !isId(payload.sid)) return null;
    const claims = { userId: payload.sub, sessionId: payload.sid };
    if (payload.exp !== undefined) genuine.set(token, { ...claims, expiresAt: payload.exp * 1000 });
    return claims;
  } catch {
    return null;
  }
}
