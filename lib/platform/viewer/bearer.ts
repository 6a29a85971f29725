import { loadSession } from "./session";
import { verifyToken } from "./token";
import type { Viewer } from "./viewer";

// Apart from viewer.ts, which wants Next: the front answers without it (front-routes.ts).

/** The viewer a token stands for, or null when it is missing, forged, expired, ended, or its owner is gone. */
export async function viewerOfToken(token: string | undefined): Promise<Viewer | null> {
  const claims = token ? await verifyToken(token) : null;
  return claims ? loadSession(claims) : null;
}
