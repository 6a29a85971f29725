import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/platform/env";
import { ADDRESS_HEADER } from "./address";

const SANE_ID = /^[A-Za-z0-9._-]{8,100}$/;
/** What only a proxy in front may say; from anyone else it is a claim about themselves. */
const PROXY_HEADERS = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip"];

/** By which one app process knows another that hands it requests (front-back.ts); goes no further. */
export const FRONT_HEADER = "x-heliograph-front";
let key: string | undefined;
export const frontKey = (): string => (key ??= createHmac("sha256", env().JOBS_SECRET).update("front").digest("hex"));

/** Whether what the request says of its sender is to be believed: a trusted proxy says it, or another process of ours. */
const isVouchedFor = ({ headers: { [FRONT_HEADER]: given } }: IncomingMessage): boolean =>
  env().TRUST_PROXY || (typeof given === "string" && given.length === frontKey().length && timingSafeEqual(Buffer.from(given, "latin1"), Buffer.from(frontKey())));

/** The request's id: a trusted proxy's when it looks like one, else ours. */
export function requestIdOf(req: IncomingMessage): string {
  const given = req.headers["x-request-id"];
  if (isVouchedFor(req) && typeof given === "string" && SANE_ID.test(given)) return given;
  return randomUUID();
}

/** The client's address: the socket's, or behind whom we believe the last one that the proxy itself added. */
export function addressOf(req: IncomingMessage): string {
  const socket = req.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "unknown";
  if (!isVouchedFor(req)) return socket;
  const forwarded = [req.headers["x-forwarded-for"] ?? ""].flat().join(",").split(",").map((part) => part.trim()).filter(Boolean);
  return forwarded.at(-1) ?? socket;
}

/** Replaces what a client claims by what is known, before anything else reads the headers. */
export function settleHeaders(req: IncomingMessage, id: string): void {
  const address = addressOf(req);
  if (!isVouchedFor(req)) for (const name of PROXY_HEADERS) delete req.headers[name];
  delete req.headers[FRONT_HEADER];
  req.headers["x-forwarded-for"] = address;
  req.headers[ADDRESS_HEADER] = address;
  req.headers["x-request-id"] = id;
  // Next takes its nonce from this header; it must never come from outside.
  delete req.headers["content-security-policy"];
  delete req.headers["content-security-policy-report-only"];
}

/** The path as it may be logged: the values of a query can be search words, signatures or tokens. */
export function loggablePath(url: URL): string {
  const names = [...new Set(url.searchParams.keys())];
  return names.length === 0 ? url.pathname : `${url.pathname}?${names.join("&")}`;
}
