import type { Readable } from "node:stream";

/** What the store knows of an object without reading it. */
export type ObjectInfo = { key: string; size: number; contentType: string; etag: string; modifiedAt: Date };

/** Bytes `start` to `end`, both included; without `end` to the last one. Always within the object. */
export type ByteRange = { start: number; end?: number };

export type StoredObject = { info: ObjectInfo; body: Readable };

/** A stream must say its size beforehand: S3 asks for it, and a short read must not pass for a whole file. */
export type PutBody = Uint8Array | { stream: Readable; size: number };

export type UploadTicket = { method: "PUT"; url: string; headers: Record<string, string>; expiresAt: Date };

/** A part that has arrived; numbers count from 1. */
export type StoredPart = { number: number; size: number; etag: string };

export type UnfinishedUpload = { key: string; uploadId: string; startedAt: Date };

/** `md5` in base64, as the header Content-MD5 has it. */
export type PartToSign = { key: string; uploadId: string; number: number; size: number; md5?: string; expiresIn: number };

export type ListedObject = { key: string; size: number; modifiedAt: Date };

/**
 * Object storage as the app needs it. Two implementations, one contract test (`contract.test.ts`).
 *
 * Keys are `[A-Za-z0-9._-]` segments joined by `/` (see `keys.ts`); anything else throws. An object appears whole or
 * not at all, also when the process is killed while writing. Missing objects are `null`, never an error; deleting one
 * that is not there succeeds.
 */
export interface ObjectStorage {
  readonly kind: "disk" | "s3";
  put(key: string, body: PutBody, options: { contentType: string }): Promise<ObjectInfo>;
  head(key: string): Promise<ObjectInfo | null>;
  /** `info.size` is the size of the whole object, also when a range is read. A range past the end throws `RangeError`. */
  get(key: string, range?: ByteRange): Promise<StoredObject | null>;
  delete(key: string): Promise<void>;
  deleteMany(keys: string[]): Promise<void>;
  /** In no particular order, page by page from the store; safe to stop early. */
  list(prefix: string): AsyncIterable<ListedObject>;
  copy(from: string, to: string): Promise<void>;
  /**
   * An address that takes exactly one kind of body: this many bytes of this type. Anything else is refused by the store
   * itself and leaves nothing. `url` may be relative to the app's own origin. `expiresIn` in seconds.
   */
  signUpload(upload: { key: string; contentType: string; size: number; expiresIn: number }): Promise<UploadTicket>;
  /** Begins an upload in parts and answers its id. Nothing appears at `key` before `completeParts`. S3 wants at least 5 MB of each part but the last. */
  startParts(key: string, options: { contentType: string }): Promise<string>;
  /**
   * An address that takes exactly this many bytes as this part, again and again until it expires; with `md5` only bytes
   * of this checksum: those damaged on the way are refused by the store itself.
   */
  signPart(part: PartToSign): Promise<UploadTicket>;
  /** The parts that have arrived, by number; `null` when there is no such upload (any more). */
  listParts(key: string, uploadId: string): Promise<StoredPart[] | null>;
  /** Makes the object of these parts. `null` when there is no such upload: perhaps somebody else completed it just now. */
  completeParts(key: string, uploadId: string, parts: StoredPart[]): Promise<ObjectInfo | null>;
  /** Gives up an upload and its parts; one that is not there is fine. */
  abortParts(key: string, uploadId: string): Promise<void>;
  /** Uploads in parts under `prefix` that were neither completed nor aborted. */
  listUnfinished(prefix: string): AsyncIterable<UnfinishedUpload>;
  /** An address that reads one object until it expires (`expiresIn` in seconds). May be relative to the app's origin. */
  signDownload(download: { key: string; expiresIn: number; fileName?: string }): Promise<string>;
  /** Creates what is missing (bucket and its CORS rules, folders). Safe to call at every start. */
  ensure(origins: string[]): Promise<void>;
  /** Throws when the store can't be written or read just now. */
  check(): Promise<void>;
}

/** The store answered that it can't just now (disk full, S3 away): worth another try. */
export class StorageUnavailableError extends Error {
  override name = "StorageUnavailableError";
}
