import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { NextRequest } from "next/server";
import { cookieIn } from "./cookie";
import { ANSWER_HEADERS, jsonOf, type rest } from "./rest";

/** The `GET` of routes whose address has no parameters, as `rest` makes them, by their paths. */
export type Routes = Readonly<Record<string, Pick<ReturnType<typeof rest>, "work">>>;

const PACKED_FROM = 1_024;
const pack = promisify(gzip);
const params = Promise.resolve({});

/**
 * Answers the most asked of the API's addresses by the functions of their routes, with nothing in between: Next's way to a route takes longer than what the
 * route does. False for everything else.
 */
export async function answerFromRoutes(req: IncomingMessage, res: ServerResponse, url: URL, routes: Routes): Promise<boolean> {
  if (req.method !== "GET" || !Object.hasOwn(routes, url.pathname)) return false;
  const result = await routes[url.pathname]!.work(asRequest(req, url), { params });
  if (result instanceof Response) return sendResponse(req, res, result);
  for (const [name, value] of Object.entries(ANSWER_HEADERS)) res.setHeader(name, value);
  return send(req, res, 200, jsonOf(result));
}

/** Sends what a handler answered instead of an object: an error, as a rule. */
export async function sendResponse(req: IncomingMessage, res: ServerResponse, response: Response): Promise<true> {
  response.headers.forEach((value, name) => res.setHeader(name, value));
  return send(req, res, response.status, await response.text());
}

async function send(req: IncomingMessage, res: ServerResponse, status: number, text: string): Promise<true> {
  const packs = text.length >= PACKED_FROM && /\bgzip\b/.test(String(req.headers["accept-encoding"] ?? ""));
  const body = packs ? await pack(text) : text;
  res.setHeader("vary", "accept-encoding");
  if (packs) res.setHeader("content-encoding", "gzip");
  res.setHeader("content-length", Buffer.byteLength(body));
  res.writeHead(status);
  res.end(body);
  return true;
}

/** As much of Next's request as the wrapper around routes (rest.ts) looks at when there is no body. */
export function asRequest(req: IncomingMessage, url: URL): NextRequest {
  const text = (name: string) => {
    const value = req.headers[name.toLowerCase()];
    return value === undefined ? null : String(value);
  };
  const headers = { get: text, has: (name: string) => text(name) !== null };
  return { method: "GET", url: url.href, nextUrl: url, headers, cookies: { get: (name: string) => valueOf(cookieIn(text("cookie"), name)) } } as unknown as NextRequest;
}

const valueOf = (value: string | undefined) => (value === undefined ? undefined : { value });
