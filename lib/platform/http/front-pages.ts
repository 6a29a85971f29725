import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import { databaseAnsweredAt, isDatabaseAway } from "@/db/patience";
import { Heat } from "@/lib/platform/process/heat";
import { isPage } from "./front-away";
import type { FrontOptions } from "./front";

/** A page asked for more often than this in a second is made once for all who ask for it. */
const HOT_PER_SECOND = 5;
/** How old such a page may be: what its author changes, others see within a second. While it is made anew, a little older is still shown. */
const FRESH_MS = 600;
const MEANWHILE_MS = 900;
/** Shown while the database is away: it was made when the database last answered, so nothing in it has changed since. */
const LAST_MS = 1_500;
const STALE_SECONDS = 600;
const CACHE_BYTES = 32_000_000;

type Page = { madeAt: number; headers: OutgoingHttpHeaders; body: Buffer; packed: Buffer };

const heat = new Heat(HOT_PER_SECOND);
const pages = new LRUCache<string, Page>({ maxSize: CACHE_BYTES, sizeCalculation: (page) => page.body.length + page.packed.length, ttl: STALE_SECONDS * 1_000 });
const making = new Map<string, Promise<Page | null>>();
const pack = promisify(gzip);

/**
 * Answers a page that very many visitors ask for at once from what was made for one of them a moment ago: a post that is known everywhere
 * would else be rendered ten thousand times a second. Only for visitors who bring no cookie and no token, for whom it is the same page. Who may
 * see what is judged whenever one is made. The page comes with its own policy: the nonce in it is younger than anything that stands in it.
 */
export async function answerFromPages(req: IncomingMessage, res: ServerResponse, url: URL, options: Pick<FrontOptions, "pages" | "shown">): Promise<boolean> {
  if (req.method !== "GET" || req.headers.cookie !== undefined || req.headers.authorization !== undefined || req.headers.rsc !== undefined || !isPage(req, url)) return false;
  const key = url.pathname + url.search;
  heat.add(key);
  const known = pages.get(key);
  if (isDatabaseAway()) return known !== undefined && known.madeAt > databaseAnsweredAt() - LAST_MS && send(req, res, url, known, options, true);
  if (!heat.isHot(key)) return false;
  const age = known ? Date.now() - known.madeAt : Infinity;
  if (known && age < (making.has(key) ? MEANWHILE_MS : FRESH_MS)) return send(req, res, url, known, options);
  const shared = making.get(key);
  if (shared) {
    const made = await shared;
    return made !== null && !res.headersSent && send(req, res, url, made, options);
  }
  await make(key, req, res, options);
  return true;
}

/** Has Next make the page for this visitor, and keeps what he is sent, as soon as it is whole: those who follow must not wait for a slow line of his. */
async function make(key: string, req: IncomingMessage, res: ServerResponse, options: Pick<FrontOptions, "pages">): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<Page | null>();
  making.set(key, promise);
  const madeAt = Date.now();
  // Unpacked, to be kept; those who follow get it packed.
  delete req.headers["accept-encoding"];
  const finish = (page: Page | null) => {
    resolve(page);
    if (making.get(key) === promise) making.delete(key);
  };
  recordBody(res, (body) => void keep(key, madeAt, res, body).then(finish, () => finish(null)));
  res.once("close", () => res.writableEnded || finish(null));
  await options.pages(req, res);
}

function recordBody(res: ServerResponse, whole: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const [write, end] = [res.write.bind(res), res.end.bind(res)] as [(...args: unknown[]) => boolean, (...args: unknown[]) => ServerResponse];
  const add = (chunk: unknown) => (typeof chunk === "string" ? chunks.push(Buffer.from(chunk)) : chunk instanceof Uint8Array && chunks.push(Buffer.from(chunk)));
  res.write = ((...args: unknown[]) => (add(args[0]), write(...args))) as ServerResponse["write"];
  res.end = ((...args: unknown[]) => {
    add(args[0]);
    const ended = end(...args);
    whole(Buffer.concat(chunks));
    return ended;
  }) as ServerResponse["end"];
}

/** Of this one answer only. */
const OWN = new Set(["x-request-id", "date", "connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "vary", "etag"]);

async function keep(key: string, madeAt: number, res: ServerResponse, body: Buffer): Promise<Page | null> {
  // Gone, or not for everybody any more: then not shown while the database is away, either, though it was made a moment ago.
  if (res.statusCode >= 300 && res.statusCode < 500) pages.delete(key);
  if (res.statusCode !== 200 || res.hasHeader("set-cookie") || res.hasHeader("content-encoding")) return null;
  const headers = Object.fromEntries(Object.entries(res.getHeaders()).filter(([name]) => !OWN.has(name)));
  const page = { madeAt, headers, body, packed: await pack(body, { level: 4 }) };
  pages.set(key, page);
  return page;
}

function send(req: IncomingMessage, res: ServerResponse, url: URL, page: Page, { shown }: Pick<FrontOptions, "shown">, isStale = false): true {
  const packs = /\bgzip\b/.test(String(req.headers["accept-encoding"] ?? ""));
  for (const [name, value] of Object.entries(page.headers)) res.setHeader(name, value!);
  res.setHeader("vary", "accept-encoding, cookie");
  if (packs) res.setHeader("content-encoding", "gzip");
  // Said to whoever asks for it; the page itself is as good as it was.
  if (isStale) res.setHeader("x-heliograph-stale", String(Math.round((Date.now() - page.madeAt) / 1_000)));
  const body = packs ? page.packed : page.body;
  res.setHeader("content-length", body.length);
  res.writeHead(200);
  res.end(body);
  if (!isStale) shown?.(url.pathname, new Headers(Object.entries(req.headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as [string, string]] : []))));
  return true;
}
