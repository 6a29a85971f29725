import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { placeInLine } from "../process/turns";
import { encodeTrailer, type Trailer } from "./disk-file";
import { StorageUnavailableError } from "./types";

/** The body held more or fewer bytes than announced. */
export class SizeMismatchError extends Error {
  override name = "SizeMismatchError";
}

/** The body was damaged on the way. */
export class ChecksumMismatchError extends Error {
  override name = "ChecksumMismatchError";
}

type Meta = { size: number; contentType: string };

/**
 * Writes bytes and trailer and forces them to the disk. Throws `SizeMismatchError` at the first byte too many,
 * `ChecksumMismatchError` when the bytes are not those of `md5` (base64).
 */
export async function writeWhole(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, { size, contentType }: Meta, md5?: string): Promise<Trailer> {
  const file = await open(path, "wx");
  try {
    const hash = createHash("sha256");
    const check = md5 ? createHash("md5") : null;
    const myTurn = placeInLine();
    let written = 0;
    for await (const batch of inBatches(chunks)) {
      await myTurn();
      for (const chunk of batch) {
        written += chunk.length;
        if (written > size) throw new SizeMismatchError("more bytes than announced");
        hash.update(chunk);
        check?.update(chunk);
      }
      await writeAll(file, batch);
    }
    if (written < size) throw new SizeMismatchError("fewer bytes than announced");
    if (check && check.digest("base64") !== md5) throw new ChecksumMismatchError("other bytes than announced");
    const trailer = { size, contentType, etag: hash.digest("hex").slice(0, 32) };
    await file.writeFile(encodeTrailer(trailer));
    await file.sync();
    return trailer;
  } finally {
    await file.close();
  }
}

/** A turn and a write each take longer than what is done with 64 KB in them. */
const BATCH_BYTES = 262_144;

async function* inBatches(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let [batch, bytes]: [Uint8Array[], number] = [[], 0];
  for await (const chunk of chunks) {
    batch.push(chunk);
    bytes += chunk.length;
    if (bytes < BATCH_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (bytes > 0) yield batch;
}

/** A write may take less than it was given. */
async function writeAll(file: FileHandle, batch: Uint8Array[]): Promise<void> {
  const { bytesWritten } = await file.writev(batch);
  if (bytesWritten < batch.reduce((sum, { length }) => sum + length, 0)) await file.writeFile(Buffer.concat(batch).subarray(bytesWritten));
}

/** Forces a file, or the names in a folder, to the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const PASSING = new Set(["ENOSPC", "EDQUOT", "EIO", "EMFILE", "ENFILE", "EROFS"]);

/** Full or failing disks as what they are to callers: worth another try. */
export function asUnavailable(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  return PASSING.has(code) ? new StorageUnavailableError(`storage folder: ${code}`, { cause: error }) : error;
}
