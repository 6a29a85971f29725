import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { type CaptionsChange, removeCaptions, setCaptions } from "@/lib/media/video/captions";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { announce } from "@/lib/platform/jobs/queue";

type Author = Pick<Viewer, "id">;
type Captions = { language: string; label: string; text: string };

/** Subtitles of a video in a post; what readers keep of the post is told apart by its time of change. */
export const setSubtitles = (viewer: Author, mediaId: string, captions: Captions) => setCaptions(viewer, mediaId, captions, touch);

/** Throws as `setSubtitles`. */
export const removeSubtitles = (viewer: Author, mediaId: string, language: string) => removeCaptions(viewer, mediaId, language, touch);

async function touch(tx: Transaction, { postId }: CaptionsChange): Promise<void> {
  if (postId === null) return;
  await tx.execute(sql`update posts set updated_at = now() where id = ${postId}::bigint`);
  await announce(tx, "post.edited", { postId });
}
