/** Random access to a file that may lie far away. Short reads happen only at the end. */
export interface ByteReader {
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
}

/** The bytes at hand, for files already in memory. */
export function bufferReader(bytes: Buffer): ByteReader {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

const FIRST = 32 * 1024;
const NEXT = 4 * 1024;
/** A header that takes more look-ups than this is not one we want to understand. */
const MAX_FETCHES = 80;

/**
 * A reader over ranged reads: one window of 32 kB at the start, small ones wherever the header points to. `fetch` is
 * never asked for bytes past the end.
 */
export function windowedReader(size: number, fetch: (offset: number, length: number) => Promise<Buffer>): ByteReader & { fetched: { bytes: number; reads: number } } {
  const windows: { offset: number; bytes: Buffer }[] = [];
  const fetched = { bytes: 0, reads: 0 };
  const read = async (offset: number, length: number): Promise<Buffer> => {
    const end = Math.min(offset + length, size);
    if (offset >= end) return Buffer.alloc(0);
    const known = windows.find((window) => offset >= window.offset && end <= window.offset + window.bytes.length);
    if (known) return known.bytes.subarray(offset - known.offset, end - known.offset);
    if (fetched.reads >= MAX_FETCHES) throw new RangeError("header too long");
    const wanted = Math.min(size - offset, Math.max(length, offset === 0 ? FIRST : NEXT));
    const bytes = await fetch(offset, wanted);
    fetched.reads += 1;
    fetched.bytes += bytes.length;
    windows.push({ offset, bytes });
    return bytes.subarray(0, end - offset);
  };
  return { size, read, fetched };
}
