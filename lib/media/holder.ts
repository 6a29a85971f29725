import type { IncomingMessage } from "node:http";
import { LRUCache } from "lru-cache";
import { cookieIn } from "@/lib/platform/http/cookie";
import type { PartHandler } from "@/lib/platform/http/front";
import { viewerOfToken } from "@/lib/platform/viewer/bearer";
import { SESSION_COOKIE } from "@/lib/platform/viewer/token";
import { ACCESS_REMEMBERED_MS } from "./access";

/** Whose a token is; as short as what they may see is remembered, so that who signs out is out of sight as soon. */
const owners = new LRUCache<string, string>({ max: 50_000, ttl: ACCESS_REMEMBERED_MS });

/**
 * Lets a signed address count only in the hands of the one for whom it was signed: the request must bear their session, as pages' pictures do by
 * themselves (programs send their bearer token). For anybody else it is the address without its signature.
 */
export function forHolders(part: PartHandler): PartHandler {
  return async (req, res, url) => {
    const holder = url.searchParams.get("v");
    if (holder === null || !url.pathname.startsWith("/media/") || holder === (await ownerOf(req))) return part(req, res, url);
    return part(req, res, new URL(url.pathname, url));
  };
}

async function ownerOf(req: IncomingMessage): Promise<string | null> {
  const bearer = req.headers.authorization?.match(/^Bearer\s+(\S+)$/i)?.[1];
  const token = bearer ?? cookieIn(req.headers.cookie, SESSION_COOKIE());
  if (!token) return null;
  const known = owners.get(token);
  if (known) return known;
  const viewer = await viewerOfToken(token);
  if (viewer) owners.set(token, viewer.id);
  return viewer?.id ?? null;
}
