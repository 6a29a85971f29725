import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { env, isSecure } from "@/lib/platform/env";

export const newNonce = () => randomBytes(16).toString("base64");

/** Where browsers send uploads to and load media from when the storage has an address of its own. */
function storageOrigin(): string {
  const { S3_BUCKET, S3_PUBLIC_ENDPOINT, S3_ENDPOINT, S3_REGION, S3_FORCE_PATH_STYLE } = env();
  if (!S3_BUCKET) return "";
  const endpoint = new URL(S3_PUBLIC_ENDPOINT ?? S3_ENDPOINT ?? `https://s3.${S3_REGION}.amazonaws.com`);
  const own = S3_FORCE_PATH_STYLE ? "" : ` ${endpoint.protocol}//${S3_BUCKET}.${endpoint.host}`;
  return ` ${endpoint.origin}${own}`;
}

/** The one kind of page that other sites may show in a frame. */
export const isEmbed = (path: string): boolean => /^\/p\/[\w-]+\/embed\/?$/.test(path);

/** Of a page for frames: no script at all, and nothing but its own pictures. */
export function embedPolicy(): string {
  return `default-src 'none'; style-src 'unsafe-inline'; img-src 'self'${storageOrigin()}; base-uri 'none'; form-action 'none'; frame-ancestors *`;
}

/** The Content-Security-Policy of one answer. Development needs `eval` for source maps and a socket for reloading. */
export function contentPolicy(nonce: string, dev: boolean): string {
  const storage = storageOrigin();
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // Style attributes carry sizes and placeholders of pictures; they cannot bear a nonce.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' blob: data:${storage}`,
    `media-src 'self' blob:${storage}`,
    `connect-src 'self'${storage}${dev ? " ws: wss:" : ""}`,
    "font-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure() ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** Headers of every answer, whoever makes it. */
export function setSecurityHeaders(res: ServerResponse): void {
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("referrer-policy", "strict-origin-when-cross-origin");
  res.setHeader("x-frame-options", "DENY");
  res.setHeader("cross-origin-opener-policy", "same-origin");
  res.setHeader("permissions-policy", "camera=(self), microphone=(self), geolocation=(self), browsing-topics=(), payment=(), usb=(), interest-cohort=()");
  if (isSecure()) res.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
}
