import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Crop } from "@/db/schema/media";
import { notFound, unavailable } from "@/lib/platform/errors";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { DecoderFailedError, derive } from "./decoder";
import { plainVariant } from "./made";
import { probeFile } from "./probe";
import { problemError } from "./problem-error";
import { MediaProblem } from "./problems";
import { type DeriveRow, storeVariants, withOriginal } from "./processing";
import { completeUpload } from "./service";

export type Avatar = { mediaId: string; version: string };

/**
 * Makes the squares of an uploaded avatar while the person waits (about 0.1 s). The caller writes `users`. A `crop`
 * chooses the square; without it the middle is taken. Repeating it is harmless. Throws 404, 413, 415, 422 or 503.
 */
export async function prepareAvatar(viewer: Pick<Viewer, "id">, mediaId: string, crop: Crop | null = null): Promise<Avatar> {
  await completeUpload(viewer, mediaId);
  const [row] = await db().execute<DeriveRow & { state: string }>(sql`
    select id, state, version, original_key, sha256 from media where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint and purpose = 'avatar'`);
  if (!row) throw notFound();
  if (row.state === "ready") return { mediaId: row.id, version: row.version };
  try {
    await withOriginal({ ...row, crop }, async (file) => {
      await probeFile(file.path);
      const made = await derive("avatar", file);
      await storeVariants(row, file.dir, made.variants);
      await db().execute(sql`
        update media set state = 'ready', ready_at = now(), width = ${made.width}, height = ${made.height}, thumbhash = ${made.thumbhash}, sha256 = ${file.sha256},
          crop = ${crop && JSON.stringify(crop)}::text::jsonb, variants = ${JSON.stringify(made.variants.map(plainVariant))}::text::jsonb
        where id = ${row.id}::bigint and state = 'uploaded'`);
    });
    return { mediaId: row.id, version: row.version };
  } catch (error) {
    if (error instanceof MediaProblem) throw problemError(error.code);
    if (error instanceof StorageUnavailableError || error instanceof DecoderFailedError) throw unavailable("The photo could not be prepared just now. Try again in a moment.", 5, error);
    throw error;
  }
}

