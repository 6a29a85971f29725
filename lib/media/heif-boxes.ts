/** What the `meta` box of a HEIC or AVIF says of its pictures: pixels as stored, before turning. */
export type HeifSizes = { primary: { width: number; height: number }; largest: { width: number; height: number }; isTurned: boolean };

type Box = { type: string; start: number; end: number };

/** A property and what of it matters here. */
type Property = { size: { width: number; height: number } | null; turns: number };

/**
 * Reads sizes and rotation without decoding. Reads past the end throw `RangeError`, as do boxes that do not fit into
 * each other.
 */
export function readHeifSizes(meta: Buffer): HeifSizes {
  const boxes = childrenOf(meta, 12, meta.length);
  const properties = boxOf(boxes, "iprp");
  const inside = childrenOf(meta, properties.start, properties.end);
  const container = boxOf(inside, "ipco");
  const all = childrenOf(meta, container.start, container.end).map((box) => readProperty(meta, box));
  const sizes = all.flatMap(({ size }) => size ?? []);
  if (sizes.length === 0) throw new RangeError("no size");
  const largest = sizes.reduce((best, one) => (one.width * one.height > best.width * best.height ? one : best));
  const item = primaryItem(meta, boxes);
  const own = inside.filter(({ type }) => type === "ipma").flatMap((box) => propertiesOf(meta, box, item)).flatMap((index) => all[index - 1] ?? []);
  const turns = own.reduce((sum, property) => sum + property.turns, 0);
  return { primary: own.find(({ size }) => size)?.size ?? largest, largest, isTurned: turns % 2 === 1 };
}

function boxOf(boxes: Box[], type: string): Box {
  const found = boxes.find((box) => box.type === type);
  if (!found) throw new RangeError(`no ${type}`);
  return found;
}

function childrenOf(bytes: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at < end; ) {
    const size = bytes.readUInt32BE(at) || end - at;
    if (size < 8 || at + size > end || boxes.length > 5_000) throw new RangeError("box out of bounds");
    boxes.push({ type: bytes.toString("latin1", at + 4, at + 8), start: at + 8, end: at + size });
    at += size;
  }
  return boxes;
}

function readProperty(bytes: Buffer, { type, start }: Box): Property {
  if (type === "ispe") return { size: { width: bytes.readUInt32BE(start + 4), height: bytes.readUInt32BE(start + 8) }, turns: 0 };
  return { size: null, turns: type === "irot" ? bytes.readUInt8(start) & 3 : 0 };
}

function primaryItem(bytes: Buffer, boxes: Box[]): number {
  const { start } = boxOf(boxes, "pitm");
  return bytes.readUInt8(start) === 0 ? bytes.readUInt16BE(start + 4) : bytes.readUInt32BE(start + 4);
}

/** Numbers (from 1) of the properties that `item` has, out of an item-property association box. */
function propertiesOf(bytes: Buffer, { start, end }: Box, item: number): number[] {
  const [hasWideIds, hasWideIndexes] = [bytes.readUInt8(start) > 0, (bytes.readUInt8(start + 3) & 1) === 1];
  let at = start + 8;
  for (let left = bytes.readUInt32BE(start + 4); left > 0 && at < end; left--) {
    const id = hasWideIds ? bytes.readUInt32BE(at) : bytes.readUInt16BE(at);
    at += hasWideIds ? 4 : 2;
    const count = bytes.readUInt8(at++);
    const width = hasWideIndexes ? 2 : 1;
    // The first bit says whether a reader may ignore the property.
    const read = (_: unknown, i: number) => (hasWideIndexes ? bytes.readUInt16BE(at + i * 2) & 0x7fff : bytes.readUInt8(at + i) & 0x7f);
    if (id === item) return Array.from({ length: count }, read);
    at += count * width;
  }
  return [];
}
