/** One directory of Exif: numbers (fractions divided) or text, by tag. */
export type ExifDirectory = Map<number, number[] | string>;
export type Exif = { image: ExifDirectory; photo: ExifDirectory; gps: ExifDirectory; hasThumbnail: boolean };

/**
 * Bounds of what is read, whatever a block claims. The readers on npm build arrays as long as each entry says, which in
 * 64 kB can come to gigabytes.
 */
const MAX_BLOCK = 256 * 1024;
const MAX_ENTRIES = 200;
const MAX_NUMBERS = 4;
const MAX_TEXT = 400;

const EXIF_DIRECTORY = 0x8769;
const GPS_DIRECTORY = 0x8825;

/** Reads a block as Exif 3.0 (CIPA DC-008, 4.6) has it, with or without "Exif" before it. null when it is none; what lies outside it is left out. */
export function readExif(block: Buffer): Exif | null {
  const tiff = (block.toString("latin1", 0, 6) === "Exif\0\0" ? block.subarray(6) : block).subarray(0, MAX_BLOCK);
  const order = tiff.toString("latin1", 0, 4);
  if (tiff.length < 8 || (order !== "II*\0" && order !== "MM\0*")) return null;
  const view = new Fields(tiff, order === "II*\0");
  const first = view.directory(view.u32(4));
  const at = (tag: number) => (first.entries.get(tag)?.[0] as number | undefined) ?? 0;
  return {
    image: first.entries,
    photo: view.directory(at(EXIF_DIRECTORY)).entries,
    gps: view.directory(at(GPS_DIRECTORY)).entries,
    hasThumbnail: first.next !== 0 && view.directory(first.next).entries.size > 0,
  };
}

const SIZES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8, 129: 1 };
const [TEXT, UNDEFINED, UTF8] = [2, 7, 129];

class Fields {
  constructor(private readonly bytes: Buffer, private readonly isLittle: boolean) {}

  u16(at: number): number {
    return at + 2 > this.bytes.length ? 0 : this.isLittle ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  u32(at: number): number {
    return at + 4 > this.bytes.length ? 0 : this.isLittle ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }

  directory(start: number): { entries: ExifDirectory; next: number } {
    const entries: ExifDirectory = new Map();
    if (start < 8) return { entries, next: 0 };
    const count = Math.min(this.u16(start), MAX_ENTRIES);
    for (let i = 0; i < count; i++) {
      const entry = start + 2 + i * 12;
      const value = this.value(entry);
      if (value !== null) entries.set(this.u16(entry), value);
    }
    return { entries, next: this.u32(start + 2 + count * 12) };
  }

  private value(entry: number): number[] | string | null {
    const type = this.u16(entry + 2);
    const size = SIZES[type];
    const count = this.u32(entry + 4);
    if (!size || count === 0) return null;
    const at = size * count <= 4 ? entry + 8 : this.u32(entry + 8);
    if (at + size > this.bytes.length) return null;
    if (type === TEXT || type === UTF8) return this.bytes.toString("utf8", at, Math.min(at + count, at + MAX_TEXT, this.bytes.length));
    return type === UNDEFINED ? [] : Array.from({ length: Math.min(count, MAX_NUMBERS) }, (_, i) => this.number(type, at + i * size));
  }

  private number(type: number, at: number): number {
    if (type === 1) return this.bytes[at] ?? 0;
    if (type === 3) return this.u16(at);
    if (type === 4) return this.u32(at);
    if (type === 5) return this.u32(at) / this.u32(at + 4);
    return type === 9 ? this.u32(at) | 0 : (this.u32(at) | 0) / (this.u32(at + 4) | 0);
  }
}
