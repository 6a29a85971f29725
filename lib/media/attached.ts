import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { enqueueProcessing } from "./service";

/** Sets the alt texts of a post's photos (by media id). Returns the ids whose text changed. */
export async function setAlts(tx: Transaction, postId: string, alts: Record<string, string>): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    update media m set alt = v.value from jsonb_each_text(${JSON.stringify(alts)}::text::jsonb) v
    where m.post_id = ${postId}::bigint and m.id = v.key::bigint and m.alt <> v.value returning m.id`);
  return [...rows].map((row) => row.id);
}

/** Processes the failed photos of a post once more. Returns how many. */
export async function retryFailed(tx: Transaction, postId: string): Promise<number> {
  const rows = await tx.execute<{ id: string; kind: "image" | "video" }>(sql`
    update media set state = 'processing', problem = null, progress = null where post_id = ${postId}::bigint and state = 'failed' returning id, kind`);
  await enqueueProcessing(tx, rows);
  return rows.length;
}
