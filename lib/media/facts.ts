import { stat } from "node:fs/promises";
import sharp, { type Metadata } from "sharp";
import type { Removed } from "@/db/schema/media-edit";
import { type CameraFacts, cameraFacts } from "./camera";
import { readExif } from "./exif";
import { readJpegQuality } from "./jpeg-quality";
import { readJxlMetadata } from "./jxl-metadata";
import { listRemoved } from "./removed";

/** What a file says of itself beside its pixels. `quality` as libjpeg counts, of a JPEG. */
export type FileFacts = { bytes: number; quality: number | null; camera: CameraFacts | null; removed: Removed[] };

type Blocks = Pick<Metadata, "exif" | "xmp" | "iptc" | "comments" | "gainMap">;

/** Reads headers only. What can't be read counts as not there: the picture itself is judged elsewhere. */
export async function readFacts(path: string): Promise<FileFacts> {
  const [{ size }, quality, blocks] = await Promise.all([stat(path), readJpegQuality(path), readBlocks(path)]);
  const exif = blocks.exif ? readExif(blocks.exif) : null;
  return { bytes: size, quality, camera: exif && cameraFacts(exif), removed: listRemoved(exif, blocks) };
}

async function readBlocks(path: string): Promise<Blocks> {
  try {
    return await sharp(path, { limitInputPixels: false }).metadata();
  } catch {
    // Of the formats that libvips does not know, JPEG XL alone has its metadata lying open.
    return readJxlMetadata(path).catch(() => ({}));
  }
}
