import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { MediaEdit } from "@/db/schema/media-edit";
import { invalidField } from "@/lib/platform/errors";
import { isNeutral } from "./edit/photo-edit";
import { editedSize } from "./edit/geometry";
import { isNothing } from "./edit/view";
import { MIN_VIDEO_SECONDS } from "./limits";

type Row = { id: string; kind: MediaEdit["kind"]; width: number | null; height: number | null; duration: number | null };
/** `null` when the file stays as it was brought; the size is what will come out, where that is known. */
type Judged = { edit: MediaEdit | null; width: number | null; height: number | null };

/** Holds the edits of a new post against the files they are for; throws 422 at `media.N.edit`. One statement, none without edits. */
export async function judgeEdits(tx: Transaction, items: readonly { id: string; edit?: MediaEdit | null }[]): Promise<Judged[]> {
  const edited = items.filter((item) => item.edit);
  if (edited.length === 0) return items.map(() => ({ edit: null, width: null, height: null }));
  const rows = await tx.execute<Row>(sql`select id, kind, width, height, duration from media where id = any (${`{${edited.map(({ id }) => id).join(",")}}`}::text::bigint[])`);
  const byId = new Map([...rows].map((row) => [row.id, row]));
  return items.map(({ id, edit }, place) => judgeEdit(byId.get(id), edit ?? null, `media.${place}.edit`));
}

/** One edit against one file; `field` is named when they don't go together. */
export function judgeEdit(row: Omit<Row, "id"> | undefined, edit: MediaEdit | null, field: string): Judged {
  if (!edit || !row) return { edit: null, width: null, height: null };
  if (edit.kind !== row.kind) throw invalidField(`${field}.kind`, `This file is ${row.kind === "video" ? "a video" : "a photo"}.`);
  if (edit.kind === "video") return { edit: judgeVideo(edit, row.duration, field), width: null, height: null };
  if (isNeutral(edit)) return { edit: null, width: null, height: null };
  const size = row.width && row.height ? editedSize({ width: row.width, height: row.height }, edit.geometry) : { width: null, height: null };
  return { edit, ...size };
}

function judgeVideo(edit: Extract<MediaEdit, { kind: "video" }>, duration: number | null, field: string): MediaEdit | null {
  if (isNothing(edit)) return null;
  if (duration === null || !edit.trim) return edit;
  if (edit.trim.start >= duration) throw invalidField(`${field}.trim`, "must begin before the video ends");
  if (Math.min(edit.trim.end, duration) - edit.trim.start < MIN_VIDEO_SECONDS) throw invalidField(`${field}.trim`, "must leave more of the video");
  return edit;
}
