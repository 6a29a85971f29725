import { buffer } from "node:stream/consumers";
import { LRUCache } from "lru-cache";
import { storage } from "@/lib/platform/storage/storage";

/**
 * Small files that many ask for at once, in 32 MB of memory: a photo in ten thousand feeds is read from storage once.
 * Their bytes never change under their key; who may have them is asked for each request, before this.
 */
const hot = new LRUCache<string, Buffer>({
  maxSize: 32 * 1024 * 1024,
  maxEntrySize: 256 * 1024,
  sizeCalculation: (bytes) => bytes.length + 200,
  ttl: 5 * 60_000,
  fetchMethod: async (key) => {
    const found = await storage().get(key);
    return found ? buffer(found.body) : undefined;
  },
});

/** The bytes of a small object, read once for all who ask at the same time; undefined when it is missing. */
export function readHot(key: string): Promise<Buffer | undefined> {
  return hot.fetch(key);
}
