import "server-only";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import { AppError, conflict, malformed, tooLarge, unauthenticated } from "@/lib/platform/errors";
import { isSameOrigin } from "./origin";
import { clientAddress } from "./address";
import { errorResponse } from "./error-response";
import { limitApi } from "@/lib/platform/ratelimit/ratelimit";
import { viewerOfToken } from "@/lib/platform/viewer/bearer";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { PERSON_HEADER } from "@/lib/platform/viewer/person-header";
import { noteWrite } from "@/lib/platform/viewer/writes";
import { SESSION_COOKIE } from "@/lib/platform/viewer/token";
import { parseInput } from "./parse";

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const MAX_JSON_BYTES = 1_000_000;

type Schema = z.ZodType;
type Output<S> = S extends Schema ? z.infer<S> : undefined;

/** What a handler is given. `viewer` is never null unless the entry says `auth: "optional"`. */
export type RestContext<A extends "required" | "optional", P, Q, B> = {
  viewer: A extends "optional" ? Viewer | null : Viewer;
  params: P;
  query: Q;
  body: B;
  request: NextRequest;
  requestId: string;
  idempotencyKey: string | null;
  /** The client's address, for limits only. */
  address: string;
};

type Options<A, P, Q, B> = {
  /** "required" unless a public entry says "optional" by name. */
  auth?: A;
  params?: P;
  query?: Q;
  body?: B;
};

type NextContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** An answer (200) whose JSON is written already. */
export class Written {
  constructor(readonly json: string) {}
}

/**
 * The one wrapper around REST handlers: authenticates (fails closed), limits, validates, and turns what is returned or
 * thrown into the shapes of API.md. A handler returns a plain object (200), one that is `Written`, a `Response`, or throws an `AppError`.
 */
export function rest<A extends "required" | "optional" = "required", P extends Schema | undefined = undefined, Q extends Schema | undefined = undefined, B extends Schema | undefined = undefined>(
  options: Options<A, P, Q, B>,
  handler: (context: RestContext<A, Output<P>, Output<Q>, Output<B>>) => Promise<object>,
) {
  const work = async (request: NextRequest, context: NextContext): Promise<object> => {
    const requestId = request.headers.get("x-request-id") ?? crypto.randomUUID();
    try {
      const viewer = await authenticate(request);
      const address = clientAddress(request.headers);
      await limitApi(viewer?.id ?? null, address);
      if (!viewer && options.auth !== "optional") throw unauthenticated();
      const params = options.params ? parseInput(options.params, await context.params, "path") : undefined;
      const query = options.query ? parseInput(options.query, Object.fromEntries(request.nextUrl.searchParams), "query") : undefined;
      const body = options.body ? parseInput(options.body, await readJson(request), "body") : undefined;
      const running = handler({ viewer, params, query, body, request, requestId, idempotencyKey: readKey(request), address } as never);
      // Also when it fails: half of it may have been written.
      return await (viewer && WRITES.has(request.method) ? running.finally(() => noteWrite(viewer.id)) : running);
    } catch (error) {
      return errorResponse(error, requestId, request);
    }
  };
  const answer = async (request: NextRequest, context: NextContext) => toResponse(await work(request, context));
  // The options are what the published description of the API is held against; `work` is for the front (front-routes.ts).
  return Object.assign(answer, { options, work });
}

/** Headers of what a handler returned that is no `Response`. */
export const ANSWER_HEADERS = { "content-type": "application/json", "cache-control": "private, no-store" };
/** The body of such an answer. */
export const jsonOf = (result: object): string => (result instanceof Written ? result.json : JSON.stringify(result));

const toResponse = (result: object): Response => (result instanceof Response ? result : new Response(jsonOf(result), { headers: ANSWER_HEADERS }));

/** 201 with a body. */
export const created = (body: object) => Response.json(body, { status: 201, headers: { "cache-control": "private, no-store" } });
/** 204. */
export const noContent = () => new Response(null, { status: 204 });

/** A bearer token wins over the cookie; a wrong one is 401 rather than "signed out". The cookie needs the same origin. */
async function authenticate(request: NextRequest): Promise<Viewer | null> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const viewer = await viewerOfToken(authorization.match(/^Bearer\s+(\S+)$/i)?.[1]);
    if (!viewer) throw unauthenticated("The token is not valid (any more). Log in again.");
    return viewer;
  }
  const cookie = request.cookies.get(SESSION_COOKIE())?.value;
  if (!cookie) return null;
  if (!["GET", "HEAD", "OPTIONS"].includes(request.method) && !isSameOrigin(request.headers)) {
    throw new AppError("forbidden", "This request came from another site.");
  }
  const viewer = await viewerOfToken(cookie);
  const person = request.headers.get(PERSON_HEADER);
  if (viewer && person !== null && person !== viewer.id) throw conflict("Somebody else is logged in in this browser by now. Load the page anew.");
  return viewer;
}

/** A bounded JSON body; for handlers that take other kinds of bodies, too. */
export async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_JSON_BYTES) throw tooLarge("The request is too large.");
  const text = await request.text();
  if (text.length > MAX_JSON_BYTES) throw tooLarge("The request is too large.");
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("The body is not JSON.");
  }
}

function readKey(request: NextRequest): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw malformed("The Idempotency-Key must be 1 to 200 visible ASCII characters.");
  return key;
}
