import "server-only";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sql } from "drizzle-orm";
import { ZipFile } from "yazl";
import { db } from "@/db/client";
import { storage } from "@/lib/platform/storage/storage";
import { FORMAT, type Kind, VERSION } from "./format";
import { type PackedFile, readPosts, readUploads } from "./posts";
import { readProfile } from "./profile";
import { readSection, SECTIONS } from "./sections";
import { Site } from "./site";
import { TextFile } from "./text-file";

type Progress = (share: number) => Promise<void>;

/**
 * Packs everything of a person into a ZIP at `path`: JSON of all that is kept about them (format.ts), their files, and pages to look at it without a
 * server. `dir` is for what is written on the way. Streams from end to end: what is held in memory does not grow with the files.
 */
export async function packInto(path: string, dir: string, userId: string, onProgress: Progress): Promise<void> {
  const read = await readProfile(userId);
  if (!read) throw new Error("there is no such person any more");
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on("error", (error: Error) => output.destroy(error));
  const written = pipeline(output, createWriteStream(/* turbopackIgnore: true */ path));
  // Whatever goes wrong is thrown below, once.
  written.catch(() => {});
  try {
    await addEverything(zip, dir, userId, read, new FileAdder(zip, written, await countBytes(userId), onProgress));
    zip.end();
    await written;
  } catch (error) {
    output.destroy(error as Error);
    await written.catch(() => {});
    throw error;
  }
}

async function addEverything(zip: ZipFile, dir: string, userId: string, { profile, files }: NonNullable<Awaited<ReturnType<typeof readProfile>>>, adder: FileAdder): Promise<void> {
  const site = new Site(dir, profile);
  for (const file of files) await adder.add(file);
  await addJson(zip, dir, "profile", [profile]);
  const posts = await TextFile.open(join(dir, "posts.json"));
  await posts.write(head("posts"));
  let isFirst = true;
  for await (const { post, files: theirs } of readPosts(userId)) {
    await posts.write(`${isFirst ? "" : ","}\n${JSON.stringify(post)}`);
    await site.addPost(post);
    for (const file of theirs) await adder.add(file);
    isFirst = false;
  }
  await posts.write(TAIL);
  zip.addFile(await posts.close(), "data/posts.json");
  for (const section of SECTIONS) await addJson(zip, dir, section.kind, site.watch(section.kind, readSection(section, userId)));
  await addJson(zip, dir, "uploads", site.watch("uploads", withFiles(adder, readUploads(userId))));
  for (const { path, name } of await site.finish()) zip.addFile(path, name);
}

/** Lets items pass, and adds the files of each. */
async function* withFiles<T>(adder: FileAdder, packed: AsyncIterable<{ item: T; files: PackedFile[] }>): AsyncGenerator<T> {
  for await (const { item, files } of packed) {
    for (const file of files) await adder.add(file);
    yield item;
  }
}

const head = (kind: Kind) => `{"format":"${FORMAT}","version":${VERSION},"kind":"${kind}","items":[`;
const TAIL = "\n]}\n";

async function addJson(zip: ZipFile, dir: string, kind: Kind, items: AsyncIterable<unknown> | Iterable<unknown>): Promise<void> {
  const file = await TextFile.open(join(dir, `${kind}.json`));
  await file.write(head(kind));
  let isFirst = true;
  for await (const item of items) {
    await file.write(`${isFirst ? "" : ","}\n${JSON.stringify(item)}`);
    isFirst = false;
  }
  await file.write(TAIL);
  zip.addFile(await file.close(), `data/${kind}.json`);
}

/** For telling how far it is; what is derived is a fraction of what was brought. */
async function countBytes(userId: string): Promise<number> {
  const [row] = await db().execute<{ bytes: number }>(sql`select coalesce(sum(bytes), 0)::float8 as bytes from media where owner_id = ${userId}::bigint`);
  return row!.bytes * 1.3 + 1_000_000;
}

/** Adds files one after another, each when the one before has gone through: only one is open at a time. */
class FileAdder {
  #done = 0;

  constructor(
    readonly zip: ZipFile,
    readonly written: Promise<void>,
    readonly total: number,
    readonly onProgress: Progress,
  ) {}

  async add({ key, path, size, at }: PackedFile): Promise<void> {
    const found = await storage().get(key);
    if (!found) throw new Error("a file has gone while it was packed");
    const count = async function* (this: FileAdder, chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        this.#done += chunk.length;
        await this.onProgress(this.#done / this.total);
        yield chunk;
      }
    }.bind(this);
    const counted = Readable.from(count(found.body));
    const through = new Promise<void>((resolve, reject) => counted.once("end", resolve).once("error", reject));
    // Pictures and videos are as small as they get.
    this.zip.addReadStream(counted, path, { compress: false, size, mtime: new Date(at) });
    // When the ZIP cannot be written, nothing goes through any more.
    await Promise.race([through, this.written]);
  }
}
