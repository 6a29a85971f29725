import "server-only";
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { unavailable } from "@/lib/platform/errors";
import { storage } from "@/lib/platform/storage/storage";
import { StorageUnavailableError } from "@/lib/platform/storage/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { bufferReader } from "./byte-reader";
import { enqueueCopy } from "./copy-jobs";
import { MAX_PHOTO_BYTES } from "./limits";
import { probePhoto } from "./probe";
import { problemError } from "./problem-error";
import { MediaProblem } from "./problems";
import { insertMedia } from "./service";

/**
 * Takes a photo whose bytes come through the app (multipart bodies) and leaves it as an `uploaded` row, like one that
 * went straight to storage. The declared type is not asked for: the bytes say what it is. Throws 413, 415, 422 or 503.
 */
export async function storeUploadedImage(viewer: Pick<Viewer, "id">, stream: AsyncIterable<Uint8Array>, purpose: "post" | "avatar"): Promise<string> {
  try {
    const bytes = await readBounded(stream);
    const probe = await probePhoto(bufferReader(bytes));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const row = await insertMedia(viewer, { purpose, type: probe.type, bytes: bytes.length, sha256 });
    await storage().put(row.original_key, bytes, { contentType: probe.type });
    await db().transaction(async (tx) => {
      await tx.execute(sql`
        update media set state = 'uploaded', width = ${probe.width}, height = ${probe.height}, uploaded_at = now() where id = ${row.id}::bigint and state = 'pending'`);
      await enqueueCopy(tx, row.id);
    });
    return row.id;
  } catch (error) {
    if (error instanceof MediaProblem) throw problemError(error.code);
    if (error instanceof StorageUnavailableError) throw unavailable("The storage does not answer just now. Try again in a moment.", 5, error);
    throw error;
  }
}

async function readBounded(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_PHOTO_BYTES) throw new MediaProblem("too_many_bytes");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
