import { randomUUID } from "node:crypto";
import { constants, copyFile, mkdir, opendir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FileBody, isMissing, openObject } from "./disk-file";
import { DiskParts } from "./disk-parts";
import { asUnavailable, syncPath, writeWhole } from "./disk-write";
import { removeEmptyFolders, walk } from "./folders";
import { assertKey, assertPrefix } from "./keys";
import { signedPath } from "./signatures";
import type { ByteRange, ListedObject, ObjectInfo, ObjectStorage, PartToSign, PutBody, StoredObject, StoredPart, UnfinishedUpload, UploadTicket } from "./types";

/** No key holds a `~`, so an object named `a` and objects below `a/` can lie side by side. */
const SUFFIX = "~";
const ABANDONED_MS = 60 * 60 * 1000;

/** Object storage in a folder: the embedded default. `secret` signs addresses that `disk-http.ts` honours. */
export class DiskStorage implements ObjectStorage {
  readonly kind = "disk";
  readonly #objects: string;
  readonly #temporary: string;
  readonly parts: DiskParts;

  constructor(readonly options: { dir: string; secret: string }) {
    this.#objects = join(options.dir, "objects");
    this.#temporary = join(options.dir, "tmp");
    this.parts = new DiskParts(join(options.dir, "parts"), () => this.#temporaryPath());
  }

  #path(key: string): string {
    assertKey(key);
    return join(this.#objects, `${key}${SUFFIX}`);
  }

  async put(key: string, body: PutBody, { contentType }: { contentType: string }): Promise<ObjectInfo> {
    const target = this.#path(key);
    const temporary = await this.#temporaryPath();
    try {
      // The stream stays open when we stop reading: a request's socket must still carry the refusal.
      const chunks = body instanceof Uint8Array ? [body] : body.stream.iterator({ destroyOnReturn: false });
      const size = body instanceof Uint8Array ? body.length : body.size;
      const trailer = await writeWhole(temporary, chunks, { size, contentType });
      await this.#moveIntoPlace(temporary, target);
      return { key, size, contentType, etag: trailer.etag, modifiedAt: new Date() };
    } catch (error) {
      await rm(temporary, { force: true });
      throw asUnavailable(error);
    }
  }

  async head(key: string): Promise<ObjectInfo | null> {
    const found = await openObject(this.#path(key));
    if (!found) return null;
    await found.file.close();
    return { key, ...found.trailer, modifiedAt: found.modifiedAt };
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject | null> {
    const found = await openObject(this.#path(key));
    if (!found) return null;
    const { size } = found.trailer;
    const info = { key, ...found.trailer, modifiedAt: found.modifiedAt };
    const start = range?.start ?? 0;
    const end = Math.min(range?.end ?? size - 1, size - 1);
    if (range && (start < 0 || start >= size || end < start)) {
      await found.file.close();
      throw new RangeError("range outside the object");
    }
    return { info, body: new FileBody(found.file, start, end) };
  }

  async delete(key: string): Promise<void> {
    const path = this.#path(key);
    try {
      await rm(path);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    await removeEmptyFolders(this.#objects, dirname(path));
  }

  async deleteMany(keys: string[]): Promise<void> {
    for (const key of keys) await this.delete(key);
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    assertPrefix(prefix);
    for await (const path of walk(this.#objects, prefix)) {
      const key = path.endsWith(SUFFIX) ? path.slice(0, -SUFFIX.length) : "";
      const info = key.startsWith(prefix) && key !== "" ? await this.head(key) : null;
      if (info) yield { key, size: info.size, modifiedAt: info.modifiedAt };
    }
  }

  async copy(from: string, to: string): Promise<void> {
    const temporary = await this.#temporaryPath();
    try {
      // Where the file system can, the copy shares its blocks.
      await copyFile(this.#path(from), temporary, constants.COPYFILE_FICLONE);
      await syncPath(temporary);
      await this.#moveIntoPlace(temporary, this.#path(to));
    } catch (error) {
      await rm(temporary, { force: true });
      throw asUnavailable(error);
    }
  }

  async signUpload(upload: { key: string; contentType: string; size: number; expiresIn: number }): Promise<UploadTicket> {
    const { key, contentType, size, expiresIn } = upload;
    assertKey(key);
    const expires = Math.ceil(Date.now() / 1000) + expiresIn;
    const url = signedPath(this.options.secret, { op: "put", key, expires, contentType, size });
    return { method: "PUT", url, headers: { "content-type": contentType }, expiresAt: new Date(expires * 1000) };
  }

  async signDownload({ key, expiresIn, fileName = "" }: { key: string; expiresIn: number; fileName?: string }): Promise<string> {
    assertKey(key);
    return signedPath(this.options.secret, { op: "get", key, expires: Math.ceil(Date.now() / 1000) + expiresIn, fileName });
  }

  async startParts(key: string, { contentType }: { contentType: string }): Promise<string> {
    assertKey(key);
    return this.parts.start(key, contentType);
  }

  async signPart({ key, uploadId, number, size, md5 = "", expiresIn }: PartToSign): Promise<UploadTicket> {
    assertKey(key);
    const expires = Math.ceil(Date.now() / 1000) + expiresIn;
    const url = signedPath(this.options.secret, { op: "part", key, expires, uploadId, number, size, md5 });
    return { method: "PUT", url, headers: md5 ? { "content-md5": md5 } : {}, expiresAt: new Date(expires * 1000) };
  }

  async listParts(key: string, uploadId: string): Promise<StoredPart[] | null> {
    assertKey(key);
    return this.parts.list(key, uploadId);
  }

  async completeParts(key: string, uploadId: string, parts: StoredPart[]): Promise<ObjectInfo | null> {
    const target = this.#path(key);
    const temporary = await this.#temporaryPath();
    try {
      const trailer = await this.parts.join(key, uploadId, parts, temporary);
      if (!trailer) return null;
      await this.#moveIntoPlace(temporary, target);
      await this.parts.remove(uploadId);
      return { key, ...trailer, modifiedAt: new Date() };
    } catch (error) {
      throw asUnavailable(error);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async abortParts(key: string, uploadId: string): Promise<void> {
    assertKey(key);
    if (await this.parts.find(key, uploadId)) await this.parts.remove(uploadId);
  }

  listUnfinished(prefix: string): AsyncIterable<UnfinishedUpload> {
    assertPrefix(prefix);
    return this.parts.listUnfinished(prefix);
  }

  /** Makes the folders and removes what killed writes have left. */
  async ensure(): Promise<void> {
    await mkdir(this.#objects, { recursive: true });
    await mkdir(this.#temporary, { recursive: true });
    for await (const entry of await opendir(this.#temporary)) {
      const path = join(this.#temporary, entry.name);
      const found = await stat(path).catch(() => null);
      if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true });
    }
  }

  async check(): Promise<void> {
    const key = `checks/${randomUUID()}`;
    await this.put(key, Buffer.from("ok"), { contentType: "text/plain" });
    await this.delete(key);
  }

  async #temporaryPath(): Promise<string> {
    await mkdir(this.#temporary, { recursive: true });
    return join(this.#temporary, randomUUID());
  }

  async #moveIntoPlace(temporary: string, target: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await mkdir(dirname(target), { recursive: true });
      try {
        await rename(temporary, target);
        break;
      } catch (error) {
        // A delete next door may have removed the folder in between.
        if (!isMissing(error) || attempt === 5) throw error;
      }
    }
    await syncPath(dirname(target));
  }
}
