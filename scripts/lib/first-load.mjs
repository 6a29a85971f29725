import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { root } from "./bootstrap.mjs";

/** What the feed may load before it can be used, in bytes of gzip. */
export const LIMIT = 180_000;

/** JavaScript that the first visit of a page loads, compressed file by file, in bytes. @param {string} route */
export function firstLoad(route = "/", pack = gzipSync) {
  const stats = JSON.parse(fs.readFileSync(path.join(root, ".next/diagnostics/route-bundle-stats.json"), "utf8"));
  const page = stats.find((entry) => entry.route === route);
  if (!page) return null;
  return page.firstLoadChunkPaths.reduce((sum, file) => sum + pack(fs.readFileSync(path.join(root, file))).length, 0);
}

/** Prints the figure of the feed and says whether it is within the limit. */
export function printFirstLoad() {
  const bytes = firstLoad("/");
  const said = bytes === null ? "is unknown: the build lists no page /" : `${(bytes / 1000).toFixed(1)} kB of gzip, of at most ${LIMIT / 1000} kB (${(firstLoad("/", brotliCompressSync) / 1000).toFixed(1)} kB of Brotli, which browsers get)`;
  process.stdout.write(`  First-load JavaScript of the feed: ${said}\n`);
  return bytes !== null && bytes <= LIMIT;
}
