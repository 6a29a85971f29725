import "server-only";
import { log } from "@/lib/platform/log";
import { replica, storage } from "@/lib/platform/storage/storage";

/** Removes files as they were brought, and their copies. A copy that can't be removed just now goes with the nightly sweep. */
export async function deleteOriginals(keys: string[]): Promise<void> {
  await storage().deleteMany(keys);
  await replica()?.deleteMany(keys).catch((error: unknown) => log().warn({ err: error, keys: keys.length }, "copies could not be removed"));
}
