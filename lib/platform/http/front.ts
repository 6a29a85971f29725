import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { log } from "@/lib/platform/log";
import { answerAway, blameDatabase } from "./front-away";
import { answerFromBack } from "./front-back";
import { logAnswer } from "./front-log";
import { waitInLine } from "./front-line";
import { answerFromPages } from "./front-pages";
import { contentPolicy, embedPolicy, isEmbed, newNonce, setSecurityHeaders } from "./front-policy";
import { answerReady, sendJson } from "./front-ready";
import { requestIdOf, settleHeaders } from "./front-request";
import { answerFromRoutes, type FindRoute, routeFinder, type Routes } from "./front-routes";

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;
/** Answers a request of its own part of the addresses; false when it is not its part. */
export type PartHandler = (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean>;

const SILENT_MS = 120_000;

export type FrontOptions = {
  dev: boolean;
  /** Next's request handler, for everything that no part answers. */
  pages: Handler;
  upgrade?: (req: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  /** Bytes of media and the disk store's signed addresses: they never pass through the React server. */
  parts: PartHandler[];
  /** Routes that are asked so often that Next is left out. */
  routes?: Routes;
  /** Another process of the app, for the steps of posting. */
  back?: URL;
  /** Hears of pages that were shown to a visitor without Next being asked. */
  shown?: (path: string, headers: Headers) => void;
};

/** The server in front of Next in the same process: ids, policy headers, access log, health, media; bounds for slow clients. */
export function createFront({ routes = {}, ...options }: FrontOptions): Server {
  const find = routeFinder(routes);
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      // As long as a signed upload address lives; an upload from a slow phone takes its time.
      requestTimeout: 300_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
    },
    (req, res) => void answer(req, res, options, find),
  );
  // A silent connection (also in the middle of a body) is let go; event streams send something more often.
  server.setTimeout(SILENT_MS);
  if (options.upgrade) server.on("upgrade", (req, socket, head) => void options.upgrade?.(req, socket, head).catch(() => socket.destroy()));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => refuseMalformed(error, socket));
  return server;
}

async function answer(req: IncomingMessage, res: ServerResponse, options: Omit<FrontOptions, "routes">, find: FindRoute): Promise<void> {
  const url = parseUrl(req.url);
  const id = requestIdOf(req);
  res.setHeader("x-request-id", id);
  setSecurityHeaders(res);
  if (!url) return sendJson(res, 400, { error: { code: "malformed", message: "The address is malformed.", request_id: id } });
  settleHeaders(req, id);
  logAnswer(req, res, url, id);
  try {
    if (url.pathname === "/api/health") return sendJson(res, 200, { status: "ok" });
    if (url.pathname === "/api/ready") return await answerReady(res);
    if (/^\/api\/jobs(\/|$)/.test(url.pathname)) keepWhileWorking(req, res);
    if (options.back && (await answerFromBack(req, res, url, options.back))) return;
    for (const part of options.parts) if (await part(req, res, url)) return;
    if (isEmbed(url.pathname)) allowFrames(req, res);
    else if (!url.pathname.startsWith("/_next/static/")) applyPolicy(req, res, options.dev);
    blameDatabase(res);
    if (await answerFromRoutes(req, res, url, find)) return;
    unwrapHeaders(res);
    if (!options.dev && (await answerFromPages(req, res, url, options))) return;
    if (answerAway(req, res, url)) return;
    await waitInLine(req, res, url);
    await options.pages(req, res);
  } catch (error) {
    failed(error, res, id);
  }
}

/** A job's answer comes when it is done, which may be hours of silence; unsigned ones are refused at once. */
function keepWhileWorking(req: IncomingMessage, res: ServerResponse): void {
  req.socket.setTimeout(0);
  res.once("close", () => req.socket.setTimeout(SILENT_MS));
}

/** As a request header the policy tells Next the nonce, as a response header it tells the browser. */
function applyPolicy(req: IncomingMessage, res: ServerResponse, dev: boolean): void {
  const policy = contentPolicy(newNonce(), dev);
  req.headers["content-security-policy"] = policy;
  res.setHeader("content-security-policy", policy);
  // Browsers then tell how good their connection is, by which pages choose sizes of pictures.
  res.setHeader("accept-ch", "ECT");
}

/** A post in a frame on another site. */
function allowFrames(req: IncomingMessage, res: ServerResponse): void {
  delete req.headers["content-security-policy"];
  res.removeHeader("x-frame-options");
  res.setHeader("content-security-policy", embedPolicy());
}

/** Next sets the type of a route's answer as a list of one, which its own compression then takes for no type it knows. */
function unwrapHeaders(res: ServerResponse): void {
  const set = res.setHeader.bind(res);
  res.setHeader = (name, value) => set(name, Array.isArray(value) && value.length === 1 && name.toLowerCase() !== "set-cookie" ? value[0] : value);
}

function parseUrl(raw = "/"): URL | null {
  // The host is irrelevant here, and "//evil" must not become one.
  const url = URL.parse(`http://front${raw.startsWith("/") ? raw : `/${raw}`}`);
  return url && isDecodable(url.pathname) ? url : null;
}

/** Next answers 500 to a path like "/%ff". */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function failed(error: unknown, res: ServerResponse, id: string): void {
  log().error({ err: error, request_id: id }, "request failed");
  if (res.headersSent) return void res.destroy();
  sendJson(res, 500, { error: { code: "internal", message: "Something went wrong on our side. Try again.", request_id: id } });
}

function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "408 Request Timeout" : "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** Stops accepting, lets running requests finish for up to `ms`, then closes what is left. */
export async function closeFront(server: Server, ms = 10_000): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection kept alive falls idle after its last answer, when nobody would look at it any more.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), ms);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
