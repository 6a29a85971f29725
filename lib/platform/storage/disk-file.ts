import { open, type FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";

/**
 * One file per object: the bytes, then a trailer with what HEAD tells. Together in one file, because two files can't be
 * renamed into place as one, and a kill between them would leave bytes without a type.
 */
const MAGIC = "HGO1";
const FOOTER = 8;
const TRAILER_MAX = 1024;

export type Trailer = { size: number; contentType: string; etag: string };

export function encodeTrailer(trailer: Trailer): Buffer {
  const json = Buffer.from(JSON.stringify(trailer));
  if (json.length + FOOTER > TRAILER_MAX) throw new TypeError("content type too long");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([json, length, Buffer.from(MAGIC)]);
}

async function readTrailer(file: FileHandle): Promise<{ trailer: Trailer; modifiedAt: Date } | null> {
  const stat = await file.stat();
  if (!stat.isFile() || stat.size < FOOTER) return null;
  const tail = Buffer.alloc(Math.min(TRAILER_MAX, stat.size));
  await file.read(tail, 0, tail.length, stat.size - tail.length);
  if (tail.subarray(-4).toString("latin1") !== MAGIC) return null;
  const length = tail.readUInt32BE(tail.length - FOOTER);
  if (length + FOOTER > tail.length) return null;
  const trailer = JSON.parse(tail.subarray(tail.length - FOOTER - length, -FOOTER).toString()) as Trailer;
  return trailer.size + length + FOOTER === stat.size ? { trailer, modifiedAt: stat.mtime } : null;
}

/** Opens an object's file and reads its trailer; `null` when there is none. The caller closes `file`. */
export async function openObject(path: string): Promise<{ file: FileHandle; trailer: Trailer; modifiedAt: Date } | null> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    const found = await readTrailer(file);
    if (found) return { file, ...found };
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.close();
  return null;
}

const CHUNK = 128 * 1024;

/**
 * Bytes `start` to `end` of an open file, which is closed however the stream ends. (Node's own stream over a `FileHandle`
 * leaves it open when it is destroyed before the first read, as happens when a browser hangs up early.)
 */
export class FileBody extends Readable {
  #at: number;
  constructor(readonly file: FileHandle, start: number, readonly end: number) {
    super({ highWaterMark: CHUNK });
    this.#at = start;
  }

  override _read(): void {
    void this.#readNext();
  }

  async #readNext(): Promise<void> {
    const length = Math.min(CHUNK, this.end - this.#at + 1);
    if (length <= 0) return void this.push(null);
    try {
      const { bytesRead, buffer } = await this.file.read(Buffer.allocUnsafe(length), 0, length, this.#at);
      if (bytesRead === 0) throw new Error("the file ended early");
      this.#at += bytesRead;
      this.push(buffer.subarray(0, bytesRead));
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    void this.#close(error, done);
  }

  async #close(error: Error | null, done: (error?: Error | null) => void): Promise<void> {
    let failure = error;
    try {
      await this.file.close();
    } catch (thrown) {
      failure ??= thrown as Error;
    }
    done(failure);
  }
}

/** ENOENT, or a path that runs through a file. */
export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === "ENOENT" || code === "ENOTDIR";
}
