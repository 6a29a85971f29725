import { EPOCH_MS } from "./calendar";

/** The upper half of an id: 41 bits of ms since 2025, of which it holds all but the lowest nine (first migration). */
export const high = (ms: number): number => Math.floor((ms - EPOCH_MS) / 512);

/** The lower half; `n` fills the 23 bits below the time. */
export const low = (ms: number, n: number): number => (((ms - EPOCH_MS) % 512) * 8_388_608 + (n % 8_388_608)) >>> 0;

/** The whole id in digits. */
export const digits = (ms: number, n: number): string => ((BigInt(high(ms)) << 32n) | BigInt(low(ms, n))).toString();

const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by));

/** What HASH_PARTITION_SEED (0x7A5B22367996DCFD) makes of the three registers before the value comes in. */
const SEEDED = seeded(0x7a5b2236, 0x7996dcfd);

function seeded(upper: number, lower: number): readonly [number, number, number] {
  let a = (0x9e3779b9 + 4 + 3_923_095) | 0;
  let [b, c] = [a, a];
  a = (a + upper) | 0;
  b = (b + lower) | 0;
  for (const [first, second, third] of [[4, 6, 8], [16, 19, 4]] as const) {
    a = (a - c) | 0; a ^= rotate(c, first); c = (c + b) | 0;
    b = (b - a) | 0; b ^= rotate(a, second); a = (a + c) | 0;
    c = (c - b) | 0; c ^= rotate(b, third); b = (b + a) | 0;
  }
  return [a, b, c];
}

/**
 * In which of `modulus` (a power of two up to 256) hash partitions Postgres puts a bigint: `hashint8extended` with the seed of partitions, and
 * `hash_combine64` with nothing (src/common/hashfn.c, src/backend/partitioning/partbounds.c). Should that ever change, Postgres refuses the rows.
 */
export function partitionOf(high: number, low: number, modulus: number): number {
  let [a, b, c] = SEEDED;
  a = (a + (low ^ (high >= 0 ? high : ~high))) | 0;
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  // Of the constant that the combination adds, 0x49a0f4dd15e5a8e3, only the lowest bits matter.
  return (c + 0xe3) & (modulus - 1);
}
