import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import type { Receipt } from "@/db/schema/media-edit";
import { announce } from "@/lib/platform/jobs/queue";
import type { Essential, Known, Rest } from "./derive";
import { plainVariant, receiptOf } from "./made";

/** What of a row the receipt is written from. */
export type ReadyRow = { id: string; version: string; content_type: string };

const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`;

/** What was found out about a photo that has been derived before. */
export function knownOf(receipt: Receipt | null): Known | null {
  return receipt && { gamut: receipt.colour === "Display P3" ? "p3" : "srgb", looks: receipt.looks };
}

/** Makes a photo ready and tells who waits for it, in one transaction with `then`. False when it was no longer awaited. */
export function recordReady(row: ReadyRow, made: Essential, sha256: string, then: (tx: Transaction) => Promise<unknown>): Promise<boolean> {
  const { camera } = made.facts;
  const place = camera?.place;
  return db().transaction(async (tx) => {
    const rows = await tx.execute(sql`
      update media set state = 'ready', ready_at = now(), problem = null, width = ${made.width}, height = ${made.height}, thumbhash = ${made.thumbhash},
        sha256 = ${sha256}, variants = ${json(made.variants.map(plainVariant))}, receipt = ${json(receiptOf(row.content_type, made))},
        perceptual_hash = ('x' || ${made.hash}::text)::bit(64)::bigint, camera = ${camera?.camera ?? null}, lens = ${camera?.lens ?? null},
        exposure_seconds = ${camera?.exposure_seconds ?? null}::real, f_number = ${camera?.f_number ?? null}::real, iso = ${camera?.iso ?? null}::int,
        focal_length = ${camera?.focal_length ?? null}::real, taken_at = ${camera?.taken_at ?? null}::timestamptz,
        taken_latitude = case when keeps_place then ${place?.latitude ?? null}::float8 end, taken_longitude = case when keeps_place then ${place?.longitude ?? null}::float8 end
      where id = ${row.id}::bigint and state = 'processing' returning 1`);
    if (rows.length === 0) return false;
    await announce(tx, "media.ready", { mediaId: row.id });
    await then(tx);
    return true;
  });
}

/** Adds what refinement made. False when the photo is gone or had it already. */
export async function recordRest(row: Pick<ReadyRow, "id" | "version"> & { receipt: Receipt | null }, { variants, looks, first }: Rest): Promise<boolean> {
  const added = variants.map(plainVariant);
  const measured = row.receipt?.served.map((file) => ({ ...file, similarity: first[file.name] ?? file.similarity })) ?? [];
  const rows = await db().execute(sql`
    update media set variants = variants || ${json(added)},
      receipt = receipt || jsonb_build_object('served', ${json([...measured, ...variants])}, 'looks', (receipt->'looks') || ${json(looks)})
    where id = ${row.id}::bigint and version = ${row.version} and state = 'ready' and not variants @> ${json(added.slice(0, 1))} returning 1`);
  return rows.length > 0;
}
