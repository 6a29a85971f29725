import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { NextRequest } from "next/server";
import { cookieIn } from "./cookie";
import { ANSWER_HEADERS, jsonOf, type rest } from "./rest";

type Route = Pick<ReturnType<typeof rest>, "work" | "options">;
type Methods = { readonly GET?: Route; readonly POST?: Route; readonly DELETE?: Route };
/** Routes as `rest` makes them, by their paths as Next names them (`/api/posts/[id]/like`). None of them may read a body, in whatever way: there is none (`asRequest`). */
export type Routes = Readonly<Record<string, Methods>>;

/** The methods of an address, and what its path says. */
type Found = { methods: Methods; params: Record<string, string> };
/** Null for an address that is none of the routes'. */
export type FindRoute = (path: string) => Found | null;

const PACKED_FROM = 1_024;
const pack = promisify(gzip);

/** Made once: fixed paths by name, those with parameters by trying each, of which there are few. */
export function routeFinder(routes: Routes): FindRoute {
  for (const [path, methods] of Object.entries(routes)) {
    for (const [method, route] of Object.entries(methods) as [string, Route][]) if (route.options.body) throw new TypeError(`${method} ${path} reads a body, which only Next hands over`);
  }
  const fixed = new Map(Object.entries(routes).filter(([path]) => !path.includes("[")));
  const named = Object.entries(routes).filter(([path]) => path.includes("[")).map(([path, methods]) => {
    const names: string[] = [];
    const pattern = path.replace(/\[(\w+)\]/g, (_, name: string) => (names.push(name), "([^/]+)"));
    return { pattern: new RegExp(`^${pattern}$`), names, methods };
  });
  return (path) => {
    const methods = fixed.get(path);
    if (methods) return { methods, params: {} };
    for (const { pattern, names, methods } of named) {
      const values = pattern.exec(path);
      if (values) return { methods, params: Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(values[i + 1]!)])) };
    }
    return null;
  };
}

/**
 * Answers the most asked of the API's addresses by the functions of their routes, with nothing in between: Next's way to a route takes longer than what the
 * route does. False for everything else.
 */
export async function answerFromRoutes(req: IncomingMessage, res: ServerResponse, url: URL, find: FindRoute): Promise<boolean> {
  const found = find(url.pathname);
  const method = req.method ?? "";
  if (!found || !Object.hasOwn(found.methods, method)) return false;
  const result = await found.methods[method as keyof Methods]!.work(asRequest(req, url), { params: Promise.resolve(found.params) });
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
  const packs = text.length >= PACKED_FROM && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(req.headers["accept-encoding"] ?? ""));
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
  return { method: req.method, url: url.href, nextUrl: url, headers, cookies: { get: (name: string) => valueOf(cookieIn(text("cookie"), name)) } } as unknown as NextRequest;
}

const valueOf = (value: string | undefined) => (value === undefined ? undefined : { value });
