import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { wanted } from "./rows";

const EVERY_MS = 2_000;

/** Writes down how far it is; the statement answers a row as long as it is still wanted. */
export type Note = (percent: number) => SQL;

/** Of a video that is being made ready. */
export const processingOf = (mediaId: string): Note => (percent) => sql`update media set progress = ${percent} where id = ${mediaId}::bigint and state = 'processing' and ${wanted} returning 1`;

/** Of a change of one that is out. */
export const changeOf = (mediaId: string, version: string): Note => (percent) => sql`
  update media m set wanted_progress = ${percent} where id = ${mediaId}::bigint and wanted_version = ${version}
    and exists (select 1 from posts p where p.id = m.post_id and p.deleted_at is null) returning 1`;

/** Of the small copy that its author edits by. */
export const uncutOf = (mediaId: string, version: string): Note => (percent) => sql`
  update media set uncut_progress = ${percent} where id = ${mediaId}::bigint and uncut_version = ${version} returning 1`;

/** Writes how far a video is into its row, at most every two seconds; notices when it is not wanted any more. */
export class ProgressNotes {
  readonly #ending = new AbortController();
  /** Of the work: the job's own, and the end of the row. */
  readonly signal: AbortSignal;
  #last = Date.now();
  #writing = false;
  isGone = false;

  constructor(private readonly toNote: Note, outer: AbortSignal, private readonly everyMs = EVERY_MS) {
    this.signal = AbortSignal.any([outer, this.#ending.signal]);
  }

  note(percent: number): void {
    if (this.#writing || Date.now() - this.#last < this.everyMs) return;
    this.#last = Date.now();
    this.#writing = true;
    void this.#write(Math.max(0, Math.min(99, Math.round(percent)))).finally(() => (this.#writing = false));
  }

  end(): void {
    this.#last = Infinity;
  }

  async #write(percent: number): Promise<void> {
    // A database that is away just now is no reason to stop.
    const rows = await db().execute(this.toNote(percent)).catch(() => null);
    if (rows?.length !== 0 || this.#last === Infinity) return;
    this.isGone = true;
    this.#ending.abort();
  }
}
