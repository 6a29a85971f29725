import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { matchesEtag, parseRange } from "./range";
import type { ObjectInfo, ObjectStorage } from "./types";

/**
 * Answers GET or HEAD with an object: ETag, 304, one byte range, 416. Returns false when the object is missing, and then
 * nothing has been sent. `size` and `etag`, when the caller knows them, save the look-up before a range or a 304.
 */
export async function sendObject(
  req: IncomingMessage,
  res: ServerResponse,
  store: ObjectStorage,
  object: { key: string; headers: Record<string, string>; known?: { size: number; etag: string; contentType: string } },
): Promise<boolean> {
  const wantsRange = req.headers.range !== undefined;
  const needsInfo = req.method === "HEAD" || wantsRange || req.headers["if-none-match"] !== undefined;
  const info = object.known ?? (needsInfo ? await store.head(object.key) : undefined);
  if (info === null) return false;
  if (info && matchesEtag(req.headers["if-none-match"], info.etag)) {
    res.writeHead(304, { ...object.headers, etag: `"${info.etag}"` }).end();
    return true;
  }
  const ifRange = req.headers["if-range"];
  const range = info && wantsRange && (!ifRange || ifRange === `"${info.etag}"`) ? parseRange(req.headers.range, info.size) : null;
  if (range === "unsatisfiable") {
    res.writeHead(416, { "content-range": `bytes */${info?.size}`, "content-length": 0 }).end();
    return true;
  }
  if (req.method === "HEAD" && info) {
    if (object.known && !(await store.head(object.key))) return false;
    res.writeHead(range ? 206 : 200, headersOf(info, range, object.headers)).end();
    return true;
  }
  const found = await store.get(object.key, range ?? undefined);
  if (!found) return false;
  res.writeHead(range ? 206 : 200, headersOf(info ?? found.info, range, object.headers));
  // A reader that hangs up is not an error of ours; the stream is closed either way.
  await pipeline(found.body, res).catch(() => res.destroy());
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
