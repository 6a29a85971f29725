import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";

/** Shows a prepared picture as the person's avatar; null shows none. The one before is swept away later. */
export async function setAvatar(viewer: Pick<Viewer, "id">, avatar: { mediaId: string; version: string } | null): Promise<void> {
  await db().execute(sql`
    update users set avatar_media_id = ${avatar?.mediaId ?? null}::bigint, avatar_version = ${avatar?.version ?? null}, updated_at = now()
    where id = ${viewer.id}::bigint`);
}
