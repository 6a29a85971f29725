import { closeSync, openSync, readSync } from "node:fs";
import type { Sharp } from "sharp";
import type { Box, Part } from "./edit/raster";

/** libvips' own format: a header, then the pixels row by row, as the machine has them. */
const HEADER_BYTES = 64;
const [UCHAR, OFFSETS] = [0, { width: 4, height: 8, bands: 12, format: 20 }];

/** Decoded pixels in a file, of which a part at a time is read: a picture of 100 megapixels has 300 MB of them. */
export class RawFile {
  private constructor(private readonly file: number, readonly width: number, readonly height: number, readonly channels: 3 | 4) {}

  /** Decodes `image` into `path` (named "….v"), from where it is read until closed. */
  static async of(image: Sharp, path: string): Promise<RawFile> {
    await image.toFile(path);
    const file = openSync(path, "r");
    const header = Buffer.alloc(HEADER_BYTES);
    readSync(file, header, 0, HEADER_BYTES, 0);
    const [width, height, channels, format] = [OFFSETS.width, OFFSETS.height, OFFSETS.bands, OFFSETS.format].map((at) => header.readUInt32LE(at)) as [number, number, number, number];
    if (format !== UCHAR || (channels !== 3 && channels !== 4)) throw new Error(`decoded into ${channels} channels of format ${format}`);
    return new RawFile(file, width, height, channels);
  }

  read({ left, top, width, height }: Box): Part {
    const { channels } = this;
    const data = new Uint8Array(width * height * channels);
    const isWide = width === this.width;
    const length = width * channels * (isWide ? height : 1);
    for (let row = 0; row < (isWide ? 1 : height); row++) this.copy(data, row * length, length, ((top + row) * this.width + left) * channels);
    return { data, width, height, channels, left, top, whole: this };
  }

  close(): void {
    closeSync(this.file);
  }

  private copy(data: Uint8Array, at: number, length: number, from: number): void {
    for (let done = 0; done < length; ) {
      const read = readSync(this.file, data, at + done, length - done, HEADER_BYTES + from + done);
      if (read === 0) throw new Error("decoded pixels end early");
      done += read;
    }
  }
}
