import type { IncomingMessage, ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";

const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".map": "application/json; charset=utf-8",
  ".woff2": "font/woff2",
  ".png": "image/png",
  ".ico": "image/x-icon",
};
const PREFIX = "/_next/static/";
const SAFE = /^[A-Za-z0-9_~.-]+(\/[A-Za-z0-9_~.-]+)*$/;

type File = { type: string; plain: Buffer; packed: Record<string, Buffer | undefined> };

/**
 * The build's own files, which never change under their names: from memory, in the form that the build compressed once
 * (scripts/lib/compress-static.mjs), instead of compressing each again for every visitor.
 */
export function staticFiles(folder: string) {
  const known = new Map<string, Promise<File | null>>();
  return async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean> => {
    const name = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : "";
    if (!SAFE.test(name) || name.includes("..") || (req.method !== "GET" && req.method !== "HEAD")) return false;
    let file = known.get(name);
    if (!file) {
      file = load(path.join(folder, name));
      // Only what exists is remembered: names that do not could be made up without end.
      if (await file) known.set(name, file);
    }
    const found = await file;
    if (!found) return false;
    send(req, res, found);
    return true;
  };
}

async function load(file: string): Promise<File | null> {
  const type = TYPES[path.extname(file)];
  const plain = type ? await readFile(file).catch(() => null) : null;
  if (!type || !plain) return null;
  const [br, gzip] = await Promise.all(["br", "gz"].map((ending) => readFile(`${file}.${ending}`).catch(() => undefined)));
  return { type, plain, packed: { br, gzip } };
}

function send(req: IncomingMessage, res: ServerResponse, { type, plain, packed }: File): void {
  const accepted = String(req.headers["accept-encoding"] ?? "");
  const encoding = ["br", "gzip"].find((name) => packed[name] && new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0+)?\\b)`).test(accepted));
  const body = encoding ? packed[encoding]! : plain;
  res.writeHead(200, {
    "content-type": type,
    "content-length": body.length,
    "cache-control": "public, max-age=31536000, immutable",
    vary: "accept-encoding",
    ...(encoding ? { "content-encoding": encoding } : {}),
  });
  res.end(req.method === "HEAD" ? undefined : body);
}
