import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";

/** Shows a prepared picture as the person's avatar; null shows none. The one before is served no longer and swept away later. */
export async function setAvatar(viewer: Pick<Viewer, "id">, avatar: { mediaId: string; version: string } | null): Promise<void> {
  await db().transaction(async (tx) => {
    const [before] = await tx.execute<{ id: string | null }>(sql`select avatar_media_id as id from users where id = ${viewer.id}::bigint for update`);
    await tx.execute(sql`
      update users set avatar_media_id = ${avatar?.mediaId ?? null}::bigint, avatar_version = ${avatar?.version ?? null}, updated_at = now()
      where id = ${viewer.id}::bigint`);
    if (before?.id && before.id !== avatar?.mediaId) await announce(tx, "user.avatar_changed", { userId: viewer.id, mediaId: before.id });
  });
}
