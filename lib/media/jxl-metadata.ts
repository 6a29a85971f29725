import { open } from "node:fs/promises";

const MAX_BOXES = 64;
const MAX_BLOCK = 256 * 1024;

/** What a JPEG XL's container holds beside the picture (ISO/IEC 18181-2, 9.4 and 9.5); compressed boxes are left alone. */
export async function readJxlMetadata(path: string): Promise<{ exif?: Buffer; xmp?: Buffer }> {
  const file = await open(path, "r");
  const read = async (at: number, length: number) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
    return buffer.subarray(0, bytesRead);
  };
  try {
    const found: { exif?: Buffer; xmp?: Buffer } = {};
    for (let at = 0, box = 0; box < MAX_BOXES; box++) {
      const head = await read(at, 16);
      if (head.length < 8) break;
      const isLong = head.readUInt32BE(0) === 1 && head.length === 16;
      const size = isLong ? Number(head.readBigUInt64BE(8)) : head.readUInt32BE(0);
      const [type, start] = [head.toString("latin1", 4, 8), at + (isLong ? 16 : 8)];
      const content = () => read(start, Math.min(size === 0 ? MAX_BLOCK : Math.max(0, at + size - start), MAX_BLOCK));
      // Four bytes say where in the block Exif begins; nobody uses another place than the first.
      if (type === "Exif") found.exif = (await content()).subarray(4);
      if (type === "xml ") found.xmp = await content();
      if (size < 8) break;
      at += size;
    }
    return found;
  } finally {
    await file.close();
  }
}
