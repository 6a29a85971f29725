import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { matchesEtag, parseRange } from "./range";
import type { ObjectInfo, ObjectStorage } from "./types";

/**
 * Answers GET or HEAD with an object: ETag, 304, one byte range, 416. Returns false when the object is missing, and then
 * nothing has been sent. A caller that knows an `etag` (the address never changes its bytes) saves the look-up for a 304.
 */
export async function sendObject(
  req: IncomingMessage,
  res: ServerResponse,
  store: ObjectStorage,
  object: { key: string; headers: Record<string, string>; etag?: string },
): Promise<boolean> {
  const { range: wanted, "if-none-match": ifNoneMatch, "if-range": ifRange } = req.headers;
  if (object.etag && matchesEtag(ifNoneMatch, object.etag)) return notModified(res, object.etag, object.headers);
  const needsInfo = req.method === "HEAD" || wanted !== undefined || (ifNoneMatch !== undefined && !object.etag);
  const info = needsInfo ? await store.head(object.key) : undefined;
  if (info === null) return false;
  const etag = object.etag ?? info?.etag;
  if (info && matchesEtag(ifNoneMatch, etag!)) return notModified(res, etag!, object.headers);
  const range = info && wanted !== undefined && (!ifRange || ifRange === `"${etag}"`) ? parseRange(wanted, info.size) : null;
  if (range === "unsatisfiable") {
    res.writeHead(416, { "content-range": `bytes */${info?.size}`, "content-length": 0 }).end();
    return true;
  }
  if (req.method === "HEAD" && info) {
    res.writeHead(range ? 206 : 200, headersOf({ ...info, etag: etag! }, range, object.headers)).end();
    return true;
  }
  const found = await store.get(object.key, range ?? undefined);
  if (!found) return false;
  res.writeHead(range ? 206 : 200, headersOf({ ...found.info, etag: etag ?? found.info.etag }, range, object.headers));
  // A reader that hangs up is not an error of ours; the stream is closed either way.
  await pipeline(found.body, res).catch(() => res.destroy());
  return true;
}

function notModified(res: ServerResponse, etag: string, headers: Record<string, string>): true {
  const { "content-type": _type, ...rest } = headers;
  res.writeHead(304, { ...rest, etag: `"${etag}"` }).end();
  return true;
}

function headersOf(info: Pick<ObjectInfo, "size" | "etag" | "contentType">, range: { start: number; end: number } | null, extra: Record<string, string>) {
  return {
    "content-type": info.contentType,
    "content-length": range ? range.end - range.start + 1 : info.size,
    "accept-ranges": "bytes",
    etag: `"${info.etag}"`,
    "x-content-type-options": "nosniff",
    ...(range ? { "content-range": `bytes ${range.start}-${range.end}/${info.size}` } : {}),
    ...extra,
  };
}
