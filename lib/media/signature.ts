import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/platform/env";

const STEP_SECONDS = 6 * 3600;

/**
 * When an address signed now ends, in Unix seconds: six to twelve hours ahead, rounded, so that a reader gets the same
 * address for hours and the browser's cache is of use. `now` in ms.
 */
export function expiryAt(now: number): number {
  return (Math.floor(now / 1000 / STEP_SECONDS) + 2) * STEP_SECONDS;
}

function signatureOf(media: { id: string; version: string }, viewerId: string, expires: number): string {
  const text = JSON.stringify(["media-v1", media.id, media.version, viewerId, expires]);
  return createHmac("sha256", env().STORAGE_SECRET).update(text).digest("base64url").slice(0, 32);
}

// The same few are asked for again and again while a page is rendered.
const recent = new Map<string, string>();

/** The query under which `viewerId` may read all sizes of a photo that is not public. */
export function signatureQuery(media: { id: string; version: string }, viewerId: string, now = Date.now()): string {
  const expires = expiryAt(now);
  const key = `${media.id} ${media.version} ${viewerId} ${expires}`;
  const known = recent.get(key);
  if (known) return known;
  const query = `?v=${viewerId}&e=${expires}&s=${signatureOf(media, viewerId, expires)}`;
  if (recent.size >= 10_000) recent.clear();
  recent.set(key, query);
  return query;
}

/** Whose address this is; `null` when it is unsigned, tampered with, expired or beyond any expiry we would sign. */
export function signedViewer(media: { id: string; version: string }, query: URLSearchParams, now = Date.now()): string | null {
  const [viewerId, expires, given] = [query.get("v"), query.get("e"), query.get("s")];
  if (!viewerId || !expires || !given || !/^\d{1,19}$/.test(viewerId) || !/^\d{1,12}$/.test(expires)) return null;
  const wanted = Buffer.from(signatureOf(media, viewerId, Number(expires)));
  const bytes = Buffer.from(given);
  if (bytes.length !== wanted.length || !timingSafeEqual(bytes, wanted)) return null;
  const left = Number(expires) - now / 1000;
  return left > 0 && left <= 2 * STEP_SECONDS ? viewerId : null;
}
