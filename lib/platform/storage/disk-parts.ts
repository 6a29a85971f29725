import { randomUUID } from "node:crypto";
import { mkdir, opendir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { FileBody, isMissing, openObject } from "./disk-file";
import { asUnavailable, writeWhole } from "./disk-write";
import type { StoredPart, UnfinishedUpload } from "./types";

type Started = { key: string; contentType: string; startedAt: string };

const IS_PART = /^[1-9]\d{0,4}$/;

/**
 * Uploads in parts of the disk store: a folder for each, holding what it is to become and a file for each part that has
 * arrived, in the format of objects.
 */
export class DiskParts {
  constructor(readonly dir: string, readonly temporaryPath: () => Promise<string>) {}

  #folder(uploadId: string): string {
    if (!/^[0-9a-f-]{36}$/.test(uploadId)) throw new TypeError("not an id of an upload");
    return join(this.dir, uploadId);
  }

  async start(key: string, contentType: string): Promise<string> {
    const uploadId = randomUUID();
    const folder = this.#folder(uploadId);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "upload.json"), JSON.stringify({ key, contentType, startedAt: new Date().toISOString() } satisfies Started));
    } catch (error) {
      throw asUnavailable(error);
    }
    return uploadId;
  }

  /** What an upload is to become; `null` when there is none of this id for this key. */
  async find(key: string, uploadId: string): Promise<Started | null> {
    const started = await this.#read(uploadId);
    return started?.key === key ? started : null;
  }

  async #read(uploadId: string): Promise<Started | null> {
    try {
      return JSON.parse(await readFile(join(this.#folder(uploadId), "upload.json"), "utf8")) as Started;
    } catch (error) {
      // Half-written by a kill: nobody was told of this upload.
      if (isMissing(error) || error instanceof SyntaxError) return null;
      throw error;
    }
  }

  /** Keeps a part in place of an earlier one of its number. Answers its ETag, or `null` when the upload is gone. */
  async take(part: { key: string; uploadId: string; number: number; size: number; md5?: string }, stream: Readable): Promise<string | null> {
    if (!(await this.find(part.key, part.uploadId))) return null;
    const temporary = await this.temporaryPath();
    try {
      const trailer = await writeWhole(temporary, stream.iterator({ destroyOnReturn: false }), { size: part.size, contentType: "application/octet-stream" }, part.md5);
      await rename(temporary, join(this.#folder(part.uploadId), String(part.number)));
      return trailer.etag;
    } catch (error) {
      await rm(temporary, { force: true });
      if (isMissing(error)) return null;
      throw asUnavailable(error);
    }
  }

  async list(key: string, uploadId: string): Promise<StoredPart[] | null> {
    if (!(await this.find(key, uploadId))) return null;
    const parts: StoredPart[] = [];
    for (const name of (await readdir(this.#folder(uploadId))).filter((one) => IS_PART.test(one))) {
      const found = await openObject(join(this.#folder(uploadId), name));
      await found?.file.close();
      if (found) parts.push({ number: Number(name), size: found.trailer.size, etag: found.trailer.etag });
    }
    return parts.sort((a, b) => a.number - b.number);
  }

  /** Writes the parts one after another into one file at `target`. `null` when the upload or a part is gone. */
  async join(key: string, uploadId: string, parts: StoredPart[], target: string) {
    const started = await this.find(key, uploadId);
    if (!started) return null;
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    try {
      return await writeWhole(target, this.#bytes(uploadId, parts), { size, contentType: started.contentType });
    } catch (error) {
      if (error instanceof PartGoneError) return null;
      throw error;
    }
  }

  async *#bytes(uploadId: string, parts: StoredPart[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      const found = await openObject(join(this.#folder(uploadId), String(part.number)));
      if (!found) throw new PartGoneError();
      const body = new FileBody(found.file, 0, found.trailer.size - 1);
      if (found.trailer.etag !== part.etag) {
        body.destroy();
        throw new PartGoneError();
      }
      yield* body;
    }
  }

  async remove(uploadId: string): Promise<void> {
    await rm(this.#folder(uploadId), { recursive: true, force: true });
  }

  async *listUnfinished(prefix: string): AsyncGenerator<UnfinishedUpload> {
    const folder = await opendir(this.dir).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for await (const entry of folder) {
      const started = entry.isDirectory() ? await this.#read(entry.name) : null;
      if (started?.key.startsWith(prefix)) yield { key: started.key, uploadId: entry.name, startedAt: new Date(started.startedAt) };
    }
  }
}

class PartGoneError extends Error {
  override name = "PartGoneError";
}
