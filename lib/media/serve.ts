import type { IncomingMessage, ServerResponse } from "node:http";
import { isId } from "@/lib/platform/ids";
import { log } from "@/lib/platform/log";
import { matchesEtag } from "@/lib/platform/storage/range";
import { sendObject } from "@/lib/platform/storage/send-object";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { readAccess } from "./access";
import { readHot } from "./hot-files";
import { variantKey } from "./keys";
import { signedViewer } from "./signature";

const PATH = /^\/media\/(\d{1,19})\/([a-z0-9]{1,40})\/(64|150|320|640|1080|1440|original)\.(jpg|webp|avif)$/;
const TYPES = { avif: "image/avif", webp: "image/webp", jpg: "image/jpeg" } as const;

/** Streamed; the others are small enough to be held for a moment. */
const LARGE = new Set(["1440", "original"]);

/** Kept for a year, because another picture has another address. */
const PUBLIC = "public, max-age=31536000, immutable";
const SIGNED = "private, max-age=3600";

/**
 * Serves derived files, never what was uploaded. Public ones by their address alone; others to holders of a signed
 * address for as long as its viewer may see the photo. Everything else is 404, whatever the reason.
 */
export async function handleMedia(req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean> {
  if (!url.pathname.startsWith("/media/")) return false;
  if (req.method !== "GET" && req.method !== "HEAD") return plain(res, 405, "only GET and HEAD", { allow: "GET, HEAD" });
  try {
    if (!(await send(req, res, url))) plain(res, 404, "not here");
  } catch (error) {
    if (!(error instanceof StorageUnavailableError) || res.headersSent) throw error;
    log().error({ err: error }, "media could not be read");
    plain(res, 503, "try again in a moment", { "retry-after": "5" });
  }
  return true;
}

async function send(req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean> {
  const match = PATH.exec(url.pathname);
  if (!match || !isId(match[1]!)) return false;
  const [, id, version, name, ext] = match as unknown as [string, string, string, string, keyof typeof TYPES];
  const viewerId = url.searchParams.size > 0 ? signedViewer({ id, version }, url.searchParams) : null;
  const access = await readAccess(id, viewerId);
  if (!access || access.version !== version || !(access.isPublic || (viewerId !== null && access.viewerMay))) return false;
  const key = variantKey(id, version, { name, ext });
  const etag = `${version}-${name}-${ext}`;
  const headers = {
    "content-type": TYPES[ext],
    "cache-control": access.isPublic && viewerId === null ? PUBLIC : SIGNED,
    "content-disposition": "inline",
    "content-security-policy": "default-src 'none'; sandbox",
    // Public pictures may stand in other sites' pages (embeds); signed ones only in ours.
    "cross-origin-resource-policy": access.isPublic ? "cross-origin" : "same-origin",
  };
  const isPlain = req.method === "GET" && req.headers.range === undefined && !matchesEtag(req.headers["if-none-match"], etag);
  const bytes = isPlain && !LARGE.has(name) ? await readHot(key) : undefined;
  if (bytes === undefined) return sendObject(req, res, storage(), { key, etag, headers });
  res.writeHead(200, { ...headers, etag: `"${etag}"`, "content-length": bytes.length, "accept-ranges": "bytes", "x-content-type-options": "nosniff" }).end(bytes);
  return true;
}

function plain(res: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): true {
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff", ...headers });
  res.end(message);
  return true;
}
