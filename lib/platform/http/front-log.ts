import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/platform/log";
import { loggablePath } from "./front-request";

/** Writes one line when the answer has gone out, or when the client left before it had. */
export function logAnswer(req: IncomingMessage, res: ServerResponse, url: URL, id: string): void {
  const began = performance.now();
  res.once("close", () => {
    const line = { request_id: id, method: req.method, path: loggablePath(url), status: res.statusCode, ms: Math.round((performance.now() - began) * 10) / 10, ...(res.writableFinished ? {} : { aborted: true }) };
    // A page's own files and the probes of a balancer would drown everything else.
    if (url.pathname.startsWith("/_next/static/") || url.pathname === "/api/health") log().debug(line, "request");
    else if (res.statusCode >= 500) log().error(line, "request");
    else log().info(line, "request");
  });
}
