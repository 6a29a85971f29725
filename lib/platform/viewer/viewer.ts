import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { SESSION_COOKIE, verifyToken } from "./token";
import { loadSession } from "./session";

/** Who is asking. Everything is loaded through it; `null` is a signed-out visitor. */
export type Viewer = {
  id: string;
  username: string;
  fullName: string;
  role: "member" | "moderator" | "administrator";
  isPrivate: boolean;
  sessionId: string;
  avatarMediaId: string | null;
  avatarVersion: string | null;
  /** How far the database's log was when they last wrote something, null for not lately; for choosing where they read (writes.ts). */
  wrote?: string | null;
};

/** Name of the viewer for functions that need only that. */
export type ViewerId = string | null;

/** The viewer of the page or action being served; one look-up per request. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  const authorization = (await headers()).get("authorization");
  const bearer = authorization?.match(/^Bearer\s+(\S+)$/i)?.[1];
  return viewerOfToken(bearer ?? (await cookies()).get(SESSION_COOKIE())?.value);
});

/** The viewer a token stands for, or null when it is missing, forged, expired, ended, or its owner is gone. */
export async function viewerOfToken(token: string | undefined): Promise<Viewer | null> {
  const claims = token ? await verifyToken(token) : null;
  return claims ? loadSession(claims) : null;
}
