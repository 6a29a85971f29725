import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { wanted } from "./rows";

const EVERY_MS = 2_000;

/** Writes how far a video is into its row, at most every two seconds; notices when the row is gone or its post deleted. */
export class ProgressNotes {
  readonly #ending = new AbortController();
  /** Of the work: the job's own, and the end of the row. */
  readonly signal: AbortSignal;
  #last = Date.now();
  #writing = false;
  isGone = false;

  constructor(private readonly mediaId: string, outer: AbortSignal, private readonly everyMs = EVERY_MS) {
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
    const rows = await db().execute(sql`update media set progress = ${percent} where id = ${this.mediaId}::bigint and state = 'processing' and ${wanted} returning 1`).catch(() => null);
    if (rows?.length !== 0 || this.#last === Infinity) return;
    this.isGone = true;
    this.#ending.abort();
  }
}
