import { open } from "node:fs/promises";
import { join } from "node:path";
import { convertHeic } from "./heic";
import { isHeif } from "./heif-header";
import { convertJxl } from "./jxl";
import { isJxl } from "./jxl-header";
import { probeFile } from "./probe";

/** What libvips needs a copy of in another form, because it has no decoder for it. */
const OTHERS = [
  { is: isHeif, convert: convertHeic },
  { is: isJxl, convert: convertJxl },
];

/** A file that libvips reads: `path` itself, or a copy in `dir` with the pixels upright. Throws `MediaProblem`. */
export async function readable(path: string, dir: string): Promise<string> {
  const start = await readStart(path);
  const other = OTHERS.find(({ is }) => is(start));
  if (!other) return path;
  // Judged by the header first: these decoders are given no picture beyond our bounds.
  await probeFile(path);
  const copy = join(dir, "readable.tif");
  await other.convert(path, copy);
  return copy;
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
