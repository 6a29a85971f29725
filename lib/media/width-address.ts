import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { invalidField, notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { readAccess } from "./access";
import type { WidthInput } from "./schemas";
import { widthUrl } from "./urls";
import { isMakeable } from "./widths";

/** Where a photo is found at a width of one's own choice, in pixels; made when it is first asked for. */
export type WidthAddress = { url: string; width: number; height: number };

/**
 * The address of a ready photo at this width, for whoever may see the photo. Throws not_found, invalid at `width` where the photo is smaller
 * than that, or the format does not go so far.
 */
export async function getWidthAddress(viewer: Pick<Viewer, "id"> | null, mediaId: string, { width, format }: WidthInput): Promise<WidthAddress> {
  const [row] = await db().execute<{ id: string; version: string; width: number; height: number }>(sql`
    select id, version, width, height from media where id = ${mediaId}::bigint and purpose = 'post' and kind = 'image' and state = 'ready' and width > 0`);
  const access = row && (await readAccess(row.id, viewer?.id ?? null, row.version));
  // What everybody may fetch is still not there for whom its author blocks.
  if (!access || !(viewer ? access.viewerMay : access.isPublic)) throw notFound();
  if (width > row.width) throw invalidField("width", `This photo is ${row.width} pixels wide, and nothing is enlarged.`);
  if (!isMakeable(row, width, format)) throw invalidField("width", "That is too large for this format. Ask for jpg, or for less.");
  const url = widthUrl(row, { isPublic: access.isPublic, viewerId: viewer?.id ?? null }, width, format);
  return { url, width, height: Math.max(1, Math.round((row.height * width) / row.width)) };
}
