import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { env } from "@/lib/platform/env";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";
import { sendObject } from "@/lib/platform/storage/send-object";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";

/** Short: whoever holds the address holds the file, with everything that the camera wrote into it. */
const SECONDS = 300;
const PATH = /^\/media\/brought\/(\d{1,19})$/;
const EXTENSIONS: Record<string, string> = { "image/jpeg": "jpg", "video/quicktime": "mov", "video/x-matroska": "mkv" };

export type Download = { url: string; expires_at: string };

/** Where its author, for five minutes, gets a file back byte by byte as it was brought. Throws 404 for everybody else's. */
export async function signDownload(viewer: Pick<Viewer, "id">, mediaId: string, now = Date.now()): Promise<Download> {
  if (!(await readOriginal(mediaId, viewer.id))) throw notFound();
  const expires = Math.floor(now / 1000) + SECONDS;
  return { url: `/media/brought/${mediaId}?v=${viewer.id}&e=${expires}&s=${signatureOf(mediaId, viewer.id, expires)}`, expires_at: new Date(expires * 1000).toISOString() };
}

const signatureOf = (mediaId: string, ownerId: string, expires: number) =>
  createHmac("sha256", env().STORAGE_SECRET).update(JSON.stringify(["media-brought1", mediaId, ownerId, expires])).digest("base64url").slice(0, 32);

/** Whether this is an address of a file as it was brought; such files come from here alone. */
export const isDownload = (url: URL) => PATH.test(url.pathname);

/**
 * Answers it: as an attachment of no type, so that no browser ever shows or runs what somebody brought, whatever it is
 * besides a picture. False when there is nothing for the holder of this address.
 */
export async function sendDownload(req: IncomingMessage, res: ServerResponse, url: URL, now = Date.now()): Promise<boolean> {
  const mediaId = PATH.exec(url.pathname)?.[1] ?? "";
  const [ownerId, expires, given] = ["v", "e", "s"].map((name) => url.searchParams.get(name) ?? "") as [string, string, string];
  if (!isId(mediaId) || !isId(ownerId) || !/^\d{1,12}$/.test(expires) || Number(expires) * 1000 <= now) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(signatureOf(mediaId, ownerId, Number(expires)))];
  if (a.length !== b.length || !timingSafeEqual(a, b)) return false;
  const file = await readOriginal(mediaId, ownerId);
  if (!file) return false;
  const headers = {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="heliograph-${mediaId}.${EXTENSIONS[file.content_type] ?? file.content_type.split("/")[1]}"`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-store",
  };
  return sendObject(req, res, storage(), { key: file.original_key, headers });
}

/** What of one's own is in no post, or in one that one still sees oneself. */
async function readOriginal(mediaId: string, ownerId: string): Promise<{ original_key: string; content_type: string } | null> {
  const [row] = await db().execute<{ original_key: string; content_type: string }>(sql`
    select m.original_key, m.content_type from media m join users u on u.id = m.owner_id left join posts p on p.id = m.post_id
    where m.id = ${mediaId}::bigint and m.owner_id = ${ownerId}::bigint and m.purpose = 'post' and m.state in ('uploaded', 'processing', 'ready')
      and case when m.post_id is null then ${accountVisible(null)} else ${postVisible(ownerId)} end`);
  return row ?? null;
}
