import { md5 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { partsOf } from "@/lib/media/limits";

/** `sha256` in hexadecimal of all bytes; `md5s` in base64 of each part. */
export type Hashes = { sha256: string; md5s: string[] };

const READ_BYTES = 2 * 1024 * 1024;

self.onmessage = ({ data }: MessageEvent<Blob>) => {
  hash(data).then((found) => self.postMessage(found), () => self.postMessage(null));
};

async function hash(file: Blob): Promise<Hashes> {
  const whole = sha256.create();
  const md5s: string[] = [];
  for (const part of partsOf(file.size)) {
    const own = md5.create();
    for (let at = part.start; at < part.start + part.size; at += READ_BYTES) {
      const bytes = new Uint8Array(await file.slice(at, Math.min(at + READ_BYTES, part.start + part.size)).arrayBuffer());
      whole.update(bytes);
      own.update(bytes);
    }
    md5s.push(btoa(String.fromCharCode(...own.digest())));
  }
  return { sha256: Array.from(whole.digest(), (byte) => byte.toString(16).padStart(2, "0")).join(""), md5s };
}
