import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalidField } from "@/lib/platform/errors";
import { enqueueMany } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { completeUpload, enqueueProcessing } from "./service";
import { processVoice } from "./voice";

type Owner = Pick<Viewer, "id">;
type Kind = "image" | "video" | "audio";
const GONE = "A file of this message is not there, or already in another one. Add it again.";

/** SQL: the media row `alias` stands in a message or is a group's picture. */
export const inMessage = (alias: string) => sql.raw(`(exists (select 1 from message_media mm where mm.media_id = ${alias}.id) or exists (select 1 from threads pt where pt.picture_media_id = ${alias}.id))`);

/** Makes sure that the files of a message have arrived and are what they say, outside any transaction. Throws as `completeUpload`. */
export async function verifyMessageFiles(viewer: Owner, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await completeUpload(viewer, id).catch((error: unknown) => {
      throw (error as { code?: string }).code === "not_found" ? invalidField("media_ids", GONE) : error;
    });
  }
}

/** Gives verified files to a message, in order, and has them made ready. Throws 422 when one is missing, somebody else's, of the wrong kind or in use. */
export async function attachToMessage(tx: Transaction, viewer: Owner, messageId: string, { mediaIds, voiceId }: { mediaIds: readonly string[]; voiceId: string | null }): Promise<void> {
  const all = [...mediaIds, ...(voiceId === null ? [] : [voiceId])];
  if (all.length === 0) return;
  const rows = await tx.execute<{ id: string; kind: Kind }>(sql`
    update media m set state = 'processing' where m.id = any (${sql.param(all)}::text[]::bigint[]) and m.owner_id = ${viewer.id}::bigint and m.purpose = 'message' and m.state = 'uploaded' and not ${inMessage("m")} returning m.id::text, m.kind`);
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]));
  if (mediaIds.some((id) => !kinds.has(id) || kinds.get(id) === "audio")) throw invalidField("media_ids", GONE);
  if (voiceId !== null && kinds.get(voiceId) !== "audio") throw invalidField("voice_media_id", GONE);
  await tx.execute(sql`
    insert into message_media (message_id, media_id, position) select ${messageId}::bigint, v.id, v.place - 1 from unnest(${sql.param(all)}::text[]::bigint[]) with ordinality as v(id, place)`);
  await enqueueProcessing(tx, [...rows].flatMap(({ id, kind }) => (kind === "audio" ? [] : [{ id, kind }])));
  await enqueueMany(tx, processVoice, voiceId === null ? [] : [{ mediaId: voiceId }]);
}

/** A photo that was brought for messages, to be a group's picture; it is made ready when it is not yet. Throws 422. */
export async function demandPicture(viewer: Owner, mediaId: string): Promise<void> {
  await completeUpload(viewer, mediaId).catch((error: unknown) => {
    throw (error as { code?: string }).code === "not_found" ? invalidField("media_id", GONE) : error;
  });
  await db().transaction(async (tx) => {
    const [row] = await tx.execute<{ id: string; state: string }>(sql`
      select m.id::text, m.state from media m where m.id = ${mediaId}::bigint and m.owner_id = ${viewer.id}::bigint and m.purpose = 'message' and m.kind = 'image' and m.state <> 'failed'
        and not exists (select 1 from message_media mm where mm.media_id = m.id) for update`);
    if (!row) throw invalidField("media_id", "Choose a photo that was brought for this.");
    if (row.state !== "uploaded") return;
    await tx.execute(sql`update media set state = 'processing' where id = ${mediaId}::bigint`);
    await enqueueProcessing(tx, [{ id: row.id, kind: "image" }]);
  });
}
