import { constants, crc32, deflateRawSync, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { tagged } from "@/lib/media/tagged";
import { GPS_EXIF, quarters } from "./pictures";

/** How a picture of `quarters` must be stored so that it is upright under each EXIF orientation. */
export const STORED: Record<number, (image: Sharp) => Sharp | Promise<Sharp>> = {
  1: (s) => s,
  2: (s) => s.flop(),
  3: (s) => s.rotate(180),
  4: (s) => s.flip(),
  5: async (s) => sharp(await s.rotate(90).toBuffer()).flop(),
  6: (s) => s.rotate(270),
  7: async (s) => sharp(await s.rotate(270).toBuffer()).flop(),
  8: (s) => s.rotate(90),
};

export async function orientedJpeg(orientation: number, width = 400, height = 300): Promise<Buffer> {
  const upright = await quarters(width, height).png().toBuffer();
  const stored = await (await STORED[orientation]!(sharp(upright))).toBuffer();
  return sharp(stored).jpeg({ quality: 92 }).withMetadata({ orientation }).toBuffer();
}

/** Numbers taken as Display P3 and named so by a profile: in quarters, none of the first three within sRGB when `isWide`. */
export async function p3Picture(isWide: boolean, width = 400, height = 300): Promise<Sharp> {
  const colours = isWide ? [[255, 0, 0], [0, 255, 0], [0, 255, 255], [128, 128, 128]] : [[200, 120, 110], [120, 170, 120], [110, 120, 180], [128, 128, 128]];
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) data.set(colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)]!, at);
  }
  return sharp(await tagged({ data, width, height, channels: 3, gamut: "p3" })).keepIccProfile();
}

/** Textured enough that a damaged part is seen. */
export async function texture(width = 320, height = 240): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3);
  let seed = 7;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const value = 128 + 70 * Math.sin(x / 11 + y / 17) + (seed >>> 27);
      data.set([value, 255 - value * 0.7, 60 + value / 2].map((one) => Math.max(0, Math.min(255, one))), at);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } }).png().toBuffer();
}

export async function animation(ext: "gif" | "webp", frames = 4, width = 320, height = 240): Promise<Buffer> {
  const base = await texture(width, height);
  const pictures = await Promise.all(Array.from({ length: frames }, (_, i) => sharp(base).rotate(0).modulate({ hue: i * 80 }).png().toBuffer()));
  const joined = sharp(pictures, { join: { animated: true } });
  return (ext === "gif" ? joined.gif({ delay: 120, loop: 0 }) : joined.webp({ delay: Array.from({ length: frames }, () => 120), loop: 0 })).toBuffer();
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

/** A PNG that claims a size, with whatever pixels `deflated` holds and other chunks before them. `kind`: bits, colour type, interlaced. */
export function forgedPng(width: number, height: number, deflated: Buffer, others: [string, Buffer][] = [], kind: [number, number, number] = [8, 2, 0]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([kind[0], kind[1], 0, 0, kind[2]], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), pngChunk("IHDR", header), ...others.map(([type, data]) => pngChunk(type, data)), pngChunk("IDAT", deflated), pngChunk("IEND", Buffer.alloc(0))]);
}

/** Zeros that were a thousand times longer before. */
export const deflatedZeros = (bytes: number) => deflateSync(Buffer.alloc(bytes), { level: 9 });

/** As `deflatedZeros`, made without ever holding them: one piece of 16 MB, over and over. */
export function manyDeflatedZeros(bytes: number): Buffer {
  const piece = 16_000_000;
  const zeros = Buffer.alloc(piece);
  const again = deflateRawSync(zeros, { finishFlush: constants.Z_FULL_FLUSH });
  const sum = Buffer.alloc(4);
  // Adler-32 of zeros.
  sum.writeUInt32BE((bytes % 65_521) * 65_536 + 1);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: Math.floor(bytes / piece) }, () => again), deflateRawSync(zeros.subarray(0, bytes % piece)), sum]);
}

/** A PNG of 16 bits a channel, see-through and interlaced: no row of it is whole before all are read. */
export function hungryPng(width: number, height: number): Buffer {
  const passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;
  const bytes = passes.reduce((sum, [x, y, dx, dy]) => sum + Math.ceil((height - y) / dy) * (1 + 8 * Math.ceil((width - x) / dx)), 0);
  return forgedPng(width, height, manyDeflatedZeros(bytes), [], [16, 6, 1]);
}

/** A GIF with a canvas of any size and frames of one pixel. */
export function forgedGif(width: number, height: number, frames: number): Buffer {
  const head = Buffer.from("GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  const frame = Buffer.from([0x21, 0xf9, 4, 0, 5, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
}

/** The same JPEG with another size in its frame header. */
export function forgedJpeg(jpeg: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(jpeg);
  const at = copy.findIndex((byte, i) => byte === 0xff && [0xc0, 0xc2].includes(copy[i + 1]!));
  copy.writeUInt16BE(height, at + 5);
  copy.writeUInt16BE(width, at + 7);
  return copy;
}

/** What must be in no file that is served. */
export const SECRETS = ["Secret Camera", "SN-4711", "SN-0815", "Jane Hidden", "Hidden Harbour", "Exif\0\0", "http://ns.adobe.com/xap", "GPSLatitude", "MARK OF THE THUMBNAIL", "MARK OF THE MAKER", "MARK OF THE GIF"];

const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description exif:GPSLatitude="51,30N" dc:creator="Jane Hidden" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"/></rdf:RDF></x:xmpmeta>';

/** A bare JPEG XL in its container, with everything about its maker beside it. */
export async function jxlWithSecrets(codestream: Buffer): Promise<Buffer> {
  const box = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length + 8);
    head.write(type, 4, "latin1");
    return Buffer.concat([head, data]);
  };
  const { exif } = await sharp(await withSecrets(quarters(8, 8)).jpeg().toBuffer()).metadata();
  const boxes: [string, Buffer][] = [["JXL ", Buffer.from("\r\n\x87\n", "latin1")], ["ftyp", Buffer.from("jxl \0\0\0\0jxl ", "latin1")], ["Exif", Buffer.concat([Buffer.alloc(4), exif!.subarray(6)])], ["xml ", Buffer.from(XMP)], ["jxlc", codestream]];
  return Buffer.concat(boxes.map(([type, data]) => box(type, data)));
}

/** With place, serial numbers, names and an XMP block. */
export function withSecrets(image: Sharp): Sharp {
  const exif = { ...GPS_EXIF, IFD2: { BodySerialNumber: "SN-0815", LensModel: "Secret Camera Lens 23mm", ExposureTime: "1/250", FNumber: "2/1", FocalLength: "23/1", ISOSpeedRatings: "400", DateTimeOriginal: "2024:05:01 12:30:00", UserComment: "Hidden Harbour" } };
  return image.withExif(exif).withXmp(XMP);
}

/** What cameras write and no library of ours does: a note of their maker's, and a small copy of the picture with a mark of its own. */
export async function cameraExif(): Promise<Buffer> {
  const thumbnail = withJpegSegment(await quarters(32, 24).jpeg().toBuffer(), 0xfe, Buffer.from("MARK OF THE THUMBNAIL"));
  const note = Buffer.from("MARK OF THE MAKER: SN-0815");
  type Entry = [tag: number, type: number, count: number, value: number];
  const directory = (entries: Entry[], next: number) => {
    const bytes = Buffer.alloc(2 + entries.length * 12 + 4);
    bytes.writeUInt16LE(entries.length);
    entries.forEach(([tag, type, count, value], i) => {
      bytes.writeUInt16LE(tag, 2 + i * 12);
      bytes.writeUInt16LE(type, 4 + i * 12);
      bytes.writeUInt32LE(count, 6 + i * 12);
      bytes.writeUInt32LE(value, 10 + i * 12);
    });
    bytes.writeUInt32LE(next, bytes.length - 4);
    return bytes;
  };
  // Head, first directory, Exif's own, that of the thumbnail; then what they point at.
  const [photo, second, data] = [8 + 18, 8 + 18 + 18, 8 + 18 + 18 + 42];
  return Buffer.concat([
    Buffer.from("II*\0\x08\0\0\0", "latin1"),
    directory([[0x8769, 4, 1, photo]], second),
    directory([[0x927c, 7, note.length, data]], 0),
    directory([[0x0103, 3, 1, 6], [0x0201, 4, 1, data + note.length], [0x0202, 4, 1, thumbnail.length]], 0),
    note,
    thumbnail,
  ]);
}

function withJpegSegment(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

export const jpegWithExif = (jpeg: Buffer, exif: Buffer): Buffer => withJpegSegment(jpeg, 0xe1, Buffer.concat([Buffer.from("Exif\0\0"), exif]));

export const pngWithExif = (png: Buffer, exif: Buffer): Buffer => Buffer.concat([png.subarray(0, 33), pngChunk("eXIf", exif), png.subarray(33)]);

/** A PNG that says it moves; what follows its first frame is left out. */
export function movingPng(png: Buffer, frames: number): Buffer {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(frames);
  return Buffer.concat([png.subarray(0, 33), pngChunk("acTL", control), png.subarray(33)]);
}

/** Where the first block of a GIF begins. */
const behindColours = (gif: Buffer) => 13 + (gif[10]! & 0x80 ? 3 * 2 ** ((gif[10]! & 7) + 1) : 0);

/** A GIF of many full frames, each of one colour: 37 times its number (modulo 256) is the red in it. `delay` in ms. */
export async function longGif(frames: number, width = 1280, height = 720, delay = 40): Promise<Buffer> {
  const one = await sharp({ create: { width, height, channels: 3, background: "#888" } }).gif().toBuffer();
  const pastBlocks = (at: number): number => (one[at] === 0 ? at + 1 : pastBlocks(at + 1 + one[at]!));
  let at = behindColours(one);
  while (one[at] === 0x21) at = pastBlocks(at + 2);
  // The compressed indexes serve every frame; what they stand for is the frame's own.
  const pixels = one.subarray(at + 10, pastBlocks(at + 11));
  const size = one[10]! & 7;
  const descriptor = Buffer.from(one.subarray(at, at + 10));
  descriptor[9] = 0x80 | size;
  const frame = (i: number) => [Buffer.from([0x21, 0xf9, 4, 0, delay / 10, 0, 0, 0]), descriptor, Buffer.from(Array.from({ length: 2 ** (size + 1) }, () => [(i * 37) % 256, 128, 40]).flat()), pixels];
  return Buffer.concat([one.subarray(0, behindColours(one)), ...Array.from({ length: frames }, (_, i) => frame(i)).flat(), Buffer.from([0x3b])]);
}

/** With a comment, as GIFs have them: after the colours of all frames. */
export function gifWithComment(gif: Buffer): Buffer {
  const at = behindColours(gif);
  const words = Buffer.from("MARK OF THE GIF");
  return Buffer.concat([gif.subarray(0, at), Buffer.from([0x21, 0xfe, words.length]), words, Buffer.from([0]), gif.subarray(at)]);
}
