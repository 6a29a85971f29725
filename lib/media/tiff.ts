import { open } from "node:fs/promises";

/** Decoded pixels, 8 bits a channel, 3 or 4 channels, rows `stride` bytes apart. */
export type RawPicture = TiffHead & { data: Uint8Array; stride: number };
export type TiffHead = { width: number; height: number; channels: 3 | 4; icc: Buffer | null };

const ROWS_PER_STRIP = 16;
const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

/** Writes an uncompressed TIFF: pixels with their colour profile, in a form that libvips reads piece by piece. */
export async function writeTiff(path: string, picture: RawPicture): Promise<void> {
  const { data, stride, width, height, channels } = picture;
  const row = width * channels;
  const atOnce = Math.max(1, Math.floor((4 * 1024 * 1024) / row));
  await writeTiffInParts(path, picture, async function* () {
    for (let y = 0; y < height; y += atOnce) {
      const rows = Math.min(atOnce, height - y);
      const bytes = Buffer.allocUnsafe(rows * row);
      for (let i = 0; i < rows; i++) bytes.set(data.subarray((y + i) * stride, (y + i) * stride + row), i * row);
      yield bytes;
    }
  });
}

/** The same of rows that come one lot after another, without gaps between them. */
export async function writeTiffInParts(path: string, head: TiffHead, parts: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.write(headerOf(head));
    for await (const rows of parts()) await file.write(rows);
  } finally {
    await file.close();
  }
}

/** The same in memory, of pixels whose rows follow each other. */
export function tiffOf(picture: RawPicture): Buffer {
  return Buffer.concat([headerOf(picture), picture.data]);
}

type Entry = { tag: number; type: number; values: number[] | Buffer };

/** Everything before the pixels: the directory, then what does not fit into its entries. */
function headerOf({ width, height, channels, icc }: TiffHead): Buffer {
  const strips = Math.ceil(height / ROWS_PER_STRIP);
  const rowsOf = (strip: number) => Math.min(ROWS_PER_STRIP, height - strip * ROWS_PER_STRIP);
  const counts = Array.from({ length: strips }, (_, strip) => rowsOf(strip) * width * channels);
  const entries = (pixelsAt: number): Entry[] => [
    { tag: 256, type: LONG, values: [width] },
    { tag: 257, type: LONG, values: [height] },
    { tag: 258, type: SHORT, values: Array.from({ length: channels }, () => 8) },
    { tag: 259, type: SHORT, values: [1] },
    { tag: 262, type: SHORT, values: [2] },
    { tag: 273, type: LONG, values: counts.map((_, strip) => pixelsAt + strip * ROWS_PER_STRIP * width * channels) },
    { tag: 277, type: SHORT, values: [channels] },
    { tag: 278, type: LONG, values: [ROWS_PER_STRIP] },
    { tag: 279, type: LONG, values: counts },
    ...(channels === 4 ? [{ tag: 338, type: SHORT, values: [2] }] : []),
    ...(icc ? [{ tag: 34_675, type: UNDEFINED, values: icc }] : []),
  ];
  return layOut(entries(layOut(entries(0)).length));
}

function layOut(entries: Entry[]): Buffer {
  const directory = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  directory.write("II*\0", 0, "latin1");
  directory.writeUInt32LE(8, 4);
  directory.writeUInt16LE(entries.length, 8);
  const rest: Buffer[] = [];
  let end = directory.length;
  entries.forEach(({ tag, type, values }, index) => {
    const at = 10 + index * 12;
    const bytes = bytesOf(type, values);
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(values.length, at + 4);
    if (bytes.length <= 4) return void bytes.copy(directory, at + 8);
    directory.writeUInt32LE(end, at + 8);
    const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
    rest.push(padded);
    end += padded.length;
  });
  return Buffer.concat([directory, ...rest]);
}

function bytesOf(type: number, values: number[] | Buffer): Buffer {
  if (Buffer.isBuffer(values)) return values;
  const bytes = Buffer.alloc(values.length * (type === SHORT ? 2 : 4));
  values.forEach((value, i) => (type === SHORT ? bytes.writeUInt16LE(value, i * 2) : bytes.writeUInt32LE(value, i * 4)));
  return bytes;
}
