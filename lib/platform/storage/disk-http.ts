import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "../log";
import { DiskStorage } from "./disk";
import { SizeMismatchError } from "./disk-write";
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
  else if (req.method === "PUT") await takeUpload(req, res, url, store);
  else if (req.method === "GET" || req.method === "HEAD") await sendDownload(req, res, url, store);
  else refuse(req, res, 405, "only PUT, GET and HEAD");
  return true;
}

/** Everything that can be judged from the headers is judged before a byte is read. */
async function takeUpload(req: IncomingMessage, res: ServerResponse, url: URL, store: DiskStorage): Promise<void> {
  const grant = readGrant(store.options.secret, "put", url);
  if (grant?.op !== "put") return refuse(req, res, 403, "The address is not valid or has expired.");
  if (req.headers["content-type"] !== grant.contentType) return refuse(req, res, 403, "The type is not the one this address was made for.");
  const announced = req.headers["content-length"];
  if (announced !== undefined && Number(announced) !== grant.size) return refuse(req, res, 403, "The size is not the one this address was made for.");
  try {
    const info = await store.put(grant.key, { stream: req, size: grant.size }, { contentType: grant.contentType });
    res.writeHead(200, { etag: `"${info.etag}"`, "content-length": 0 }).end();
  } catch (error) {
    if (error instanceof SizeMismatchError) return refuse(req, res, 403, "The size is not the one this address was made for.");
    if (error instanceof StorageUnavailableError) {
      log().error({ err: error }, "upload could not be stored");
      return refuse(req, res, 503, "The photo can't be stored just now.");
    }
    // The sender hung up in the middle: nobody is there to be told, and nothing was kept.
    if (req.destroyed && !req.complete) return void res.destroy();
    throw error;
  }
}

async function sendDownload(req: IncomingMessage, res: ServerResponse, url: URL, store: DiskStorage): Promise<void> {
  const grant = readGrant(store.options.secret, "get", url);
  if (grant?.op !== "get") return refuse(req, res, 403, "The address is not valid or has expired.");
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
