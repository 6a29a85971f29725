import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/platform/errors";
import { ADDRESS_HEADER } from "@/lib/platform/http/address";
import { isId } from "@/lib/platform/ids";
import { log } from "@/lib/platform/log";
import { matchesEtag } from "@/lib/platform/storage/range";
import { sendObject } from "@/lib/platform/storage/send-object";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import { readAccess } from "./access";
import { isDownload, sendDownload } from "./brought";
import { DecoderFailedError } from "./decoder";
import { readHot } from "./hot-files";
import { variantKey } from "./keys";
import { makeWidth } from "./made-widths";
import { signedOwner, signedUncut, signedViewer, signedWidth } from "./signature";
import { makeSource, SOURCE_FILE } from "./source-picture";
import { uncutKey, videoKey } from "./video/files";
import { sendVideoFile, VIDEO_FILE } from "./video/serve";
import { mayReadUncut } from "./video/uncut";
import { VOICE_FILE } from "./voice-file";
import { widthName } from "./widths";

const ITEM = /^\/media\/(\d{1,19})\/([a-z0-9]{1,40})\/(.{1,60})$/;
const PATH = /^\/media\/(\d{1,19})\/([a-z0-9]{1,40})\/(64|150|320|640|1080|1440|original|w)\.(jpg|webp|avif)$/;
const SOURCE = /^\/media\/(\d{1,19})\/([a-z0-9]{1,40})\/source\.jpg$/;
const UNCUT = /^\/media\/(\d{1,19})\/([a-z0-9]{1,40})\/uncut\.mp4$/;
const TYPES = { avif: "image/avif", webp: "image/webp", jpg: "image/jpeg" } as const;

/** Streamed; the others are small enough to be held for a moment. */
const LARGE = new Set(["1440", "original"]);

/** Kept for a year, because another picture has another address. */
const PUBLIC = "public, max-age=31536000, immutable";
const SIGNED = "private, max-age=3600";

/**
 * Serves derived files; what was uploaded to its author alone, as an attachment (`brought.ts`). Public ones by their address alone; others to holders of a signed
 * address for as long as its viewer may see the photo. Everything else is 404, whatever the reason.
 */
export async function handleMedia(req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean> {
  if (!url.pathname.startsWith("/media/")) return false;
  if (req.method !== "GET" && req.method !== "HEAD") return plain(res, 405, "only GET and HEAD", { allow: "GET, HEAD" });
  try {
    if (!(await (isDownload(url) ? sendDownload : send)(req, res, url))) plain(res, 404, "not here");
  } catch (error) {
    if (error instanceof AppError && !res.headersSent) return plain(res, error.status, error.message, { "retry-after": String(error.retryAfter ?? 5) });
    if (!(error instanceof StorageUnavailableError || error instanceof DecoderFailedError) || res.headersSent) throw error;
    log().error({ err: error }, "media could not be read");
    plain(res, 503, "try again in a moment", { "retry-after": "5" });
  }
  return true;
}

async function send(req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean> {
  const [, itemId = "", itemVersion = "", below = ""] = ITEM.exec(url.pathname) ?? [];
  if (VIDEO_FILE.test(below) && isId(itemId)) return sendFromVideo(req, res, url, { id: itemId, version: itemVersion, name: below });
  if (below === VOICE_FILE && isId(itemId)) return sendVoice(req, res, url, { id: itemId, version: itemVersion });
  const match = PATH.exec(url.pathname);
  if (!match || !isId(match[1]!)) return sendSource(req, res, url);
  const [, id, version, name, ext] = match as unknown as [string, string, string, string, keyof typeof TYPES];
  const asked = name === "w" ? signedWidth({ id, version }, ext, url.searchParams) : null;
  if (name === "w" && asked === null) return false;
  const viewerId = asked ? asked.viewerId : url.searchParams.size > 0 ? signedViewer({ id, version }, url.searchParams) : null;
  const access = await allowed({ id, version }, viewerId);
  if (!access) return false;
  const file = asked ? widthName(asked.width) : name;
  const key = variantKey(id, version, { name: file, ext });
  const etag = `${version}-${file}-${ext}`;
  const headers = { "content-type": TYPES[ext], ...headersOf(access.isPublic, viewerId === null) };
  if (asked) {
    const wanted = { id, version, width: asked.width, ext };
    return (await sendObject(req, res, storage(), { key, etag, headers })) || ((await makeWidth(wanted, clientOf(req))) && sendObject(req, res, storage(), { key, etag, headers }));
  }
  const isPlain = req.method === "GET" && req.headers.range === undefined && !matchesEtag(req.headers["if-none-match"], etag);
  const bytes = isPlain && !LARGE.has(name) ? await readHot(key) : undefined;
  if (bytes === undefined) return sendObject(req, res, storage(), { key, etag, headers });
  res.writeHead(200, { ...headers, etag: `"${etag}"`, "content-length": bytes.length, "accept-ranges": "bytes", "x-content-type-options": "nosniff" }).end(bytes);
  return true;
}

/** The photo as it was brought, re-encoded at a modest size; to its author alone. */
async function sendSource(req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean> {
  const [, id, version] = SOURCE.exec(url.pathname) ?? [];
  if (!id || !version) return sendUncut(req, res, url);
  if (!isId(id)) return false;
  const ownerId = signedOwner({ id, version }, url.searchParams);
  const access = ownerId === null ? null : await readAccess(id, ownerId, version);
  if (access?.version !== version || !access.viewerMay || access.isDeleted) return false;
  const file = { key: variantKey(id, version, SOURCE_FILE), etag: `${version}-source-jpg`, headers: { "content-type": TYPES.jpg, ...headersOf(false, false) } };
  return (await sendObject(req, res, storage(), file)) || ((await makeSource(id, version, clientOf(req))) && sendObject(req, res, storage(), file));
}

/** The whole of a video, small; to its author alone. */
async function sendUncut(req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean> {
  const [, id, version] = UNCUT.exec(url.pathname) ?? [];
  if (!id || !version || !isId(id)) return false;
  const ownerId = signedUncut({ id, version }, url.searchParams);
  if (ownerId === null || !(await mayReadUncut({ id, version }, ownerId))) return false;
  return sendObject(req, res, storage(), { key: uncutKey(id, version), etag: `${version}-uncut-mp4`, headers: { "content-type": "video/mp4", ...headersOf(false, false) } });
}

/** What is known of an item when it may be read just now: by everybody, or by the one whom the address names. */
async function allowed({ id, version }: { id: string; version: string }, viewerId: string | null): Promise<{ isPublic: boolean } | null> {
  const access = await readAccess(id, viewerId, version);
  return access && access.version === version && (access.isPublic || (viewerId !== null && access.viewerMay)) ? access : null;
}

/** To those in its conversation, and never to anybody without a signed address. */
async function sendVoice(req: IncomingMessage, res: ServerResponse, url: URL, file: { id: string; version: string }): Promise<boolean> {
  const viewerId = signedViewer(file, url.searchParams);
  if (viewerId === null || !(await allowed(file, viewerId))) return false;
  return sendObject(req, res, storage(), { key: videoKey(file.id, file.version, VOICE_FILE), etag: `${file.version}-voice-m4a`, headers: { "content-type": "audio/mp4", ...headersOf(false, false) } });
}

async function sendFromVideo(req: IncomingMessage, res: ServerResponse, url: URL, file: { id: string; version: string; name: string }): Promise<boolean> {
  const viewerId = url.searchParams.size > 0 ? signedViewer(file, url.searchParams) : null;
  const access = await allowed(file, viewerId);
  if (!access) return false;
  return sendVideoFile(req, res, { ...file, query: viewerId === null ? "" : url.search, headers: headersOf(access.isPublic, viewerId === null) });
}

function headersOf(isPublic: boolean, isBare: boolean) {
  return {
    "cache-control": isPublic && isBare ? PUBLIC : SIGNED,
    "content-disposition": "inline",
    "content-security-policy": "default-src 'none'; sandbox",
    // Public pictures may stand in other sites' pages (embeds); signed ones only in ours.
    "cross-origin-resource-policy": isPublic ? "cross-origin" : "same-origin",
  };
}

const clientOf = (req: IncomingMessage) => String(req.headers[ADDRESS_HEADER] ?? req.socket.remoteAddress);

function plain(res: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): true {
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff", ...headers });
  res.end(message);
  return true;
}
