import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const packers = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** Lays a Brotli and a gzip form beside each text file of the build that gains by it. @param {string} folder */
export async function compressStatic(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).map((name) => path.join(folder, String(name))).filter((file) => /\.(js|css|svg|json)$/.test(file));
  await Promise.all(files.map(async (file) => {
    const bytes = fs.readFileSync(file);
    for (const [ending, pack] of Object.entries(packers)) {
      const packed = await pack(bytes);
      if (packed.length < bytes.length * 0.95) fs.writeFileSync(`${file}.${ending}`, packed);
    }
  }));
}
