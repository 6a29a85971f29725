import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { widthUrl } from "./urls";

/** What networks recommend for a large preview. */
const SHARE_WIDTH = 1_200;

/** The address and size of a public photo's picture for other sites' previews (Open Graph); null when it is not ready. */
export async function shareImage(mediaId: string): Promise<{ url: string; width: number; height: number } | null> {
  const [row] = await db().execute<{ id: string; version: string; width: number; height: number }>(sql`
    select id, version, width, height from media where id = ${mediaId}::bigint and state = 'ready' and width > 0`);
  if (!row) return null;
  const width = Math.min(SHARE_WIDTH, row.width);
  return { url: widthUrl(row, { isPublic: true, viewerId: null }, width, "jpg"), width, height: Math.max(1, Math.round((width * row.height) / row.width)) };
}
