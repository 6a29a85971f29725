import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { InferInsertModel } from "drizzle-orm";
import type { media } from "@/db/schema/media";
import { randomToken, ORIGINALS } from "@/lib/media/keys";
import { plainVariant, receiptOf } from "@/lib/media/made";
import { storeVariants } from "@/lib/media/processing";
import { storage } from "@/lib/platform/storage/storage";
import type { LabPicture } from "../photos/lab-worker";

export type MediaRow = InferInsertModel<typeof media>;

/** What a picture is for: a place in a post, or somebody's avatar. */
export type Purpose = { id: string; ownerId: string; at: Date } & ({ purpose: "post"; postId: string; position: number; alt: string } | { purpose: "avatar" });

/** Puts a finished picture into storage, original and derived files, and returns the row that names them. */
export async function storePicture(picture: LabPicture, what: Purpose): Promise<MediaRow> {
  const bytes = await readFile(picture.original), version = randomToken(6);
  const originalKey = `${ORIGINALS}${what.id}/${randomToken(16)}`, { made } = picture;
  await storage().put(originalKey, bytes, { contentType: "image/jpeg" });
  await storeVariants({ id: what.id, version }, picture.dir, made.variants);
  return {
    id: what.id, ownerId: what.ownerId, purpose: what.purpose, state: "ready", kind: "image", contentType: "image/jpeg", bytes: bytes.length, originalKey, version,
    sha256: createHash("sha256").update(bytes).digest("hex"), width: made.width, height: made.height, thumbhash: made.thumbhash, variants: made.variants.map(plainVariant),
    ...("facts" in made ? { receipt: receiptOf("image/jpeg", made), perceptualHash: BigInt.asIntN(64, BigInt(`0x${made.hash}`)) } : {}),
    uploadedAt: what.at, readyAt: what.at, createdAt: what.at,
    ...(what.purpose === "post" ? { postId: what.postId, position: what.position, alt: what.alt } : {}),
  };
}
