import type { ServerResponse } from "node:http";
import { readiness, type Readiness } from "@/lib/platform/doctor/readiness";

const FRESH_MS = 1000;
let last: { at: number; answer: Promise<Readiness> } | undefined;

/** `/api/ready`: 200 when requests can be served, 503 with what is missing. Asked of the services at most once a second. */
export async function answerReady(res: ServerResponse): Promise<void> {
  if (!last || Date.now() - last.at > FRESH_MS) last = { at: Date.now(), answer: readiness() };
  const { ready, missing, degraded } = await last.answer;
  sendJson(res, ready ? 200 : 503, { status: ready ? "ready" : "unavailable", missing, degraded });
}

/** A small JSON answer that nobody caches. */
export function sendJson(res: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  res.writeHead(status, { "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(text), "cache-control": "no-store", ...(status === 503 ? { "retry-after": "2" } : {}) });
  res.end(text);
}
