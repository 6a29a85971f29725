import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { conflict, invalidField, notFound } from "@/lib/platform/errors";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { PART_BYTES, partsOf, UPLOAD_EXPIRES_IN } from "./limits";
import { MediaProblem } from "./problems";
import type { PartsInput } from "./schemas";

/** Where one part goes, as API.md has it. */
export type PartAddress = { number: number; size: number; method: "PUT"; url: string; headers: Record<string, string> };

type InParts = { original_key: string; upload_id: string; bytes: string | number };

/** Begins to take a file in parts and signs an address for each. `md5s` (base64) bind them to their bytes. */
export async function beginParts(row: { id: string; original_key: string }, file: { type: string; size: number; md5s?: string[] }): Promise<PartAddress[]> {
  const parts = partsOf(file.size);
  if (file.md5s && file.md5s.length !== parts.length) throw invalidField("part_md5s", `must be ${parts.length}, one for each part of ${PART_BYTES} bytes`);
  const uploadId = await storage().startParts(row.original_key, { contentType: file.type });
  await db().execute(sql`update media set upload_id = ${uploadId}, part_bytes = ${PART_BYTES} where id = ${row.id}::bigint`);
  const place = { original_key: row.original_key, upload_id: uploadId, bytes: file.size };
  return Promise.all(parts.map(({ number }) => signPart(place, { number, md5: file.md5s?.[number - 1] })));
}

async function signPart(row: InParts, { number, md5 }: { number: number; md5?: string }): Promise<PartAddress> {
  const { size } = partsOf(Number(row.bytes))[number - 1]!;
  const ticket = await storage().signPart({ key: row.original_key, uploadId: row.upload_id, number, size, md5, expiresIn: UPLOAD_EXPIRES_IN });
  return { number, size, method: ticket.method, url: ticket.url, headers: ticket.headers };
}

export type SignedParts = { media_id: string; expires_at: string; parts: PartAddress[] };

/** New addresses for parts of an upload that is under way. Throws 404 for other people's, 409 when it is not (any more) sent in parts, 422. */
export async function signParts(viewer: Pick<Viewer, "id">, mediaId: string, { parts }: PartsInput): Promise<SignedParts> {
  const row = await readUpload(viewer, mediaId);
  const { upload_id } = row;
  if (row.state !== "pending" || upload_id === null) throw conflict("This upload is complete, or is not sent in parts.");
  const count = partsOf(Number(row.bytes)).length;
  const beyond = parts.findIndex(({ number }) => number > count);
  if (beyond !== -1) throw invalidField(`parts.${beyond}.number`, `must be at most ${count}`);
  const expiresAt = new Date(Date.now() + UPLOAD_EXPIRES_IN * 1000).toISOString();
  return { media_id: row.id, expires_at: expiresAt, parts: await Promise.all(parts.map((part) => signPart({ ...row, upload_id }, part))) };
}

export type UploadView = {
  media_id: string;
  status: "pending" | "uploaded" | "processing" | "ready" | "failed";
  size: number;
  /** Bytes of each part but the last; null for a file that is sent whole. */
  part_bytes: number | null;
  /** Numbers of the parts that have arrived, while the upload is pending. */
  arrived_parts: number[];
};

/** How far an upload has come, for a client that goes on with it. Throws 404 for other people's. */
export async function getUpload(viewer: Pick<Viewer, "id">, mediaId: string): Promise<UploadView> {
  const row = await readUpload(viewer, mediaId);
  const isUnderWay = row.state === "pending" && row.upload_id !== null;
  const arrived = isUnderWay ? await listArrived({ ...row, upload_id: row.upload_id! }) : [];
  return { media_id: row.id, status: row.state, size: Number(row.bytes), part_bytes: row.part_bytes, arrived_parts: arrived.map(({ number }) => number) };
}

type Row = { id: string; state: UploadView["status"]; original_key: string; upload_id: string | null; part_bytes: number | null; bytes: string };

async function readUpload(viewer: Pick<Viewer, "id">, mediaId: string): Promise<Row> {
  const [row] = await db().execute<Row>(sql`
    select id, state, original_key, upload_id, part_bytes, bytes from media where id = ${mediaId}::bigint and owner_id = ${viewer.id}::bigint`);
  if (!row) throw notFound();
  return row;
}

/** Parts that have arrived whole; a store may hold others only if its own checks failed. */
async function listArrived(row: InParts) {
  const sizes = new Map(partsOf(Number(row.bytes)).map((part) => [part.number, part.size]));
  return ((await storage().listParts(row.original_key, row.upload_id)) ?? []).filter((part) => sizes.get(part.number) === part.size);
}

/**
 * Makes one object of the parts, if all have arrived. Repeating it is harmless, also at the same time. Throws
 * `MediaProblem` when parts are missing.
 */
export async function joinParts(row: InParts): Promise<void> {
  const store = storage();
  const whole = await store.head(row.original_key);
  // Sent whole to the one address instead, or joined before.
  if (whole?.size === Number(row.bytes)) return store.abortParts(row.original_key, row.upload_id);
  const arrived = await listArrived(row);
  if (arrived.length === partsOf(Number(row.bytes)).length) await store.completeParts(row.original_key, row.upload_id, arrived);
  else if (!(await store.head(row.original_key))) throw new MediaProblem("not_arrived");
}
