import "server-only";
import { crc32, deflateSync } from "node:zlib";
import { LRUCache } from "lru-cache";
import { thumbHashToAverageRGBA, thumbHashToRGBA } from "thumbhash";

/** Edge of the encoded picture in pixels: a ThumbHash holds no more detail, and the browser smooths it anyway. */
const EDGE = 12;

const pictures = new LRUCache<string, string>({ max: 5_000 });
const colours = new LRUCache<string, string>({ max: 20_000 });

/** A picture of about 400 bytes, as a data address, to lie behind a photo until it has loaded. Null for an unreadable hash. */
export function placeholderPicture(thumbhash: string | null): string | null {
  return cached(pictures, thumbhash, (bytes) => `data:image/png;base64,${encodePng(shrink(thumbHashToRGBA(bytes))).toString("base64")}`);
}

/** The photo's average colour: enough for a tile of a grid. */
export function placeholderColour(thumbhash: string | null): string | null {
  return cached(colours, thumbhash, (bytes) => {
    const { r, g, b } = thumbHashToAverageRGBA(bytes);
    return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(" ")})`;
  });
}

function cached(store: LRUCache<string, string>, thumbhash: string | null, make: (bytes: Buffer) => string): string | null {
  if (!thumbhash) return null;
  const known = store.get(thumbhash);
  if (known) return known;
  try {
    const made = make(Buffer.from(thumbhash, "base64"));
    store.set(thumbhash, made);
    return made;
  } catch {
    return null;
  }
}

type Pixels = { w: number; h: number; rgba: Uint8Array };

/** Averages blocks of pixels down to at most EDGE × EDGE, without alpha (white beneath it). */
function shrink({ w, h, rgba }: Pixels): { w: number; h: number; rgb: Buffer } {
  const scale = Math.min(1, EDGE / Math.max(w, h));
  const width = Math.max(1, Math.round(w * scale));
  const height = Math.max(1, Math.round(h * scale));
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) average(rgba, w, span(x, width, w), span(y, height, h), rgb, (y * width + x) * 3);
  }
  return { w: width, h: height, rgb };
}

const span = (at: number, of: number, size: number): [number, number] => [Math.floor((at * size) / of), Math.max(Math.floor(((at + 1) * size) / of), Math.floor((at * size) / of) + 1)];

function average(rgba: Uint8Array, stride: number, [left, right]: [number, number], [top, bottom]: [number, number], into: Buffer, at: number) {
  const sum = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const from = (y * stride + x) * 4;
      const alpha = rgba[from + 3]! / 255;
      for (let c = 0; c < 3; c++) sum[c]! += rgba[from + c]! * alpha + 255 * (1 - alpha);
    }
  }
  const count = (right - left) * (bottom - top);
  for (let c = 0; c < 3; c++) into[at + c] = Math.round(sum[c]! / count);
}

/** A PNG of 8-bit RGB pixels, the smallest that browsers read (PNG specification, third edition). */
function encodePng({ w, h, rgb }: { w: number; h: number; rgb: Buffer }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(w, 0);
  header.writeUInt32BE(h, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.concat(Array.from({ length: h }, (_, y) => Buffer.concat([Buffer.from([0]), rgb.subarray(y * w * 3, (y + 1) * w * 3)])));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
