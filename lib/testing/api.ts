import { readdirSync } from "node:fs";
import { join } from "node:path";
import { NextRequest } from "next/server";
import { signToken } from "@/lib/platform/viewer/token";
import type { Viewer } from "@/lib/platform/viewer/viewer";

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string | string[]>> }) => Promise<Response>;

/** A route file of `app/api` as the outside sees it: `/api/posts/{id}`. */
export type Route = { path: string; file: string; pattern: RegExp; names: string[] };

const ROOT = join(import.meta.dirname, "../..");

/** Every route of the REST API, from the files themselves; those with fixed names before those with parameters. */
export function listRoutes(): Route[] {
  const files = readdirSync(join(ROOT, "app/api"), { recursive: true, encoding: "utf8" }).filter((file) => /(^|\/)route\.ts$/.test(file));
  return files.map(toRoute).sort((a, b) => a.names.length - b.names.length || a.path.localeCompare(b.path));
}

function toRoute(file: string): Route {
  const path = `/api/${file.replace(/\/?route\.ts$/, "")}`;
  const names = [...path.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map((match) => match[1]!);
  const pattern = new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\[(\\\.){3}\w+\]/g, "(.+)").replace(/\[\w+\]/g, "([^/]+)")}$`);
  return { path: path.replace(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}"), file: join(ROOT, "app/api", file), pattern, names };
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** The methods that a route file answers. */
export async function methodsOf(route: Route): Promise<Method[]> {
  const handlers = await import(/* @vite-ignore */ route.file);
  return METHODS.filter((method) => typeof handlers[method] === "function");
}

export type Call = { as?: Viewer | string | null; body?: unknown; headers?: Record<string, string> };
// oxlint-disable-next-line typescript/no-explicit-any -- what a test looks into is for the test to know
export type Answer = { status: number; headers: Headers; body: any };

/** `callApi`, with what a test wants of every answer. */
export type Ask = (method: Method, address: string, call?: Call) => Promise<Answer>;

/** Asks the API as a client would, but for the network: the real handlers on the real database. Answers JSON bodies parsed. */
export async function callApi(method: Method, address: string, { as = null, body, headers = {} }: Call = {}): Promise<Answer> {
  const url = new URL(address, "http://localhost:3000");
  const route = listRoutes().find((one) => one.pattern.test(url.pathname));
  if (!route) throw new Error(`no route for ${url.pathname}`);
  const handler = ((await import(/* @vite-ignore */ route.file)) as Record<string, Handler | undefined>)[method];
  if (!handler) throw new Error(`${route.path} does not answer ${method}`);
  const values = route.pattern.exec(url.pathname)!.slice(1).map(decodeURIComponent);
  const params = Object.fromEntries(route.names.map((name, i) => [name, values[i]!]));
  const isRaw = typeof body === "string" || body instanceof FormData || body instanceof Uint8Array;
  const request = new NextRequest(url, {
    method,
    headers: { ...(as === null ? {} : { authorization: `Bearer ${await tokenOf(as)}` }), ...(body === undefined || isRaw ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text === "" ? null : text };
}

/** A bearer token of the person's session. */
export async function tokenOf(viewer: Viewer | string): Promise<string> {
  return typeof viewer === "string" ? viewer : signToken({ userId: viewer.id, sessionId: viewer.sessionId }, new Date(Date.now() + 86_400_000));
}
