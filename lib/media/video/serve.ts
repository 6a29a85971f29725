import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { matchesEtag } from "@/lib/platform/storage/range";
import { sendObject } from "@/lib/platform/storage/send-object";
import { storage } from "@/lib/platform/storage/storage";
import { typeOf, videoKey } from "./files";
import { signPlaylist } from "./playlist";

/** What lies below `/media/{id}/{version}/` of a video beside its pictures. */
export const VIDEO_FILE = /^(?:hls\/(?:master|[1-9]\d{0,4})\.m3u8|hls\/[1-9]\d{0,4}\.mp4|video\.mp4|preview\.(?:webp|avif)|captions\/\d{1,19}\.vtt)$/;

type File = { id: string; version: string; name: string; /** With its `?`; empty for what is public. */ query: string; headers: Record<string, string> };

/** Answers with a file of a video, once it is known that it may be read. False when there is none. */
export async function sendVideoFile(req: IncomingMessage, res: ServerResponse, { id, version, name, query, headers }: File): Promise<boolean> {
  const key = videoKey(id, version, name);
  const etag = `${version}-${name.replace(/[/.]/g, "-")}`;
  const all = { ...headers, "content-type": typeOf(name) };
  return name.endsWith(".m3u8") ? sendPlaylist(req, res, { key, etag, query, headers: all }) : sendObject(req, res, storage(), { key, etag, headers: all });
}

/** Whoever may read the list may read what it names, under the same signature and for as long. */
async function sendPlaylist(req: IncomingMessage, res: ServerResponse, { key, etag, query, headers }: { key: string; etag: string; query: string; headers: Record<string, string> }): Promise<boolean> {
  if (matchesEtag(req.headers["if-none-match"], etag)) {
    const { "content-type": _type, ...rest } = headers;
    res.writeHead(304, { ...rest, etag: `"${etag}"` }).end();
    return true;
  }
  const found = await storage().get(key);
  if (!found) return false;
  const text = (await buffer(found.body)).toString("utf8");
  const body = Buffer.from(query === "" ? text : signPlaylist(text, query));
  res.writeHead(200, { ...headers, etag: `"${etag}"`, "content-length": body.length, "x-content-type-options": "nosniff" });
  res.end(req.method === "HEAD" ? undefined : body);
  return true;
}
