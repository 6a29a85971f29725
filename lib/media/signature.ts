import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/platform/env";

type Media = { id: string; version: string };

const STEP_SECONDS = 6 * 3600;

/**
 * When an address signed now ends, in Unix seconds: six to twelve hours ahead, rounded, so that a reader gets the same
 * address for hours and the browser's cache is of use. `now` in ms.
 */
export function expiryAt(now: number): number {
  return (Math.floor(now / 1000 / STEP_SECONDS) + 2) * STEP_SECONDS;
}

const sign = (parts: (string | number)[]) => createHmac("sha256", env().STORAGE_SECRET).update(JSON.stringify(parts)).digest("base64url").slice(0, 32);

const signatureOf = (media: Media, viewerId: string, expires: number) => sign(["media-v1", media.id, media.version, viewerId, expires]);

const widthSignatureOf = (media: Media, file: { width: number; ext: string }, viewer: [string, number] | []) =>
  sign(["media-w1", media.id, media.version, file.width, file.ext, ...viewer]);

/** The query under which its author, and nobody else, may see a photo as it was brought, to edit it anew. */
export function sourceQuery(media: Media, ownerId: string, now = Date.now()): string {
  const expires = expiryAt(now);
  return `?v=${ownerId}&e=${expires}&s=${sourceSignatureOf(media, ownerId, expires)}`;
}

const sourceSignatureOf = (media: Media, ownerId: string, expires: number) => sign(["media-source1", media.id, media.version, ownerId, expires]);

/** The same of the whole of a video, under the version that it has of its own. */
export function uncutQuery(media: Media, ownerId: string, now = Date.now()): string {
  const expires = expiryAt(now);
  return `?v=${ownerId}&e=${expires}&s=${uncutSignatureOf(media, ownerId, expires)}`;
}

const uncutSignatureOf = (media: Media, ownerId: string, expires: number) => sign(["media-uncut1", media.id, media.version, ownerId, expires]);

/** Whose whole video this address shows; `null` as for `signedViewer`. */
export const signedUncut = (media: Media, query: URLSearchParams, now = Date.now()) => signedBy(uncutSignatureOf, media, query, now);

/** Whose source address this is; `null` as for `signedViewer`. */
export const signedOwner = (media: Media, query: URLSearchParams, now = Date.now()) => signedBy(sourceSignatureOf, media, query, now);

// The same few are asked for again and again while a page is rendered.
const recent = new Map<string, string>();

/** The query under which `viewerId` may read all sizes of a photo that is not public. */
export function signatureQuery(media: Media, viewerId: string, now = Date.now()): string {
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
export const signedViewer = (media: Media, query: URLSearchParams, now = Date.now()) => signedBy(signatureOf, media, query, now);

function signedBy(signature: typeof signatureOf, media: Media, query: URLSearchParams, now: number): string | null {
  const [viewerId, expires, given] = [query.get("v"), query.get("e"), query.get("s")];
  if (!viewerId || !expires || !given || !/^\d{1,19}$/.test(viewerId) || !/^\d{1,12}$/.test(expires)) return null;
  return isSame(given, signature(media, viewerId, Number(expires))) && isCurrent(Number(expires), now) ? viewerId : null;
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function isCurrent(expires: number, now: number): boolean {
  const left = expires - now / 1000;
  return left > 0 && left <= 2 * STEP_SECONDS;
}

/** The query of one file of a photo at a width of its own; for everybody when `viewerId` is null, who then may see the photo or not. */
export function widthQuery(media: Media, file: { width: number; ext: string }, viewerId: string | null, now = Date.now()): string {
  if (viewerId === null) return `?w=${file.width}&s=${widthSignatureOf(media, file, [])}`;
  const expires = expiryAt(now);
  return `?w=${file.width}&v=${viewerId}&e=${expires}&s=${widthSignatureOf(media, file, [viewerId, expires])}`;
}

/** The width that we signed for this photo and format, and for whom; `null` as for `signedViewer`. */
export function signedWidth(media: Media, ext: string, query: URLSearchParams, now = Date.now()): { width: number; viewerId: string | null } | null {
  const [w, viewerId, expires, given] = ["w", "v", "e", "s"].map((name) => query.get(name));
  if (!w || !given || !/^[1-9]\d{1,4}$/.test(w)) return null;
  const file = { width: Number(w), ext };
  if (!viewerId && !expires) return isSame(given, widthSignatureOf(media, file, [])) ? { width: file.width, viewerId: null } : null;
  if (!viewerId || !expires || !/^\d{1,19}$/.test(viewerId) || !/^\d{1,12}$/.test(expires)) return null;
  const good = isSame(given, widthSignatureOf(media, file, [viewerId, Number(expires)])) && isCurrent(Number(expires), now);
  return good ? { width: file.width, viewerId } : null;
}
