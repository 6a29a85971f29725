import { Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from "node:http";
import { FRONT_HEADER, frontKey } from "./front-request";
import { sendJson } from "./front-ready";

/** The steps by which files become posts. Not their bytes: to pass them on costs as much as to keep them. */
const STEPS = /^\/api\/(?:uploads(?:\/.+)?|posts)$/;
/** What belongs to one connection only (RFC 9110, 7.6.1); the length of a body is kept, its chunks are made anew. */
const OF_ONE_HOP = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect"];
/** Who does not take a connection within this, ms, is away, and is not asked again for as long. */
const PATIENCE = 1_000;

// Let go before the other side does (front.ts): a request on a connection that is just being closed is lost.
const agent = new Agent({ keepAlive: true, maxFreeSockets: 16, timeout: 50_000 });
let awayUntil = 0;

/**
 * Hands the steps of posting to another process of the app, at `back`, so that they take nothing from those who read (decisions/0048). False when the request is
 * of another kind, or when nobody is there: nothing of it has been read then, and this process answers.
 */
export async function answerFromBack(req: IncomingMessage, res: ServerResponse, url: URL, back: URL): Promise<boolean> {
  if (req.method !== "POST" || !STEPS.test(url.pathname) || performance.now() < awayUntil) return false;
  const headers: NodeJS.Dict<string | string[]> = { ...req.headers, [FRONT_HEADER]: frontKey() };
  for (const name of OF_ONE_HOP) delete headers[name];
  const outgoing = request({ agent, host: back.hostname, port: back.port, method: req.method, path: req.url, headers, setHost: false });
  res.once("close", () => outgoing.writableFinished && res.writableFinished || outgoing.destroy());
  if (!(await connects(outgoing))) {
    awayUntil = performance.now() + PATIENCE;
    return res.closed;
  }
  outgoing.once("response", (answer) => passOn(answer, outgoing, req, res));
  outgoing.on("error", () => failed(req, res));
  req.pipe(outgoing);
  return true;
}

function connects(outgoing: ClientRequest): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => outgoing.destroy(new Error("no connection")), PATIENCE);
    const settle = (does: boolean) => {
      clearTimeout(late);
      resolve(does);
    };
    outgoing.once("error", () => settle(false)).once("close", () => settle(false));
    outgoing.once("socket", (socket) => (socket.connecting ? socket.once("connect", () => settle(true)) : settle(true)));
  });
}

function passOn(answer: IncomingMessage, outgoing: ClientRequest, req: IncomingMessage, res: ServerResponse): void {
  for (const [name, value] of Object.entries(answer.headers)) if (!OF_ONE_HOP.includes(name)) res.setHeader(name, value!);
  res.writeHead(answer.statusCode!);
  answer.once("error", () => res.destroy()).pipe(res);
  // Refused before all of it had come: what still comes is read and dropped, else its sender would not hear why.
  if (!req.complete) req.unpipe(outgoing).resume();
  answer.once("end", () => outgoing.writableFinished || outgoing.destroy());
}

function failed(req: IncomingMessage, res: ServerResponse): void {
  if (res.closed || res.writableEnded) return;
  // Whether it was done is not known once all of it had been sent: as when a connection is lost.
  if (res.headersSent || req.complete) return void res.destroy();
  req.unpipe().resume();
  sendJson(res, 503, { error: { code: "unavailable", message: "The server is being restarted. Try again in a moment.", request_id: String(res.getHeader("x-request-id")) } });
}
