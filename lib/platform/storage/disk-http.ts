import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "../log";
import { DiskStorage } from "./disk";
import { ChecksumMismatchError, SizeMismatchError } from "./disk-write";
import { isKey } from "./keys";
import { sendObject } from "./send-object";
import { readGrant } from "./signatures";
import { storage } from "./storage";
import { StorageUnavailableError } from "./types";

/**
 * The disk store's signed addresses, answered by the plain `node:http` front: PUT takes an upload, GET and HEAD read.
 * Returns false when the path is not under `/storage/`.
 */
export async function handleDiskStorage(req: IncomingMessage, res: ServerResponse, url: URL, store = storage()): Promise<boolean> {
  if (!url.pathname.startsWith("/storage/")) return false;
  if (!(store instanceof DiskStorage)) refuse(req, res, 404, "not here");
  else if (!isKey(url.pathname.slice("/storage/".length))) refuse(req, res, 404, "not here");
  else if (req.method === "PUT") await (url.searchParams.has("part") ? takePart : takeWhole)(req, res, url, store);
  else if (req.method === "GET" || req.method === "HEAD") await sendDownload(req, res, url, store);
  else refuse(req, res, 405, "only PUT, GET and HEAD");
  return true;
}

const EXPIRED = "The address is not valid or has expired.";
const OTHER_SIZE = "The size is not the one this address was made for.";

/** Everything that can be judged from the headers is judged before a byte is read. */
async function takeWhole(req: IncomingMessage, res: ServerResponse, url: URL, store: DiskStorage): Promise<void> {
  const grant = readGrant(store.options.secret, "put", url);
  if (!grant) return refuse(req, res, 403, EXPIRED);
  if (req.headers["content-type"] !== grant.contentType) return refuse(req, res, 403, "The type is not the one this address was made for.");
  if (!fits(req, grant.size)) return refuse(req, res, 403, OTHER_SIZE);
  await take(req, res, async () => (await store.put(grant.key, { stream: req, size: grant.size }, { contentType: grant.contentType })).etag);
}

/** A checksum that the sender names without being bound to one is held against the bytes, too. */
async function takePart(req: IncomingMessage, res: ServerResponse, url: URL, store: DiskStorage): Promise<void> {
  const grant = readGrant(store.options.secret, "part", url);
  if (!grant) return refuse(req, res, 403, EXPIRED);
  const named = req.headers["content-md5"];
  if (grant.md5 && named !== grant.md5) return refuse(req, res, 403, "The checksum is not the one this address was made for.");
  if (!fits(req, grant.size)) return refuse(req, res, 403, OTHER_SIZE);
  await take(req, res, () => store.parts.take({ ...grant, md5: typeof named === "string" ? named : undefined }, req));
}

function fits(req: IncomingMessage, size: number): boolean {
  const announced = req.headers["content-length"];
  return announced === undefined || Number(announced) === size;
}

/** Keeps a body by `work`, which answers its ETag, or null when there is no such upload. */
async function take(req: IncomingMessage, res: ServerResponse, work: () => Promise<string | null>): Promise<void> {
  try {
    const etag = await work();
    if (etag === null) return refuse(req, res, 404, "There is no such upload any more.");
    res.writeHead(200, { etag: `"${etag}"`, "content-length": 0 }).end();
  } catch (error) {
    if (error instanceof SizeMismatchError) return refuse(req, res, 403, OTHER_SIZE);
    if (error instanceof ChecksumMismatchError) return refuse(req, res, 400, "The bytes were damaged on the way.");
    if (error instanceof StorageUnavailableError) {
      log().error({ err: error }, "upload could not be stored");
      return refuse(req, res, 503, "The file can't be stored just now.");
    }
    // The sender hung up in the middle: nobody is there to be told, and nothing was kept.
    if (req.destroyed && !req.complete) return void res.destroy();
    throw error;
  }
}

async function sendDownload(req: IncomingMessage, res: ServerResponse, url: URL, store: DiskStorage): Promise<void> {
  const grant = readGrant(store.options.secret, "get", url);
  if (!grant) return refuse(req, res, 403, EXPIRED);
  const headers = {
    "cache-control": "private, max-age=300",
    // Bytes as somebody uploaded them: never shown as a page of ours.
    "content-security-policy": "default-src 'none'; sandbox",
    "content-disposition": grant.fileName ? `attachment; filename*=UTF-8''${encodeURIComponent(grant.fileName)}` : "attachment",
  };
  if (!(await sendObject(req, res, store, { key: grant.key, headers }))) refuse(req, res, 404, "not here");
}

/** Answers and lets go of the connection, since the rest of a refused body is not worth reading. */
function refuse(req: IncomingMessage, res: ServerResponse, status: number, message: string): void {
  const hasBody = req.method === "PUT" && !req.complete;
  if (!res.headersSent) {
    res.writeHead(status, { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff", ...(hasBody ? { connection: "close" } : {}) });
    res.end(message);
  }
  if (!hasBody) return;
  // A moment for the answer to arrive: closing at once would reset the connection before the sender reads why.
  req.on("error", () => {});
  req.resume();
  setTimeout(() => req.socket.destroy(), 2_000).unref();
}
