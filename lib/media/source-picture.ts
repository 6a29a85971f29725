import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { log } from "@/lib/platform/log";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import { derive } from "./decoder";
import { remember } from "./made-widths";
import { MediaProblem } from "./problems";
import { type DeriveRow, storeVariants, withOriginal } from "./processing";

/** A photo as it was brought, at a size for screens: what its author edits anew. Kept beside the derived files. */
export const SOURCE_FILE = { name: "source", ext: "jpg" } as const;

/** Makes it, of a photo that is out. False when there is none. Throws 429, or `DecoderFailedError` when it is worth another try. */
export async function makeSource(id: string, version: string, address: string): Promise<boolean> {
  await limit("widths", address);
  const [row] = await db().execute<DeriveRow>(sql`
    select id, version, original_key, sha256 from media where id = ${id}::bigint and version = ${version} and state = 'ready' and kind = 'image' and purpose = 'post'`);
  if (!row) return false;
  try {
    await withOriginal({ ...row, crop: null }, async (file) => {
      const made = await derive("source", file);
      await storeVariants(row, file.dir, [made]);
      await remember(row, made);
    });
    return true;
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    log().info({ media_id: id, problem: error.code }, "source not made");
    return false;
  }
}
