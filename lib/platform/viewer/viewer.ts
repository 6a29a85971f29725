import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { viewerOfToken } from "./bearer";
import { SESSION_COOKIE } from "./token";

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
