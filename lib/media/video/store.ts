import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { storage } from "@/lib/platform/storage/storage";
import { MediaProblem } from "../problems";
import { type DeriveRow, storeVariants } from "../processing";
import { typeOf, videoFiles, videoKey } from "./files";
import type { MadeVideo } from "./make";

type Row = Pick<DeriveRow, "id" | "version">;

/** Puts everything that was made of a video into storage under its versioned keys. */
export async function storeVideo(row: Row, dir: string, made: MadeVideo): Promise<void> {
  await storeVariants(row, dir, made.variants);
  for (const { name, local } of videoFiles(made.files)) await putFile(videoKey(row.id, row.version, name), join(dir, local));
}

/** As `storeVideo` where only the poster is new: the other files are copied inside the store. */
export async function storePoster(row: Row, oldVersion: string, dir: string, made: MadeVideo): Promise<void> {
  await storeVariants(row, dir, made.variants);
  for (const { name } of videoFiles(made.files)) await storage().copy(videoKey(row.id, oldVersion, name), videoKey(row.id, row.version, name));
}

/** Puts one local file into storage. */
export async function putFile(key: string, path: string): Promise<void> {
  const { size } = await stat(path);
  await storage().put(key, { stream: createReadStream(/* turbopackIgnore: true */ path), size }, { contentType: typeOf(key) });
}

/** Brings an object into a local file; throws `MediaProblem` when it is not there. */
export async function fetchFile(key: string, path: string): Promise<void> {
  const found = await storage().get(key);
  if (!found) throw new MediaProblem("not_arrived");
  await pipeline(found.body, createWriteStream(path));
}
