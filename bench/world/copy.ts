import { once } from "node:events";
import type { Writable } from "node:stream";
import type postgres from "postgres";

/** Sent once so much has come together. */
const CHUNK = 256 * 1024;
/** Of timestamps in the binary format. */
const YEAR_2000_MS = 946_684_800_000;
const HIGH = 4_294_967_296;

/**
 * Rows on their way into one table by COPY in the binary format, on a connection and in a transaction of its own that empties the table first: so
 * rows can be written as frozen, and where `wal_level` is minimal none is logged. Write a row with `row` and then each of its columns in order.
 */
export class Copy {
  rows = 0;
  bytes = 0;
  private buffer = Buffer.allocUnsafeSlow(CHUNK * 2);
  private view = viewOf(this.buffer);
  private spare = Buffer.allocUnsafeSlow(CHUNK * 2);
  private at = 0;
  private stream?: Writable;
  private sending: Promise<unknown> = Promise.resolve();
  private committed?: Promise<unknown>;
  private failed?: unknown;

  constructor(private readonly sql: postgres.Sql, readonly table: string, private readonly columns: readonly string[]) {}

  async open(): Promise<this> {
    const opened = Promise.withResolvers<void>();
    this.committed = this.sql.begin(async (tx) => {
      await tx.unsafe(`truncate ${this.table}`);
      const query = tx.unsafe(`copy ${this.table} (${this.columns.join(", ")}) from stdin with (format binary, freeze)`);
      this.stream = await query.writable();
      this.stream.on("error", (error) => (this.failed ??= error));
      opened.resolve();
      await once(this.stream, "finish");
    });
    this.committed.catch((error: unknown) => {
      this.failed ??= error;
      opened.reject(error);
    });
    await opened.promise;
    this.at = this.buffer.write("PGCOPY\n\xff\r\n\0", "latin1");
    this.at = this.buffer.writeInt32BE(0, this.buffer.writeInt32BE(0, this.at));
    return this;
  }

  get isFull(): boolean {
    return this.at >= CHUNK;
  }

  /** Sends what has come together, after what was sent before has left. */
  async flush(): Promise<void> {
    await this.sending;
    if (this.failed) throw this.failed;
    const full = this.buffer;
    const length = this.at;
    this.buffer = this.spare.length < full.length ? Buffer.allocUnsafeSlow(full.length) : this.spare;
    this.view = viewOf(this.buffer);
    this.spare = full;
    this.bytes += length;
    this.at = 0;
    this.sending = new Promise<void>((resolve) => this.stream!.write(full.subarray(0, length), () => resolve()));
  }

  /** Sends the rest and commits. */
  async close(): Promise<void> {
    this.room(2);
    this.at = this.buffer.writeInt16BE(-1, this.at);
    await this.flush();
    await this.sending;
    this.stream!.end();
    await this.committed;
  }

  row(columns = this.columns.length): void {
    this.rows++;
    this.room(2);
    this.view.setInt16(this.at, columns);
    this.at += 2;
  }

  /** A 64-bit number of two halves; the low one without sign. */
  int8(high: number, low: number): void {
    this.room(12);
    const at = this.at;
    this.view.setInt32(at, 8);
    this.view.setInt32(at + 4, high);
    this.view.setUint32(at + 8, low);
    this.at = at + 12;
  }

  int4(value: number): void {
    this.room(8);
    this.view.setInt32(this.at, 4);
    this.view.setInt32(this.at + 4, value);
    this.at += 8;
  }

  int2(value: number): void {
    this.room(6);
    this.at = this.buffer.writeInt16BE(value, this.buffer.writeInt32BE(2, this.at));
  }

  float8(value: number): void {
    this.room(12);
    this.at = this.buffer.writeDoubleBE(value, this.buffer.writeInt32BE(8, this.at));
  }

  bool(value: boolean): void {
    this.room(5);
    this.at = this.buffer.writeInt8(value ? 1 : 0, this.buffer.writeInt32BE(1, this.at));
  }

  /** @param ms since 1970 */
  time(ms: number): void {
    const micros = (ms - YEAR_2000_MS) * 1_000;
    this.int8(Math.floor(micros / HIGH), micros % HIGH);
  }

  text(value: string): void {
    this.room(4 + value.length * 3);
    const length = this.buffer.write(value, this.at + 4);
    this.buffer.writeInt32BE(length, this.at);
    this.at += 4 + length;
  }

  /** What was encoded once and is written many times. */
  raw(value: Buffer): void {
    this.room(4 + value.length);
    this.view.setInt32(this.at, value.length);
    this.buffer.set(value, this.at + 4);
    this.at += 4 + value.length;
  }

  none(): void {
    this.room(4);
    this.at = this.buffer.writeInt32BE(-1, this.at);
  }

  private room(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
    this.view = viewOf(larger);
  }
}

/** Its methods are compiled in place; those of Buffer check their arguments. */
const viewOf = (buffer: Buffer): DataView => new DataView(buffer.buffer, buffer.byteOffset, buffer.length);

/** JSON as the binary format has it: a version before the text. */
export const jsonb = (value: unknown): Buffer => Buffer.concat([Buffer.from([1]), Buffer.from(JSON.stringify(value))]);
