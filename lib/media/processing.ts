import "server-only";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Crop, Variant } from "@/db/schema/media";
import type { MediaEdit } from "@/db/schema/media-edit";
import { storage } from "@/lib/platform/storage/storage";
import { variantKey } from "./keys";
import { MediaProblem } from "./problems";
import { workBase } from "./servant";

const TYPES = { avif: "image/avif", webp: "image/webp", jpg: "image/jpeg" } as const;

/** What of a row is needed to derive its files. */
export type DeriveRow = { id: string; version: string; original_key: string; crop: Crop | null; edit?: MediaEdit | null; sha256: string | null };

/**
 * Fetches the uploaded file into a folder of its own, gives it to `work`, and removes the folder whatever happens.
 * Throws `MediaProblem` when the object is gone or is not the one that was announced.
 */
export async function withOriginal<T>(row: DeriveRow, work: (file: { path: string; dir: string; crop: Crop | null; edit: MediaEdit | null; sha256: string }) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(workBase(), "heliograph-media-"));
  try {
    const path = join(dir, "original");
    const sha256 = await fetchOriginal(row.original_key, path);
    if (row.sha256 !== null && row.sha256 !== sha256) throw new MediaProblem("wrong_checksum");
    return await work({ path, dir, crop: row.crop, edit: row.edit ?? null, sha256 });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function fetchOriginal(key: string, path: string): Promise<string> {
  const found = await storage().get(key);
  if (!found) throw new MediaProblem("not_arrived");
  const hash = createHash("sha256");
  const hashing = new Transform({ transform: (chunk, _encoding, done) => (hash.update(chunk), done(null, chunk)) });
  await pipeline(found.body, hashing, createWriteStream(path));
  return hash.digest("hex");
}

/** Puts derived files of `dir` into storage under their versioned keys. */
export async function storeVariants(row: Pick<DeriveRow, "id" | "version">, dir: string, variants: readonly Variant[]): Promise<void> {
  await Promise.all(
    variants.map((variant) => {
      const path = join(/* turbopackIgnore: true */ dir, `${variant.name}.${variant.ext}`);
      const stream = createReadStream(/* turbopackIgnore: true */ path);
      return storage().put(variantKey(row.id, row.version, variant), { stream, size: variant.bytes }, { contentType: TYPES[variant.ext] });
    }),
  );
}

/** Removes derived files that nobody will refer to. */
export async function removeVariants(row: Pick<DeriveRow, "id" | "version">, variants: readonly Variant[]): Promise<void> {
  await storage().deleteMany(variants.map((variant) => variantKey(row.id, row.version, variant)));
}
