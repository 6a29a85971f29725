/** What the `meta` box of a HEIC or AVIF says of its pictures: pixels as stored, before turning. */
export type HeifSizes = { primary: { width: number; height: number }; largest: { width: number; height: number }; isTurned: boolean };

type Box = { type: string; start: number; end: number };

/** A property and what of it matters here. */
type Property = { size: { width: number; height: number } | null; turns: number };

/**
 * Reads sizes and rotation without decoding, on the server and in the browser. Reads past the end throw `RangeError`, as do
 * boxes that do not fit into each other.
 */
export function readHeifSizes(bytes: Uint8Array): HeifSizes {
  const meta = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const boxes = childrenOf(meta, 12, meta.byteLength);
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

function childrenOf(view: DataView, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at < end; ) {
    const size = view.getUint32(at) || end - at;
    if (size < 8 || at + size > end || boxes.length > 5_000) throw new RangeError("box out of bounds");
    boxes.push({ type: String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i))), start: at + 8, end: at + size });
    at += size;
  }
  return boxes;
}

function readProperty(view: DataView, { type, start }: Box): Property {
  if (type === "ispe") return { size: { width: view.getUint32(start + 4), height: view.getUint32(start + 8) }, turns: 0 };
  return { size: null, turns: type === "irot" ? view.getUint8(start) & 3 : 0 };
}

function primaryItem(view: DataView, boxes: Box[]): number {
  const { start } = boxOf(boxes, "pitm");
  return view.getUint8(start) === 0 ? view.getUint16(start + 4) : view.getUint32(start + 4);
}

/** Numbers (from 1) of the properties that `item` has, out of an item-property association box. */
function propertiesOf(view: DataView, { start, end }: Box, item: number): number[] {
  const [hasWideIds, hasWideIndexes] = [view.getUint8(start) > 0, (view.getUint8(start + 3) & 1) === 1];
  let at = start + 8;
  for (let left = view.getUint32(start + 4); left > 0 && at < end; left--) {
    const id = hasWideIds ? view.getUint32(at) : view.getUint16(at);
    at += hasWideIds ? 4 : 2;
    const count = view.getUint8(at++);
    const width = hasWideIndexes ? 2 : 1;
    // The first bit says whether a reader may ignore the property.
    const read = (_: unknown, i: number) => (hasWideIndexes ? view.getUint16(at + i * 2) & 0x7fff : view.getUint8(at + i) & 0x7f);
    if (id === item) return Array.from({ length: count }, read);
    at += count * width;
  }
  return [];
}
